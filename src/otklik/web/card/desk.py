"""One card for one viewer: what every part of the page is made from."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse

from otklik.files import queries as files
from otklik.files.models import FileKind, FileRecord
from otklik.incidents.queries import CardData
from otklik.incidents.queue import PROMISE_NEARS
from otklik.incidents.reactions import version_of
from otklik.orgs import queries as orgs
from otklik.orgs.actors import actor_of
from otklik.orgs.models import Person, Unit
from otklik.process.actor import Actor
from otklik.process.available import Available, OpenStep, available, waiting_for
from otklik.process.commands import CommandName
from otklik.process.deadline import Deadline
from otklik.process.refusal_words import role_words
from otklik.process.state import Attachment as ProcessAttachment
from otklik.process.state import Promise
from otklik.process.view import View
from otklik.web.view import Attachment, AttachmentKind
from otklik.web.words import day

_KINDS = {"photo": AttachmentKind.PHOTO, "video": AttachmentKind.VIDEO, "act": AttachmentKind.ACT}


@dataclass(frozen=True)
class Desk:
    """`now` is in the organisation's zone; `actor` is the viewer as this incident's act sees them."""

    data: CardData
    viewer: Person
    actor: Actor
    now: dt.datetime

    @classmethod
    def for_viewer(cls, data: CardData, viewer: Person, now: dt.datetime) -> "Desk":
        organisation = data.incident.organisation
        actor = actor_of(viewer, organisation, now, act=data.act)
        return cls(data, viewer, actor, now.astimezone(ZoneInfo(organisation.zone)))

    @cached_property
    def view(self) -> View:
        return View(self.data.state, self.data.act)

    @cached_property
    def available(self) -> list[Available]:
        return available(self.data.state, self.actor, self.data.act)

    @property
    def main(self) -> Available | None:
        """What waits for this viewer, if anything does."""
        return next((one for one in self.available if one.main and not self._is_far(one.promise)), None)

    def _is_far(self, promise: int | None) -> bool:
        """Whether the day of this promise is so far off that nobody need be asked of it yet."""
        due_on = next((one.due_on for one in self.data.state.promises if one.number == promise), None)
        return due_on is not None and due_on > self.now.date() + PROMISE_NEARS

    @cached_property
    def units(self) -> dict[str, Unit]:
        """The organisation's units by key."""
        return orgs.units_of(self.data.incident.organisation_id)

    def unit_name(self, key: str | None) -> str:
        unit = self.units.get(key or "")
        return unit.name if unit else (key or "")

    @cached_property
    def _holders(self) -> dict[str, Person | None]:
        return {}

    def outside_holder(self, role: str) -> Person | None:
        """Who holds this role of the act; one without an account first."""
        if role not in self._holders:
            known = next((one for one in self.data.act.people.roles if one.role == role), None)
            found = orgs.holders_at(self.data.incident.organisation_id, known.is_, self.now) if known else ()
            self._holders[role] = min(found, key=lambda person: person.has_account, default=None)
        return self._holders[role]

    @cached_property
    def people(self) -> dict[int, str]:
        """Full names of everybody named in the journal."""
        state = self.data.state
        ids = {event.actor_id for event in self.data.recorded if event.actor_id}
        keys = [version.by for document in state.documents for version in document.versions]
        keys += [person for _, person in state.assigned]
        keys += [str(event.on_behalf_of.get("holder") or "") for event in self.data.recorded if event.on_behalf_of]
        ids |= {int(key) for key in keys if key.isdecimal()}
        return orgs.names_of(ids)

    def person_name(self, key: str | int | None) -> str:
        """A person's name by their key; «система» for the program itself."""
        if key is None or not str(key).isdecimal():
            return "Отклик" if key in (None, "system") else str(key)
        return self.people.get(int(key), f"сотрудник {key}")

    def promised(self, promise: Promise) -> str:
        """What was promised, in the words of the reply, and to which day."""
        state = self.data.state
        document = next((one for one in state.documents if one.slot == promise.slot), None)
        version = document.submitted or document.version if document else 0
        saved = version_of(self.data.recorded, promise.slot, version) if version else None
        place = [one.number for one in state.promises if one.slot == promise.slot].index(promise.number) + 1
        what = saved.texts.get(f"promise_{place}", "") if saved else ""
        until = f"к {day(promise.due_on, self.now.date())}"
        return f"{what}, {until}" if what else until

    @cached_property
    def _files(self) -> dict[UUID, FileRecord]:
        return {record.pk: record for record in files.of("incident", self.data.incident.pk)}

    def attachments(self, listed: Iterable[ProcessAttachment], *, removable: bool = False) -> tuple[Attachment, ...]:
        """The files of a draft or a part, as shown; a file that is gone is left out."""
        found = []
        for one in listed:
            record = self._files.get(UUID(one.key))
            if record is not None:
                found.append(shown_file(record, kind=one.kind, removable=removable))
        return tuple(found)

    @cached_property
    def open_steps(self) -> list[OpenStep]:
        """Everything that waits for somebody now, the main line first."""
        return [one for one in waiting_for(self.data.state, self.data.act) if not self._is_far(one.promise)]

    def role_words(self, role: str) -> str:
        """The act's own word for one of its roles."""
        return role_words(role, self.data.act)

    def step_title(self, name: str) -> str:
        """The act's title of one of its steps; empty if it has no such step."""
        return next((step.title for step in self.data.act.steps if step.step == name), "")

    def title_of(self, command: CommandName, otherwise: str) -> str:
        """What the button of a command says, where the viewer may press it."""
        return next((one.title for one in self.available if one.command is command), otherwise)

    def deadline_of(self, step: str, part: int | None = None) -> Deadline | None:
        """The current count of a step."""
        rows = [row for row in self.data.deadlines if row.step == step and row.part == part]
        return rows[-1] if rows else None


def shown_file(record: FileRecord, *, kind: str = "", removable: bool = False) -> Attachment:
    """A stored file as the screens show it."""
    url = reverse("file", args=[record.pk])
    is_picture = record.kind == FileKind.PICTURE
    shown = _KINDS.get(kind) or (AttachmentKind.PHOTO if is_picture else AttachmentKind.OTHER)
    return Attachment(
        key=str(record.pk),
        name=record.name,
        kind=shown,
        size=record.safe_size,
        url=url,
        thumb_url=url if is_picture else "",
        alt=record.name,
        removable=removable,
    )
