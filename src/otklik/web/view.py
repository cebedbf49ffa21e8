"""What every screen is made of, as plain data. Free of Django: a door fills it, a template prints it.

A map of the view data:

- here: the frame around a page, notices, forms, links, the empty state;
- `chronometer.py`: the one clock;
- `<screen>/view.py`: the page of each screen.

Conventions: instants (`*_at`) are aware and already in the zone in which they are to be read; days are `*_on`. Words
are Russian and ready to print, unless a field is an enumeration or an instant: those become words in `words.py`.
A `*_url` is a ready address; an object is named by its `key`, and the template makes the address by the URL name.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Theme(StrEnum):
    """What the viewer chose; `AUTO` follows the system."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Level(StrEnum):
    """How loud a notice or a finding is."""

    OK = "ok"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link or a button that only leads somewhere."""

    label: str
    url: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One sentence for the viewer: what happened, or what is wrong and what to do."""

    level: Level
    text: str
    title: str = ""
    link: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NavItem:
    """An entry of the main menu. `count` is shown when it is not None and not 0."""

    label: str
    url: str
    icon: str = ""
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person as shown: `role` in the act's own word, `unit` the body they work in."""

    name: str
    role: str = ""
    unit: str = ""
    note: str = ""
    """«замещает Орлову А. П. до 30 ноября», «на дежурстве», «без учётной записи»."""
    has_account: bool = True

    @property
    def initials(self) -> str:
        """Two letters for a mark: «Петрова Нина» gives «ПН»."""
        words = [word for word in self.name.replace(".", " ").split() if word]
        return "".join(word[0] for word in words[:2]).upper()


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page; a context processor gives it as `frame`.

    `user` is None on the pages before sign-in. `now` is the moment of rendering, in the organisation's zone.
    `zone_note` says the organisation's time where it is not the viewer's («время Барнаула, МСК+4»).
    `silent_since`: the work process has not been heard of since then (shown after a minute).
    `how`: where the help explains this screen.
    `live_url`: address of the stream of changes; empty until there is one, then pages poll themselves once a minute.
    """

    now: dt.datetime
    theme: Theme = Theme.AUTO
    organisation: str = ""
    act_title: str = ""
    user: Person | None = None
    nav: tuple[NavItem, ...] = ()
    notices: tuple[Notice, ...] = ()
    demo: bool = False
    zone_note: str = ""
    silent_since: dt.datetime | None = None
    live_url: str = ""
    search: bool = True
    search_query: str = ""
    how: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyState:
    """An empty list congratulates, or says what would fill it, and points to the next useful thing."""

    title: str
    text: str
    link: Link | None = None
    done: bool = True
    """True: everything is done (a tick); False: nothing was found (a lens)."""


class FieldKind(StrEnum):
    """How a field is asked. Each is drawn by `components/field.html`."""

    TEXT = "text"
    PASSWORD = "password"  # noqa: S105  # never filled in again
    URL = "url"
    TEXTAREA = "textarea"
    SELECT = "select"
    RADIOS = "radios"
    CHECKBOXES = "checkboxes"
    CHECKBOX = "checkbox"
    DATE = "date"
    DATETIME = "datetime"
    NUMBER = "number"
    FILES = "files"
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer of a select, of radios or of checkboxes. `disabled` says with `hint` why it cannot be chosen."""

    value: str
    label: str
    hint: str = ""
    checked: bool = False
    disabled: bool = False
    group: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One question of a form.

    `value` is what to show in it: text, `YYYY-MM-DD` for a date, `YYYY-MM-DDTHH:MM` for a date with time (wall time of
    the organisation). Files have no value: a browser forgets them, the page says so after an error.
    `errors` are sentences that say how to mend.
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    value: str = ""
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    required: bool = False
    errors: tuple[str, ...] = ()
    rows: int = 4
    accept: str = ""
    max_length: int | None = None
    autocomplete: str = "off"
    placeholder: str = ""

    @property
    def described_by(self) -> str:
        """The ids that `aria-describedby` names, or nothing."""
        ids = [f"{self.name}-hint"] if self.hint else []
        if self.errors:
            ids.append(f"{self.name}-error")
        return " ".join(ids)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form: `fields` in order, `hidden` names and values, `errors` that belong to no single field.

    `command_id` is made anew for each page shown; the same id sent twice is done once.
    """

    fields: tuple[Field, ...] = ()
    button: str = ""
    command_id: str = ""
    hidden: tuple[tuple[str, str], ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def multipart(self) -> bool:
        """Whether it carries files."""
        return any(field.kind is FieldKind.FILES for field in self.fields)

    @property
    def faults(self) -> tuple[tuple[str, str], ...]:
        """(field name or "", sentence) of every fault, for the summary at the top."""
        own = tuple(("", error) for error in self.errors)
        return own + tuple((field.name, error) for field in self.fields for error in field.errors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where in a long list the viewer is. Addresses are empty at the ends."""

    first: int
    last: int
    total: int
    is_more: bool = False
    """There are more than `total`: nobody counts them all."""
    previous_url: str = ""
    next_url: str = ""


class NetworkTone(StrEnum):
    """Kinds of places where messages stand; only the mark's shade depends on it, never the meaning."""

    NETWORK = "network"
    MESSENGER = "messenger"
    SITE = "site"
    DEMO = "demo"
    HAND = "hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The place where a message stands: `mark` is two to four letters («ВК», «ОК», «МАКС»), `name` the full name."""

    code: str
    mark: str
    name: str
    tone: NetworkTone = NetworkTone.NETWORK


class AttachmentKind(StrEnum):
    """What a file shows. The acts speak of photo, video and a scanned act of acceptance."""

    PHOTO = "photo"
    VIDEO = "video"
    ACT = "act"
    OTHER = "other"


class AttachmentState(StrEnum):
    """How far the file has come: it is shown only when a safe copy was made."""

    CHECKING = "checking"
    SAFE = "safe"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file with a message, a draft or a publication. `alt` says in words what a picture shows."""

    key: str
    name: str
    kind: AttachmentKind
    size: int
    """Bytes."""
    url: str = ""
    thumb_url: str = ""
    alt: str = ""
    state: AttachmentState = AttachmentState.SAFE
    problem: str = ""
    """Why it was refused and what to do; or a warning (no description, taken before the message)."""
    removable: bool = False
