"""Import of messages from files: the list, the column mapping, one import with its rows.

Templates `imports/list.html`, `imports/mapping.html`, `imports/detail.html`; progress alone: `imports/_progress.html`.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from otklik.web.view import Choice, Form


class ImportState(StrEnum):
    MAPPING = "mapping"
    """Columns are not known yet: a person says which is which."""
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """The file as a whole cannot be read; nothing came in."""


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
    def percent(self) -> int:
        """How far it has come, 0 to 100."""
        return round(100 * self.done / self.total) if self.total else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportsPage:
    """The list with the upload form (fields `file`, `profile`). `formats` names what is understood."""

    form: Form
    imports: tuple[ImportRow, ...]
    formats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of the file, with a few values as they stand, and what it may mean. Posted as `column-<number>`."""

    number: int
    title: str
    samples: tuple[str, ...]
    targets: tuple[Choice, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingPage:
    """Which column is which. `form` carries the name under which the mapping is kept, zone and date order, errors."""

    key: int
    file: str
    columns: tuple[Column, ...]
    form: Form
    header_row: int | None = None
    rows: int = 0
    missing: tuple[str, ...] = ()
    """What must still be found: «текст сообщения»."""


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
