"""Everything a person holds, about to be given to others: whose, what, to whom."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from uuid import uuid4

from django.http import QueryDict
from django.urls import reverse

from otklik.incidents import handing
from otklik.incidents.handing import Held
from otklik.incidents.load import IN_A_BODY
from otklik.orgs import presence
from otklik.orgs import queries as orgs
from otklik.orgs.models import AbsenceReason, Person
from otklik.orgs.words import ROLE_WORDS
from otklik.process.refusal_words import stage_words
from otklik.process.state import Stage
from otklik.project.transactions import EVERYTHING, read
from otklik.regulation.model.people import OurRole
from otklik.web.clocks import no_clock, row_clock
from otklik.web.manager.page import absence_words
from otklik.web.manager.realm import Desk
from otklik.web.manager.view import (
    HandOverPage,
    HeldGroup,
    HeldRow,
    HolderRow,
    HoldersPage,
)
from otklik.web.view import Choice, EmptyState, Field, FieldKind, Form, Link
from otklik.web.words import counted, listed

LEAVING = "leaving"
REASONS = {
    AbsenceReason.ILLNESS.value: "Болеет",
    AbsenceReason.VACATION.value: "В отпуске",
    AbsenceReason.TRIP.value: "В командировке",
    LEAVING: "Увольняется или переходит",
    AbsenceReason.OTHER.value: "Другая причина",
}
HINTS = {LEAVING: "Учётную запись и роли закрывает администратор."}
SUBSTITUTABLE = frozenset({OurRole.OPERATOR, OurRole.CURATOR}) | IN_A_BODY
"""Roles that may be substituted from here. Those above and the administrator's are an administrator's to give."""
MAY_NAME_SUBSTITUTE = frozenset({OurRole.RESPONSIBLE, OurRole.HEAD})
THINGS = "дело|дела|дел"


Group = tuple[OurRole, int | None]


def holders_page(desk: Desk) -> HoldersPage:
    """The people of the realm, by name."""
    held = _holdings(desk)
    absences = presence.absences_at(held, desk.now)
    substitutes = presence.substitutions_at(desk.organisation.pk, desk.now)
    with read(EVERYTHING):  # an outside curator is of another organisation
        people = list(orgs.working(held))
    rows = []
    for person in people:
        roles = listed([words for role, words in ROLE_WORDS.items() if role in held[person.pk]])
        away = absence_words(person.pk, absences, substitutes, desk.now)
        note = f"{roles}; {away}" if away else roles
        url = reverse("manager_hand_over", args=[desk.organisation.pk, person.pk])
        rows.append(HolderRow(name=person.full_name, note=note, url=url))
    empty = EmptyState(title="Здесь никого нет", text="Роли в органах назначает администратор.", done=False)
    return HoldersPage(key=desk.organisation.pk, rows=tuple(rows), empty=empty)


def is_of_realm(desk: Desk, holder: Person) -> bool:
    """Whether the person works in the realm: holds a role in it, or did and still holds work."""
    return holder.pk in _holdings(desk) or any(task.holder_id == holder.pk for task in desk.tasks)


def hand_over_page(desk: Desk, holder: Person, *, post: QueryDict | None = None, problem: str = "") -> HandOverPage:
    """The preview; with `post`, as it was filled in, and what is wrong."""
    held = handing.held_by(desk.realm, holder.pk)
    absences = presence.absences_at([holder.pk], desk.now)
    substitutes = presence.substitutions_at(desk.organisation.pk, desk.now)
    return HandOverPage(
        key=desk.organisation.pk,
        holder=holder.pk,
        name=holder.full_name,
        note=absence_words(holder.pk, absences, substitutes, desk.now),
        groups=tuple(_group(desk, holder, group, rows, post) for group, rows in grouped(held).items()),
        form=_form(desk, holder, held, post, problem),
        empty=EmptyState(
            title="Передавать нечего",
            text=f"{holder.full_name} ничего не держит: за этим человеком нет открытых дел.",
            link=Link(label="К странице руководителя", url=reverse("manager_of", args=[desk.organisation.pk])),
        ),
    )


# --- the preview ---


def _holdings(desk: Desk) -> dict[int, set[OurRole]]:
    """Person → the roles of the process they hold in the realm now."""
    with read(EVERYTHING):
        rows = orgs.holdings_at(desk.organisation, desk.now)
        rows = rows.exclude(role=OurRole.ADMINISTRATOR)
        found: dict[int, set[OurRole]] = defaultdict(set)
        for one in rows:
            if desk.realm.covers(one.unit_id):
                found[one.person_id].add(OurRole(one.role))
    return dict(found)


def grouped(held: Sequence[Held]) -> dict[Group, list[Held]]:
    """By what decides who can be given it: role and body."""
    found: dict[Group, list[Held]] = defaultdict(list)
    for one in held:
        found[one.role, one.unit_id].append(one)
    return dict(found)


def field_name(group: Group) -> str:
    """What the form calls the receiver of a group."""
    return f"to-{group[0].value}-{group[1] or 0}"


def _group(desk: Desk, holder: Person, group: Group, rows: Sequence[Held], post: QueryDict | None) -> HeldGroup:
    role, unit_id = group
    unit = desk.units.get(unit_id) if unit_id else None
    title = ROLE_WORDS[role][:1].upper() + ROLE_WORDS[role][1:] + (f", {unit.name}" if unit else "")
    people = handing.receivers(rows[0], desk.now, besides=holder.pk)
    given = post.get(field_name(group)) if post is not None else None
    field = Field(
        name=field_name(group),
        label=f"Кому передать {counted(len(rows), THINGS)}",
        kind=FieldKind.SELECT,
        choices=(
            Choice(value="", label="Не передавать", checked=given == ""),
            *(
                Choice(
                    value=str(one.pk),
                    label=one.full_name,
                    checked=given == str(one.pk) if given is not None else number == 0,
                )
                for number, one in enumerate(people)
            ),
        ),
        required=False,
    )
    nobody = "Передать некому: других людей с этой ролью сейчас нет. Роль назначает администратор."
    return HeldGroup(
        title=title,
        rows=tuple(_row(desk, one) for one in rows),
        field=field if people else None,
        nobody="" if people else nobody,
    )


def _row(desk: Desk, one: Held) -> HeldRow:
    incident = one.incident
    key = f"held-{incident.pk}-{one.act_role}"
    if incident.next_due_at is None:
        clock = no_clock(key, "Срока нет", desk.now)
    else:
        starts_at, due_at = incident.next_starts_at, incident.next_due_at
        clock = row_clock(desk.schedule, desk.now, key=key, title="", starts_at=starts_at, due_at=due_at)
    return HeldRow(
        key=incident.pk,
        number=str(incident.number),
        excerpt=incident.excerpt or "(без текста)",
        state=stage_words(Stage(incident.stage)),
        chronometer=clock,
    )


def _form(desk: Desk, holder: Person, held: Sequence[Held], post: QueryDict | None, problem: str) -> Form:
    given = post if post is not None else QueryDict()
    reason = given.get("reason", "")
    fields = [
        Field(
            name="reason",
            label="Почему",
            kind=FieldKind.RADIOS,
            choices=tuple(
                Choice(value=value, label=label, hint=HINTS.get(value, ""), checked=value == reason)
                for value, label in REASONS.items()
            ),
            required=True,
        ),
    ]
    if is_own(desk, holder):
        fields += _absence_fields(given)
    if may_name(desk) and substitutable(desk, holder):
        fields += _substitution_fields(desk, holder, given)
    fields.append(
        Field(
            name="note",
            label="Что сказать тем, кто принимает",
            kind=FieldKind.TEXTAREA,
            rows=2,
            value=given.get("note", ""),
        )
    )
    return Form(
        fields=tuple(fields),
        button="Передать дела" if held else "Записать",
        hidden=tuple(("held", one.key) for one in held),
        command_id=str(uuid4()),
        errors=(problem,) if problem else (),
    )


def _absence_fields(given: QueryDict) -> Iterator[Field]:
    yield Field(
        name="absence",
        label="Отметить отсутствие",
        kind=FieldKind.CHECKBOX,
        value=given.get("absence", ""),
        hint="Новую работу программа предложит другим. При увольнении не отмечается.",
    )
    yield Field(name="until", label="По какой день отсутствует", kind=FieldKind.DATE, value=given.get("until", ""))


def _substitution_fields(desk: Desk, holder: Person, given: QueryDict) -> Iterator[Field]:
    chosen = given.get("substitute", "")
    people = orgs.people_of(desk.organisation.pk).filter(is_active=True, has_account=True).exclude(pk=holder.pk)
    roles = listed([ROLE_WORDS[role] for role in substitutable(desk, holder)])
    yield Field(
        name="substitute",
        label="Кто замещает",
        kind=FieldKind.SELECT,
        choices=(
            Choice(value="", label="Никто", checked=not chosen),
            *(Choice(value=str(one.pk), label=one.full_name, checked=chosen == str(one.pk)) for one in people),
        ),
        hint=f"На время отсутствия сможет всё, что может: {roles}.",
    )
    yield Field(
        name="ground", label="Основание замещения", hint="Приказ или распоряжение.", value=given.get("ground", "")
    )


def is_own(desk: Desk, holder: Person) -> bool:
    """Whether the person is of this organisation: whose absence is noted here."""
    return holder.organisation_id == desk.organisation.pk


def may_name(desk: Desk) -> bool:
    """Whether the viewer may name a substitute."""
    held = orgs.roles_at(desk.viewer, desk.now, organisation_id=desk.organisation.pk)
    return any(one.role in MAY_NAME_SUBSTITUTE for one in held)


def substitutable(desk: Desk, holder: Person) -> list[OurRole]:
    """The roles of the person that may be substituted from here."""
    return [role for role in OurRole if role in SUBSTITUTABLE and role in _holdings(desk).get(holder.pk, set())]
