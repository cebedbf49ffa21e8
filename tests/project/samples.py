"""For each route whose address names something: what to put into it.

`there` makes the object in the cast's organisation and gives the keywords of the URL; `absent` are keywords of an
object that does not exist (None: the address names no object of an organisation, an act say). A route with keywords
needs an entry here; `test_routes.py` then asks for it as a stranger, as an outsider, and as one of the organisation.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from PIL import Image

from otklik.files import actions as files
from otklik.incidents import saved_views
from otklik.incidents.models import Incident
from otklik.messages import imports
from otklik.messages.actions import HandMade, enter_by_hand
from otklik.messages.models import ImportProfile
from otklik.messages.reading.profiles import Field, as_json, own_profile
from otklik.orgs import actions as orgs
from otklik.orgs.actions import By
from otklik.regulation.model.people import OurRole
from otklik.regulation.parse import load_act
from tests.cast import NOW, Cast, by

ACT = "altai-2020-132"
NO_FILE = UUID(int=0)


@dataclass(frozen=True)
class Sample:
    """Keywords of a URL: of what the cast has, and of what is not there."""

    there: Callable[[Cast], dict[str, Any]]
    absent: dict[str, Any] | None


def incident(people: Cast) -> dict[str, Any]:
    made = HandMade(network="vk", text="На Садовой яма, вторую неделю никто не чинит", topic="дороги")
    taken = enter_by_hand(people.organisation, people.curator, made, now=NOW)
    return {"pk": Incident.objects.get(message=taken.message).pk}


def command(people: Cast) -> dict[str, Any]:
    return {**incident(people), "command": "select"}


def file(people: Cast) -> dict[str, Any]:
    picture = BytesIO()
    Image.new("RGB", (2, 2)).save(picture, "PNG")
    picture.seek(0)
    by = people.curator.pk
    return {"pk": files.store(people.organisation.pk, picture, name="photo.png", uploaded_by=by, now=NOW).pk}


def imported(people: Cast) -> dict[str, Any]:
    """An upload whose columns nobody has named yet."""
    by = By(person_id=people.operator.pk, command_id=uuid4(), now=NOW)
    file = BytesIO(b"words,when\nhole,27.11.2026\n")
    uploaded = imports.upload(people.organisation, people.operator, file, name="a.csv", profile=imports.AUTO, by=by)
    return {"pk": uploaded.run.pk}


def import_profile(people: Cast) -> dict[str, Any]:
    kept = ImportProfile.objects.create(
        organisation=people.organisation,
        name="Жители",
        content=as_json(own_profile({Field.TEXT: "words"})),
        saved_by=people.operator,
        saved_at=NOW,
    )
    return {"pk": kept.pk}


def organisation(people: Cast) -> dict[str, Any]:
    return {"pk": people.organisation.pk}


def holder(people: Cast) -> dict[str, Any]:
    return {**organisation(people), "holder": people.executor.pk}


def duty(people: Cast) -> dict[str, Any]:
    facts: dict[str, Any] = {"since_at": NOW, "until_at": NOW + dt.timedelta(days=2), "by": by()}
    return {**organisation(people), "duty": orgs.put_on_duty(people.executor, OurRole.CURATOR, **facts).pk}


INCIDENT = Sample(incident, {"pk": 0})
ORGANISATION = Sample(organisation, {"pk": 0})
IMPORT = Sample(imported, {"pk": 0})
HERE = Sample(lambda people: {"organisation": people.organisation.pk}, {"organisation": 0})


def of_person(**rest: str) -> Sample:
    """The executor's pages in the administration, and those of nobody."""
    return Sample(
        lambda people: {"organisation": people.organisation.pk, "pk": people.executor.pk, **rest},
        {"organisation": 0, "pk": 0, **rest},
    )


def holding(people: Cast) -> dict[str, Any]:
    row = people.executor.role_holdings.get()
    return {"organisation": people.organisation.pk, "kind": "role", "pk": row.pk}


def unit(people: Cast) -> dict[str, Any]:
    return {"organisation": people.organisation.pk, "pk": people.unit.pk}


def recipient(people: Cast) -> dict[str, Any]:
    where = people.organisation
    row = orgs.set_recipient(where, topic="дороги", unit=people.unit, person=None, by=by())
    return {"organisation": where.pk, "pk": row.pk}


def template(people: Cast) -> dict[str, Any]:
    where = people.organisation
    row = orgs.add_template(where, orgs.TemplateFacts(title=f"Яма {uuid4()}", text="Яму засыплют."), by=by())
    return {"organisation": where.pk, "pk": row.pk}


