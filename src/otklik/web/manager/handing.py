"""Everything a person holds, given to others: what the form asks for, doing it, and what came of it."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID, uuid4, uuid5

from django.http import QueryDict
from django.urls import reverse

from otklik.incidents import editions, handing
from otklik.incidents.handing import Handed, Held
from otklik.orgs import actions as org_actions
from otklik.orgs import queries as orgs
from otklik.orgs.actions import By, Refused
from otklik.orgs.models import AbsenceReason, Person
from otklik.orgs.words import sentence
from otklik.process.refusal_words import refusal_words
from otklik.project.transactions import write
from otklik.web.manager.handover import (
    LEAVING,
    REASONS,
    THINGS,
    field_name,
    grouped,
    is_own,
    may_name,
    substitutable,
)
from otklik.web.manager.realm import Desk
from otklik.web.manager.view import Result, ResultsPage
from otklik.web.view import Form, Level, Link, Notice
from otklik.web.words import counted


class Unclear(Exception):
    """The form cannot be obeyed; the message says what to mend."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asks for: who gets what, why, and what is noted besides."""

    chosen: tuple[tuple[Held, int], ...]
    gone: tuple[tuple[Held, int], ...]
    """What the preview showed and the person holds no longer: asked for twice, or taken away meanwhile."""
    reason: str
    note: str
    is_absence_noted: bool
    until_at: dt.datetime | None
    substitute: Person | None
    ground: str

    @property
    def why(self) -> str:
        """As the journal has it."""
        return "substitution" if self.substitute is not None else "other"


def asked(desk: Desk, holder: Person, post: QueryDict) -> Asked:
    """What the form asks for.

    :raises Unclear: a receiver who cannot be one, a date in the past, a substitute without a ground or by somebody
        who may not name one; or nothing at all is asked for.
    """
    held, shown = handing.held_by(desk.realm, holder.pk), post.getlist("held")
    gone = handing.things(desk.realm, set(shown) - {one.key for one in held})
    wanted_now = [one for one in held if not shown or one.key in shown]
    chosen: list[tuple[Held, int]] = []
    for group, rows in grouped([*wanted_now, *gone]).items():
        to = post.get(field_name(group), "")
        if not to:
            continue
        able = {str(one.pk): one.pk for one in handing.receivers(rows[0], desk.now, besides=holder.pk)}
        if to not in able:
            raise Unclear("Этому человеку передать нельзя: у него нет такой роли или он отсутствует. Выберите другого.")
        chosen += [(one, able[to]) for one in rows]
    reason = post.get("reason", "")
    if reason not in REASONS:
        raise Unclear("Укажите причину: она останется в журнале.")
    wanted = Asked(
        chosen=tuple(one for one in chosen if one[0] not in gone),
        gone=tuple(one for one in chosen if one[0] in gone),
        reason=reason,
        note=post.get("note", "").strip()[:2000],
        is_absence_noted=bool(post.get("absence")) and reason != LEAVING and is_own(desk, holder),
        until_at=_until(desk, post.get("until", "").strip()),
        substitute=_substitute(desk, holder, post.get("substitute", "")),
        ground=post.get("ground", "").strip()[:500],
    )
    if wanted.substitute is not None and not wanted.ground:
        raise Unclear("Замещение назначают распоряжением: укажите основание.")
    if not (chosen or wanted.is_absence_noted or wanted.substitute):
        raise Unclear("Ничего не выбрано: укажите, кому передать, или отметьте отсутствие.")
    return wanted


def carry_out(desk: Desk, holder: Person, wanted: Asked, command_id: UUID) -> tuple[list[Handed], list[Notice]]:
    """Do it: note absence and substitution, then hand over each. What was refused is said, and the rest goes on."""
    notices = list(_noted(desk, holder, wanted, command_id))
    words = f"{REASONS[wanted.reason]}. {wanted.note}".strip()
    done = handing.hand_over(
        wanted.chosen, person=desk.viewer, command_id=command_id, now=_utc(desk), why=wanted.why, note=words
    )
    return done, notices


def handed_page(
    desk: Desk,
    holder: Person,
    done: Sequence[Handed],
    notices: Sequence[Notice] = (),
    gone: Sequence[tuple[Held, int]] = (),
) -> ResultsPage:
    """What came of it, those that could not be handed over first, and the button that takes the rest back."""
    there, _ = handing.still_held(desk.realm, [(one.key, to_id) for one, to_id in gone])
    done = [*done, *(Handed(one, to_id, None) for one, to_id in gone if one in there)]
    lost = [(one, to_id) for one, to_id in gone if one not in there]
    names = orgs.names_of(one.to_id for one in done)
    moved = [one for one in done if one.refusal is None]
    lead = f"Передано: {counted(len(moved), THINGS)}."
    if len(moved) < len(done) + len(lost):
        lead += f" Не передано: {len(done) + len(lost) - len(moved)}."
    undo = Form(
        button=f"Вернуть: {holder.full_name}",
        command_id=str(uuid4()),
        hidden=tuple(("item", f"{one.held.key}/{one.to_id}") for one in moved),
    )
    return ResultsPage(
        key=desk.organisation.pk,
        title=f"Дела переданы: {holder.full_name}" if moved else f"Передать дела: {holder.full_name}",
        lead=lead if done or lost else "Дела не передавались.",
        results=(
            *(_lost(one) for one, _ in lost),
            *sorted((_result(one, names) for one in done), key=lambda one: one.done),
        ),
        back=Link(label="Руководителю", url=reverse("manager_of", args=[desk.organisation.pk])),
        notices=tuple(notices),
        undo=undo if moved else None,
        undo_url=reverse("manager_hand_back", args=[desk.organisation.pk, holder.pk]),
    )


