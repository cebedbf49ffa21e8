"""Which act counts from which day: editions brought in, planned, taken off the plan."""

import datetime as dt
from collections.abc import Mapping

from otklik.orgs import acts
from otklik.orgs.actions.base import By, Refused, done_before, record
from otklik.orgs.models import Organisation, UploadedEdition
from otklik.project.transactions import write
from otklik.regulation.model import Act
from otklik.regulation.parse import shipped_acts


def store_edition(
    organisation: Organisation, *, act: Act, act_hash: str, files: Mapping[str, str], by: By
) -> UploadedEdition:
    """Keeps an edition that was examined and found sound (`orgs.act_upload.examine`). It counts for nothing yet.

    The same content again is the same edition.
    """
    with write([organisation.pk]):
        if before := done_before(by, organisation.pk, "edition_uploaded"):
            return UploadedEdition.objects.get(pk=before["edition"])
        there = UploadedEdition.objects.filter(organisation=organisation, hash=act_hash).first()
        if there is not None:
            return there
        made = UploadedEdition.objects.create(
            organisation=organisation,
            act=act.act,
            hash=act_hash,
            document=act.model_dump(mode="json", by_alias=True, exclude_defaults=True),
            files=dict(files),
            uploaded_by_id=by.person_id,
            uploaded_at=by.now,
        )
        payload = {"edition": made.pk, "act": made.act, "hash": act_hash, "title": act.short_title}
        record(by, organisation.pk, "edition_uploaded", payload)
    return made


def plan_act(
    organisation: Organisation, *, act: str, edition: UploadedEdition | None, starts_on: dt.date, by: By
) -> None:
    """From `starts_on` (a date at the place) new incidents are under this edition, or under an act of the program's.
    Incidents that exist keep theirs. A second plan for the same day takes the place of the first.

    :raises Refused: `starts_in_past`; `unknown_act`; `other_organisation`.
    """
    if starts_on < acts.today(organisation):
        raise Refused("starts_in_past", starts_on=f"{starts_on:%d.%m.%Y}")
    if edition is not None and edition.organisation_id != organisation.pk:
        raise Refused("other_organisation", name=edition.act)
    if edition is None and act not in shipped_acts():
        raise Refused("unknown_act", act=act)
    with write([organisation.pk]):
        if done_before(by, organisation.pk, "act_planned"):
            return
        locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        was = acts.in_force(locked, starts_on)
        entry = {"starts_on": starts_on.isoformat(), "act": act, "hash": edition.hash if edition else ""}
        kept = [one for one in locked.act_plan if one["starts_on"] != entry["starts_on"]]
        _put_plan(organisation, locked, [*kept, entry])
        payload = {**entry, "was": {"act": was.act.act, "hash": was.hash} if was else None}
        record(by, organisation.pk, "act_planned", payload)


def unplan_act(organisation: Organisation, *, starts_on: dt.date, by: By) -> None:
    """What was planned for a day that has not come yet will not count.

    :raises Refused: `act_started`; `not_planned`.
    """
    if starts_on <= acts.today(organisation):
        raise Refused("act_started", starts_on=f"{starts_on:%d.%m.%Y}")
    with write([organisation.pk]):
        if done_before(by, organisation.pk, "act_unplanned"):
            return
        locked = Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        gone = [one for one in locked.act_plan if one["starts_on"] == starts_on.isoformat()]
        if not gone:
            raise Refused("not_planned", starts_on=f"{starts_on:%d.%m.%Y}")
        _put_plan(organisation, locked, [one for one in locked.act_plan if one not in gone])
        record(by, organisation.pk, "act_unplanned", gone[0])


def drop_edition(edition: UploadedEdition, *, by: By) -> None:
    """An edition that counts for nothing is taken away.

    :raises Refused: `edition_planned`, if it counts or will count.
    """
    with write([edition.organisation_id]):
        if done_before(by, edition.organisation_id, "edition_dropped"):
            return
        locked = Organisation.objects.select_for_update(no_key=True).get(pk=edition.organisation_id)
        if any(one["hash"] == edition.hash for one in locked.act_plan):
            raise Refused("edition_planned")
        payload = {"edition": edition.pk, "act": edition.act, "hash": edition.hash}
        edition.delete()
        record(by, locked.pk, "edition_dropped", payload)


def _put_plan(organisation: Organisation, locked: Organisation, plan: list[dict[str, str]]) -> None:
    locked.act_plan = sorted(plan, key=lambda one: one["starts_on"])
    locked.save(update_fields=["act_plan"])
    organisation.act_plan = locked.act_plan
