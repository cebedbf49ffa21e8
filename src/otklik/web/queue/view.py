"""The queue: what waits for me, by time left. Template `queue/page.html`; a renewed list is `queue/_list.html`."""

from dataclasses import dataclass

from otklik.web.chronometer import Chronometer
from otklik.web.view import EmptyState, Field, Link, Network, Pager

__all__ = [
    "BulkPage",
    "ChangedRows",
    "Chronometer",
    "Item",
    "KeepingPage",
    "Kept",
    "Piece",
    "QueuePage",
    "QueueRow",
    "Section",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A section on the left: «Ждут меня», «На согласовании», «Скоро срок», «Просрочены», «Все».

    `alarm`: a count above nought is worth a second look (overdue).
    """

    key: str
    title: str
    count: int
    url: str
    current: bool = False
    alarm: bool = False
    is_more: bool = False
    """There are more than `count`: long lists are not counted to the end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a text in which something was found; `marked`: this is it."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueRow:
    """One incident, or one step of it that waits for somebody.

    `key` opens the card; `work` is unique on the page (an incident may wait for several people at once) and stays the
    same from page to page. `excerpt` is the first words of the message, in one line; the page cuts it to fit.
    """

    key: int
    work: str
    number: str
    """As people say it: «2026-000123»."""
    network: Network
    excerpt: str
    author: str
    chronometer: Chronometer
    state: str
    """In words: «Ждёт направления», «На согласовании»."""
    place: str = ""
    topic: str = ""
    unit: str = ""
    person: str = ""
    importance: str = ""
    """The act's word, only when it is not the ordinary class."""
    repeat: bool = False
    kind: str = ""
    """The act's word for the kind, where it knows several and this is not an incident."""
    fresh: bool = False
    """Not yet opened by the viewer."""
    found: tuple[Piece, ...] = ()
    """Where the words of a search stand; `found_in` says in what («в ответе»), empty: in the message itself."""
    found_in: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueuePage:
    """The page. Rows are sorted by time left; `order` says so in words («сначала те, у кого меньше времени»)."""

    title: str
    sections: tuple[Section, ...]
    rows: tuple[QueueRow, ...]
    empty: EmptyState
    pager: Pager | None = None
    query: str = ""
    order: str = ""
    narrowed: tuple[Link, ...] = ()
    """Filters in force; the address of each takes it off."""
    filters: tuple[Field, ...] = ()
    """The fields of the bar; empty: it is closed."""
    filters_url: str = ""
    """Opens the bar, or closes it."""
    clear_url: str = ""
    """The section without filters and search; empty where none is in force."""
    section: str = ""
    live_id: str = ""
    """The place in the stream of changes at which the page was made."""
    changes_url: str = ""
    """Answers with those of some rows that stand in this list."""
    saved: tuple[Link, ...] = ()
    """Lists kept under a name, own and shared."""
    keep_url: str = ""
    """Where this list can be kept; empty: it is a section as it is."""
    bulk_id: str = ""
    """The command id of whatever is done to the rows that are marked."""
    list_url: str = ""
    """Where this list is: what is done to its rows leads back."""
    feed_url: str = ""
    """The same messages whole, one after another; empty for a section that has no feed."""
    new_message_url: str = ""
    """Empty: the viewer may not enter messages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRows:
    """Some rows as they are now, and the counts: what a page that lies open takes in."""

    rows: tuple[QueueRow, ...]
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One of the chosen. `says`: what became of it, in sentences; empty before."""

    key: int
    number: str
    excerpt: str
    says: str = ""
    is_done: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkPage:
    """Asks to whom or why (`fields`), or says what became of each. `undo`: values of hidden fields that lead back."""

    title: str
    act: str
    items: tuple[Item, ...]
    back_url: str
    command_id: str
    fields: tuple[Field, ...] = ()
    button: str = ""
    problem: str = ""
    undo: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One list. `is_own`: it can be moved and removed."""

    key: int
    name: str
    url: str
    is_own: bool
    is_shared: bool
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepingPage:
    """The page. `values`: the list about to be kept, as hidden fields; empty: none is. `removed`: what was just removed
    and can be brought back."""

    views: tuple[Kept, ...]
    values: tuple[tuple[str, str], ...] = ()
    list_url: str = ""
    name: str = ""
    may_share: bool = False
    command_id: str = ""
    problem: str = ""
    removed: Kept | None = None
    removed_values: tuple[tuple[str, str], ...] = ()
