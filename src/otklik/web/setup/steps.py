"""What each step of the set-up asks, and how its answers are read."""

from dataclasses import dataclass
from typing import Any

from otklik.orgs.actions import PersonFacts
from otklik.orgs.first_run import Newcomer
from otklik.orgs.words import ROLE_WORDS, week_words
from otklik.regulation.editions import editions
from otklik.regulation.model import Act
from otklik.regulation.model.people import OurRole, Rank
from otklik.regulation.parse import shipped_acts
from otklik.regulation.russian import term_words
from otklik.web.admin.asked import Asked, choices
from otklik.web.admin.people import ROLE_HINTS
from otklik.web.admin.week import read_week
from otklik.web.setup.view import ActCard
from otklik.web.view import Choice, Field, FieldKind
from otklik.worktime import ScheduleError
from otklik.worktime.zones import find_zone

ROWS = 3
MOST_TERMS = 12
USUAL_ROLES = (
    frozenset({OurRole.ADMINISTRATOR, OurRole.OPERATOR, OurRole.CURATOR}),
    frozenset({OurRole.EXECUTOR, OurRole.SPECIALIST, OurRole.PUBLISHER}),
    frozenset({OurRole.RESPONSIBLE, OurRole.HEAD}),
)
"""Who of three people usually does what; each may be given otherwise."""
ORDINALS = ("Вы", "Второй человек", "Третий человек")


_PASSWORD = (
    Field(
        name="password",
        label="Ваш пароль",
        kind=FieldKind.PASSWORD,
        required=True,
        autocomplete="new-password",
        hint="Не короче 10 знаков: три-четыре слова подряд запомнить легче всего.",
    ),
    Field(name="repeated", label="Пароль ещё раз", kind=FieldKind.PASSWORD, required=True, autocomplete="new-password"),
)


@dataclass(frozen=True, slots=True)
class Hours:
    """The zone, and the schedule document (None: the default of the act)."""

    zone: str
    schedule: dict[str, Any] | None


def place_fields(known: dict[str, Any]) -> tuple[Field, ...]:
    """How the organisation is called."""
    return (
        Field(
            name="name",
            label="Полное название",
            required=True,
            max_length=300,
            value=known.get("name", ""),
            hint="Как на бланке: Администрация Новоалексеевского сельского поселения.",
        ),
        Field(
            name="short_name",
            label="Краткое название",
            required=True,
            max_length=100,
            value=known.get("short_name", ""),
            hint="Стоит вверху каждой страницы: Новоалексеевское с. п.",
        ),
    )


def read_place(asked: Asked) -> dict[str, str]:
    """What was filled in; mistakes are in `asked.errors`."""
    return {
        "name": asked.text("name", required="Впишите полное название."),
        "short_name": asked.text("short_name", required="Впишите краткое название.", longest=100),
    }


def act_cards(chosen: str) -> tuple[ActCard, ...]:
    """The acts that come with the program, side by side in plain words."""
    return tuple(_card(editions(act)[-1].act, chosen) for act in shipped_acts())


def _card(act: Act, chosen: str) -> ActCard:
    return ActCard(
        value=act.act,
        title=act.short_title,
        place=act.place.name,
        roles=", ".join(dict.fromkeys(role.words for role in act.people.roles)),
        terms=tuple(f"{step.title}: {term_words(act, step.term)}" for step in act.steps[:MOST_TERMS]),
        checked=act.act == chosen,
    )


def hours_source(act: Act, own: bool) -> Field:
    """Whose hours: the act's default, or those of the form."""
    above = f"как по умолчанию в постановлении ({week_words(act.place.schedule)})"
    return Field(
        name="source",
        label="Когда вы работаете",
        kind=FieldKind.RADIOS,
        required=True,
        choices=choices((("above", above), ("own", "иначе, как записано ниже")), "own" if own else "above"),
    )


def zone_field(zone: str) -> Field:
    """The zone of the place."""
    return Field(
        name="zone",
        label="Часовой пояс",
        required=True,
        max_length=64,
        value=zone,
        hint="Имя из базы IANA: Europe/Moscow, Asia/Barnaul, Asia/Vladivostok.",
    )


def read_hours(asked: Asked) -> Hours:
    """What was filled in; mistakes are in `asked.errors`."""
    zone = asked.text("zone", required="Назовите часовой пояс.", longest=64)
    try:
        find_zone(zone)
    except ScheduleError:
        asked.wrong("zone", f"Часовой пояс «{zone}» неизвестен. Пишите имя из базы IANA: Europe/Moscow.")
    is_own = asked.one_of("source", {"own": True, "above": False}, required="Выберите, когда вы работаете.")
    if not is_own:
        return Hours(zone, None)
    week = read_week(asked)
    if not asked.errors and not any(week.values()):
        asked.wrong("", "Ни в один день нет рабочих часов. Впишите хотя бы один день.")
    return Hours(zone, {"week": week, "calendar": "RU", "short_day_minus_hours": 1})


