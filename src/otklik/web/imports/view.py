"""Import of messages from files: the list, the column mapping, one import with its rows.

Templates `imports/list.html`, `imports/mapping.html`, `imports/detail.html`, `imports/profile.html`; progress alone:
`imports/_progress.html`.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from otklik.web.view import Choice, Field, Form, Network


class ImportState(StrEnum):
    MAPPING = "mapping"
    """Columns are not known yet: a person says which is which."""
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """It cannot go on; what came in before that stays."""
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRow:
    """One import. Counts are rows of the file: `new` came in, `known` were here before, `bad` could not be read."""

    key: int
    file: str
    at: dt.datetime
    by: str
    state: ImportState
    profile: str = ""
    """«Brand Analytics, CSV», «свои столбцы: Пермь»."""
    total: int = 0
    done: int = 0
    new: int = 0
    known: int = 0
    bad: int = 0
    note: str = ""

    @property
    def moves(self) -> bool:
        """Whether it will look different in a moment."""
        return self.state in {ImportState.WAITING, ImportState.RUNNING}

    @property
    def percent(self) -> int:
        """How far it has come, 0 to 100."""
        return min(round(100 * self.done / self.total), 100) if self.total else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptProfile:
    """A mapping that the organisation keeps. `columns`: what it takes from which columns, in words."""

    key: int
    name: str
    by: str
    at: dt.datetime
    columns: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfilePage:
    """One kept mapping, and the form that forgets it."""

    profile: KeptProfile
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportsPage:
    """The list with the upload form (fields `file`, `profile`). `formats` names what is understood."""

    form: Form
    imports: tuple[ImportRow, ...]
    formats: tuple[str, ...] = ()
    profiles: tuple[KeptProfile, ...] = ()
    older_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the file, with a few values as they stand, and what it may mean. Posted as `column-<number>`."""

    number: int
    title: str
    samples: tuple[str, ...]
    targets: tuple[Choice, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """One of the first rows, as it would come in; with a `problem` it would not."""

    number: int
    text: str = ""
    network: Network | None = None
    author: str = ""
    at: dt.datetime | None = None
    topic: str = ""
    place: str = ""
    url: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingPage:
    """Which column is which. `form` carries the name under which the mapping is kept, zone and date order, errors.

    `table` are the fields that say where the table stands (sheet or delimiter, row of the header): with another answer
    the columns are others.
    """

    key: int
    file: str
    columns: tuple[Column, ...]
    form: Form
    header_row: int | None = None
    rows: int = 0
    missing: tuple[str, ...] = ()
    """What must still be found: «текст сообщения»."""
    table: tuple[Field, ...] = ()
    preview: tuple[PreviewRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that did not come in: its number in the file (1 is the first line), why, and its beginning as it stands."""

    number: int
    reason: str
    raw: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage:
    """One import. While it runs the page renews its progress every two seconds and may be left alone."""

    row: ImportRow
    bad_rows: tuple[BadRow, ...] = ()
    more_bad: int = 0
    queue_url: str = ""
    is_known: bool = False
    """This very file had been uploaded before: nothing was done."""
    cancel: Form | None = None