def template_on_card(people: Cast) -> dict[str, Any]:
    return {**incident(people), "template": template(people)["pk"]}


def planned(people: Cast) -> dict[str, Any]:
    where = people.organisation
    orgs.plan_act(where, act=ACT, edition=None, starts_on=dt.date(2098, 1, 1), by=by())
    return {"organisation": where.pk, "starts_on": "2098-01-01"}


def uploaded(people: Cast) -> dict[str, Any]:
    where, loaded = people.organisation, load_act("kalininsky")
    row = orgs.store_edition(where, act=loaded.act, act_hash=loaded.hash, files={}, by=by())
    return {"organisation": where.pk, "pk": row.pk}


def day(people: Cast) -> dict[str, Any]:
    where = people.organisation
    row = orgs.change_day(where, changes_on=NOW.date(), spans=[], ground="Авария", by=by())
    return {"organisation": where.pk, "pk": row.pk}


def saved_view(people: Cast) -> dict[str, Any]:
    by = By(person_id=people.curator.pk, command_id=uuid4(), now=NOW)
    return {"pk": saved_views.keep(people.curator, "Мой", {"section": "open"}, is_shared=False, by=by).pk}


SAMPLES: dict[str, Sample] = {
    "queue_view": Sample(saved_view, {"pk": 0}),
    "card": INCIDENT,
    "card_command": Sample(command, {"pk": 0, "command": "select"}),
    "card_draft": INCIDENT,
    "card_draft_check": INCIDENT,
    "card_here": INCIDENT,
    "card_template": Sample(template_on_card, {"pk": 0, "template": 0}),
    "feed_join": INCIDENT,
    "feed_author": INCIDENT,
    "card_review": INCIDENT,
    "card_publish": INCIDENT,
    "manager_of": ORGANISATION,
    "manager_tasks": ORGANISATION,
    "manager_remind": ORGANISATION,
    "manager_people": ORGANISATION,
    "manager_hand_over": Sample(holder, {"pk": 0, "holder": 0}),
    "manager_hand_back": Sample(holder, {"pk": 0, "holder": 0}),
    "manager_rota": ORGANISATION,
    "manager_rota_remove": Sample(duty, {"pk": 0, "duty": 0}),
    "file": Sample(file, {"pk": NO_FILE}),
    "import": IMPORT,
    "import_mapping": IMPORT,
    "import_progress": IMPORT,
    "import_cancel": IMPORT,
    "import_bad_rows": IMPORT,
    "import_profile": Sample(import_profile, {"pk": 0}),
    "admin_organisation": HERE,
    "admin_journal": HERE,
    "admin_people": HERE,
    "admin_person_new": HERE,
    "admin_people_file": HERE,
    "admin_templates": HERE,
    "admin_template_new": HERE,
    "admin_template": Sample(template, {"organisation": 0, "pk": 0}),
    "admin_template_drop": Sample(template, {"organisation": 0, "pk": 0}),
    "admin_units": HERE,
    "admin_unit_new": HERE,
    "admin_unit": Sample(unit, {"organisation": 0, "pk": 0}),
    "admin_unit_hours": Sample(unit, {"organisation": 0, "pk": 0}),
    "admin_unit_close": Sample(
        lambda people: {**unit(people), "do": "close"}, {"organisation": 0, "pk": 0, "do": "close"}
    ),
    "admin_recipient_new": HERE,
    "admin_recipient_drop": Sample(recipient, {"organisation": 0, "pk": 0}),
    "admin_acts": HERE,
    "admin_edition": Sample(
        lambda people: {"organisation": people.organisation.pk, "which": ACT}, {"organisation": 0, "which": ACT}
    ),
    "admin_act_cancel": Sample(planned, {"organisation": 0, "starts_on": "2099-01-01"}),
    "admin_edition_drop": Sample(uploaded, {"organisation": 0, "pk": 0}),
    "admin_hours": HERE,
    "admin_settings": HERE,
    "admin_organisation_new": HERE,
    "admin_day_new": HERE,
    "admin_day_drop": Sample(day, {"organisation": 0, "pk": 0}),
    "admin_person": of_person(),
    "admin_person_edit": of_person(),
    "admin_account": of_person(do="close"),
    "admin_standing_new": of_person(kind="role"),
    "admin_standing_end": Sample(holding, {"organisation": 0, "kind": "role", "pk": 0}),
    "act_named": Sample(lambda _people: {"named": ACT}, None),
    "help_page": Sample(lambda _people: {"key": "guide"}, None),
}
"""Name of the route → sample."""