# --- people ---


def roles_of(act: Act) -> tuple[OurRole, ...]:
    """The roles to give: those of the act, who enters messages, who sets things up."""
    used = {role.is_ for role in act.people.roles} | {OurRole.OPERATOR, OurRole.ADMINISTRATOR}
    return tuple(role for role in ROLE_WORDS if role in used)


def people_fields(act: Act) -> tuple[tuple[Field, ...], ...]:
    """A group of fields for each of three people."""
    return tuple(_person_fields(act, number) for number in range(ROWS))


def _person_fields(act: Act, number: int) -> tuple[Field, ...]:
    is_first = number == 0
    login = "Латиницей, например petrova." + ("" if is_first else " Пусто: человек без учётной записи.")
    own = _PASSWORD if is_first else ()
    fields = [
        Field(name=f"full_name_{number}", label="Фамилия, имя, отчество", required=is_first, max_length=200),
        Field(name=f"position_{number}", label="Должность", max_length=300),
        Field(name=f"username_{number}", label="Имя для входа", required=is_first, max_length=150, hint=login),
        *own,
        Field(
            name=f"roles_{number}",
            label="Что делает",
            kind=FieldKind.CHECKBOXES,
            required=is_first,
            choices=tuple(
                Choice(
                    value=role.value,
                    label=ROLE_WORDS[role],
                    hint=_hint(act, role),
                    checked=role in USUAL_ROLES[number],
                )
                for role in roles_of(act)
            ),
        ),
    ]
    return tuple(fields)


def _hint(act: Act, role: OurRole) -> str:
    """What the role does, and what the act calls it where that is another word."""
    named = dict.fromkeys(one.words for one in act.people.roles if one.is_ is role)
    others = [words for words in named if words.lower() != ROLE_WORDS[role]]
    return ROLE_HINTS[role] + (f"; в постановлении: {', '.join(others)}" if others else "")


def read_people(asked: Asked, act: Act) -> list[Newcomer]:
    """The people filled in; mistakes are in `asked.errors`. The first one chooses their own password."""
    found = [one for number in range(ROWS) if (one := _read_person(asked, act, number)) is not None]
    names = [one.facts.username for one in found if one.facts.username]
    if len(set(names)) < len(names):
        asked.wrong("", "Имена для входа повторяются. Дайте каждому своё.")
    held = {role for one in found for role in one.roles}
    missing = [ROLE_WORDS[role] for role in dict.fromkeys(one.is_ for one in act.people.roles) if role not in held]
    if missing and not asked.errors and not asked.is_on("later"):
        asked.wrong("later", f"Никто не исполняет: {', '.join(missing)}. Отметьте роль или назначьте её позже.")
    return found


def _read_person(asked: Asked, act: Act, number: int) -> Newcomer | None:
    is_first = number == 0
    name = asked.text(f"full_name_{number}", required="Впишите себя." if is_first else "", longest=200)
    username = asked.text(f"username_{number}", required="Придумайте имя для входа." if is_first else "", longest=150)
    position = asked.text(f"position_{number}")
    if any(sign.isspace() for sign in username):
        asked.wrong(f"username_{number}", "В имени для входа не должно быть пробелов.")
    if not name and not username and not is_first:
        return None
    if not name and not is_first:
        asked.wrong(f"full_name_{number}", "Впишите фамилию, имя и отчество.")
    known = {role.value: role for role in roles_of(act)}
    roles = asked.several_of(f"roles_{number}", known)
    if is_first and OurRole.ADMINISTRATOR not in roles:
        asked.wrong(f"roles_{number}", "Первым администратором должны быть вы: отметьте «администратор».")
    rank = Rank.HEAD if OurRole.HEAD in roles else Rank.EMPLOYEE
    facts = PersonFacts(full_name=name, username=username, position=position, rank=rank)
    return Newcomer(facts=facts, roles=roles, password=_own_password(asked) if is_first else None)


def _own_password(asked: Asked) -> str:
    password = asked.answers.get("password", "")
    if not password:
        asked.wrong("password", "Придумайте пароль.")
    elif password != asked.answers.get("repeated", ""):
        asked.wrong("repeated", "Пароли не совпадают.")
    return password[:1000]
