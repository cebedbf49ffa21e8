"""What the administrator's templates get. Every page has a `desk`: the organisation, its tabs, what was just done."""

from dataclasses import dataclass

from otklik.web.act.view import ActFinding
from otklik.web.view import EmptyState, Field, Form, Link, Notice, Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """A subject of the administration. `current`: this page belongs to it."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The frame of a page. `others_url` leads to the list of organisations, where there are several."""

    key: int
    organisation: str
    tabs: tuple[Tab, ...]
    others_url: str = ""
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields under one heading."""

    title: str
    fields: tuple[Field, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """A term that would move: of which incident, which step, from when to when."""

    number: str
    step: str
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What a change of hours would do; `digest` goes back with the form, so that what is done is what was seen."""

    title: str
    note: str
    rows: tuple[PreviewRow, ...]
    more: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """One form on a page of its own. `danger`: it takes something away; then `consequences` and `undo` say what."""

    desk: Desk
    title: str
    back: Link
    form: Form
    groups: tuple[Group, ...] = ()
    lead: str = ""
    consequences: tuple[str, ...] = ()
    undo: str = ""
    danger: bool = False
    looks_first: bool = False
    """The form is looked at before it is done; `preview` is what was found then."""
    preview: Preview | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationRow:
    """An organisation of the tree; `depth` from 0."""

    name: str
    url: str
    depth: int
    act: str
    people: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationsPage:
    """The organisations that the viewer administers."""

    rows: tuple[OrganisationRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A line of facts about something; `link` leads to where it is changed."""

    label: str
    value: str
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """One entry of the journal of arrangements."""

    at: str
    who: str
    what: str
    details: tuple[str, ...] = ()
    """«Должность: было «консультант», стало «начальник отдела»»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage:
    """What stands and what is missing."""

    desk: Desk
    facts: tuple[Fact, ...]
    missing: tuple[Notice, ...]
    happened: tuple[Happened, ...]
    new_organisation_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangementsPage:
    """The journal of arrangements, newest first."""

    desk: Desk
    rows: tuple[Happened, ...]
    older_url: str = ""
    newer_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A person of the list. `notes`: «в отпуске до 30 ноября», «дежурит до 20:00», «учётная запись закрыта»."""

    name: str
    url: str
    position: str
    unit: str
    roles: str
    login: str
    notes: tuple[str, ...] = ()
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """The list. `filters`: links that narrow it; the chosen one is `current`."""

    desk: Desk
    rows: tuple[PersonRow, ...]
    filters: tuple[Tab, ...]
    query: str = ""
    filter_key: str = ""
    pager: Pager | None = None
    empty: EmptyState | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingRow:
    """A role, a duty, an absence or a substitution. `past` and `coming` are not in force now."""

    what: str
    when: str
    more: str = ""
    end_url: str = ""
    past: bool = False
    coming: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingGroup:
    """All of one kind, with the way to add one."""

    title: str
    rows: tuple[StandingRow, ...]
    add: Link
    none: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """One person. `actions` change the account, each on a page of its own."""

    desk: Desk
    name: str
    back: Link
    facts: tuple[Fact, ...]
    groups: tuple[StandingGroup, ...]
    actions: tuple[Link, ...] = ()
    foreign: str = ""
    """Not empty: of another organisation, whose administrator keeps their account."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Password:
    """A password that is shown this once."""

    name: str
    login: str
    password: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordsPage:
    """Passwords given just now; no later page knows them."""

    desk: Desk
    title: str
    passwords: tuple[Password, ...]
    back: Link
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A row of a file of people, as it would come in; `problems` keep the whole file out."""

    line: int
    name: str
    login: str
    unit: str
    roles: str
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilePage:
    """A file of people: asked for, then shown row by row before anybody is brought in."""

    desk: Desk
    back: Link
    form: Form
    rows: tuple[FileRow, ...] = ()
    problems: tuple[str, ...] = ()
    """Of the file as a whole."""
    confirm: Form | None = None
    """Brings in what is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """A body or department in the tree. `hours` empty: those of the unit above."""

    name: str
    kind: str
    depth: int
    people: int
    hours: str
    zone: str
    closed: bool
    edit_url: str
    hours_url: str
    close_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientRow:
    """A rule by which a recipient is proposed. `unused`: its body is closed."""

    topic: str
    unit: str
    person: str
    unused: bool
    drop_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsPage:
    """The tree and the rules."""

    desk: Desk
    rows: tuple[UnitRow, ...]
    recipients: tuple[RecipientRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRow:
    """A template of replies; `topic` and `kind` in words, empty for any."""

    title: str
    text: str
    topic: str
    kind: str
    edit_url: str
    drop_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplatesPage:
    """All templates of the organisation."""

    desk: Desk
    rows: tuple[TemplateRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekDay:
    """A weekday of the form: times `HH:MM` or nothing (a day off); `more`: further hours, «22:00-24:00»."""

    key: str
    title: str
    opens: str = ""
    closes: str = ""
    lunch_from: str = ""
    lunch_to: str = ""
    more: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """A single day that differs."""

    on: str
    hours: str
    unit: str
    ground: str
    drop_url: str
    past: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursPage:
    """Hours of an organisation or of a unit. `week` stands below the first group; `days` are shown after the form."""

    desk: Desk
    title: str
    form: Form
    source: Field
    week: tuple[WeekDay, ...]
    fields: tuple[Field, ...]
    back: Link | None = None
    preview: Preview | None = None
    days: tuple[DayRow, ...] = ()
    day_new_url: str = ""
    calendar_years: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """What counts from which day. `state`: «действует», «назначено», «раньше»."""

    starts: str
    title: str
    digest: str
    state: str
    cancel_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionRow:
    """An edition that can be looked at and given a day."""

    title: str
    url: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActsPage:
    """The acts of an organisation. After a refused upload `problems` (of the files) or `findings` (of the checker)."""

    desk: Desk
    title: str
    plan: tuple[PlanRow, ...]
    uploaded: tuple[EditionRow, ...]
    shipped: tuple[EditionRow, ...]
    form: Form
    problems: tuple[str, ...] = ()
    findings: tuple[ActFinding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesFor:
    """What changes for one role of the act, in sentences."""

    who: str
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionPage:
    """One edition: what the checker says, what changes against the one in force, the day it starts."""

    desk: Desk
    back: Link
    title: str
    short_title: str
    digest: str
    findings: tuple[ActFinding, ...]
    cases: str
    failed: tuple[str, ...]
    compared_with: str
    changes: tuple[ChangesFor, ...]
    form: Form
    is_in_force: bool = False
    drop_url: str = ""
