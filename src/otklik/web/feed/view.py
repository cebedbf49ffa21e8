"""The feed, the author's history and the choice of an earlier message, as data. Templates `feed/*.html`."""

from dataclasses import dataclass

from otklik.web.card.view import MessageView
from otklik.web.queue.view import QueueRow
from otklik.web.view import EmptyState, Field, Link, Network, Pager


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One answer. `value` is what the button sends as `do`."""

    value: str
    label: str
    hint: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """A button, or where the act leaves a choice a button that opens several. `key`: the key that presses it."""

    title: str
    icon: str
    key: str
    code: str
    """The place of the key on the keyboard, which no layout changes."""
    decisions: tuple[Decision, ...]
    note: str = ""
    is_main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedRow:
    """A message, whole, with what may be decided on it. `row`: the same as in the queue."""

    row: QueueRow
    message: MessageView
    menus: tuple[Menu, ...] = ()
    may_join: bool = False
    history: int = 0
    """How many other messages of the author the viewer may see."""
    hints: tuple[Link, ...] = ()
    """What the program has noticed: a likely repeat. Suggestions, each leading to its evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JustDone:
    """What the viewer has done to the last message. `undo`: the value that leads back; empty: nothing does."""

    key: int
    text: str
    undo: str = ""
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPage:
    """The page, most pressing first."""

    rows: tuple[FeedRow, ...]
    count: int
    is_more: bool
    empty: EmptyState
    list_url: str
    queue_url: str
    changes_url: str
    bulk_id: str
    live_id: str = ""
    query: str = ""
    narrowed: tuple[Link, ...] = ()
    clear_url: str = ""
    pager: Pager | None = None
    done: JustDone | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """An earlier message: `at` is the day of its detection, in words."""

    row: QueueRow
    at: str
    relation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorPage:
    """What an author wrote before. `outcomes`: how those messages stand, counted («Ответ размещён: 3»)."""

    key: int
    number: str
    author: str
    author_url: str
    network: Network
    rows: tuple[Earlier, ...]
    outcomes: tuple[str, ...]
    back_url: str
    pager: Pager | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinPage:
    """The choice of the earlier message that this one repeats, or stands beside."""

    key: int
    number: str
    message: MessageView
    rows: tuple[Earlier, ...]
    fields: tuple[Field, ...]
    query: str
    command_id: str
    back_url: str
    may_repeat: bool
    chosen: int | None = None
    problem: str = ""
