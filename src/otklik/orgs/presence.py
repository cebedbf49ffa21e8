"""Who is there: absences, substitutes and duty over a stretch of time. Reads only."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from otklik.orgs.models import Absence, Duty, Substitution
from otklik.orgs.queries import in_force
from otklik.project.transactions import EVERYTHING, read


def absences_at(person_ids: Iterable[int], at: dt.datetime) -> dict[int, Absence]:
    """Who of these people is away at the instant; of several absences the one that lasts longest."""
    found: dict[int, Absence] = {}
    for one in Absence.objects.filter(in_force(at), person_id__in=set(person_ids)).order_by("pk"):
        known = found.get(one.person_id)
        if known is None or one.until_at is None or (known.until_at is not None and one.until_at > known.until_at):
            found[one.person_id] = one
    return found


def substitutions_at(organisation_id: int, at: dt.datetime) -> dict[int, list[Substitution]]:
    """Absent person → who acts for them in this organisation at the instant."""
    found: dict[int, list[Substitution]] = defaultdict(list)
    with read(EVERYTHING):  # a substitute may be of another organisation
        rows = Substitution.objects.filter(in_force(at), organisation_id=organisation_id)
        for one in rows.select_related("substitute", "absent"):
            found[one.absent_id].append(one)
    return dict(found)


def duties_between(organisation_id: int, since_at: dt.datetime, until_at: dt.datetime) -> list[Duty]:
    """The duty of an organisation that touches the half-open stretch, in the order of its beginning."""
    with read(EVERYTHING):  # who is on duty may be of another organisation
        rows = Duty.objects.filter(organisation_id=organisation_id, since_at__lt=until_at, until_at__gt=since_at)
        return list(rows.select_related("person", "unit").order_by("since_at", "pk"))