def hand_back(desk: Desk, holder: Person, items: Sequence[str], command_id: UUID) -> ResultsPage:
    """Give back what was handed over, where whoever got it still holds it."""
    asked_for = [
        (key, int(to)) for key, _, to in (item.rpartition("/") for item in items) if to.isdecimal() and len(to) < 10
    ]
    there, moved_on = handing.still_held(desk.realm, asked_for)
    back = [(one, holder.pk) for one in there]
    done = handing.hand_over(
        back, person=desk.viewer, command_id=command_id, now=_utc(desk), why="other", note="Возвращено"
    )
    page = handed_page(desk, holder, done)
    returned = sum(one.refusal is None for one in done)
    lead = f"Возвращено: {counted(returned, THINGS)}."
    if moved_on:
        lead += f" Остались у других: {len(moved_on)}, их уже передали дальше или закрыли."
    return replace(page, title=f"Дела возвращены: {holder.full_name}", lead=lead, undo=None)


# --- doing it ---


def _until(desk: Desk, given: str) -> dt.datetime | None:
    """The end of that day, in the organisation's zone."""
    if not given:
        return None
    try:
        on = dt.date.fromisoformat(given)
        until_at = dt.datetime.combine(on + dt.timedelta(days=1), dt.time(0), desk.now.tzinfo)
    except (ValueError, OverflowError):
        raise Unclear("День, по который отсутствует, не понятен: нужна дата.") from None
    if until_at <= desk.now:
        raise Unclear("День, по который отсутствует, уже прошёл.")
    return until_at.astimezone(dt.UTC)


def _substitute(desk: Desk, holder: Person, given: str) -> Person | None:
    if not given:
        return None
    if not may_name(desk):
        raise Unclear("Замещение назначает ответственное должностное лицо или руководитель.")
    people = orgs.people_of(desk.organisation.pk).filter(is_active=True).exclude(pk=holder.pk)
    found = people.filter(pk=int(given)).first() if given.isascii() and given.isdecimal() and len(given) < 10 else None
    if found is None:
        raise Unclear("Кто замещает: выберите человека из списка.")
    return found


def _noted(desk: Desk, holder: Person, wanted: Asked, command_id: UUID) -> Iterator[Notice]:
    """Absence and substitution, all or none of them."""
    now = _utc(desk)
    if not (wanted.is_absence_noted or wanted.substitute):
        return
    try:
        with write([holder.organisation_id, desk.organisation.pk]):
            if wanted.is_absence_noted:
                by = By(person_id=desk.viewer.pk, command_id=uuid5(command_id, "absence"), now=now)
                reason = AbsenceReason(wanted.reason)
                org_actions.note_absence(holder, reason=reason, since_at=now, until_at=wanted.until_at, by=by)
            for role in substitutable(desk, holder) if wanted.substitute else ():
                assert wanted.substitute is not None  # noqa: S101  # said by the line above
                org_actions.substitute(
                    holder,
                    wanted.substitute,
                    organisation=desk.organisation,
                    role=role,
                    since_at=now,
                    until_at=wanted.until_at,
                    ground=wanted.ground,
                    by=By(person_id=desk.viewer.pk, command_id=uuid5(command_id, f"substitute/{role.value}"), now=now),
                )
    except Refused as refused:
        yield Notice(level=Level.ERROR, text=sentence(refused.code, refused.facts), title="Не записано")
        return
    if wanted.is_absence_noted:
        yield Notice(level=Level.OK, text="Отсутствие отмечено.")
    if wanted.substitute is not None:
        yield Notice(level=Level.OK, text=f"Замещает {wanted.substitute.full_name}.")


def _lost(one: Held) -> Result:
    return Result(
        number=str(one.incident.number),
        url=reverse("card", args=[one.incident.pk]),
        about=one.incident.excerpt[:60],
        done=False,
        why="Уже не за этим человеком: передано другому или закрыто, пока страница была открыта.",
    )


def _result(one: Handed, names: Mapping[int, str]) -> Result:
    incident = one.held.incident
    why = refusal_words(one.refusal, editions.by_hash(incident.act_hash)) if one.refusal else ""
    return Result(
        number=str(incident.number),
        url=reverse("card", args=[incident.pk]),
        about=f"{incident.excerpt[:60]} → {names.get(one.to_id, '')}",
        done=one.refusal is None,
        why=why,
    )


def _utc(desk: Desk) -> dt.datetime:
    return desk.now.astimezone(dt.UTC)
