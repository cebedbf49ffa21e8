"""For each route whose address names something: what to put into it.

`there` makes the object in the cast's organisation and gives the keywords of the URL; `absent` are keywords of an
object that does not exist (None: the address names no object of an organisation, an act say). A route with keywords
needs an entry here; `test_routes.py` then asks for it as a stranger, as an outsider, and as one of the organisation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image

from otklik.files import actions as files
from otklik.incidents.models import Incident
from otklik.messages.actions import HandMade, enter_by_hand
from tests.cast import NOW, Cast

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


INCIDENT = Sample(incident, {"pk": 0})

SAMPLES: dict[str, Sample] = {
    "card": INCIDENT,
    "card_command": Sample(command, {"pk": 0, "command": "select"}),
    "card_draft": INCIDENT,
    "card_draft_check": INCIDENT,
    "card_review": INCIDENT,
    "card_publish": INCIDENT,
    "file": Sample(file, {"pk": NO_FILE}),
    "act_named": Sample(lambda _people: {"named": ACT}, None),
}
"""Name of the route → sample."""
