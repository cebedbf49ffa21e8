"""One row of a table, through a profile: a message to take in, or the reason why it cannot be. Pure."""

import datetime as dt
import hashlib
import html
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from otklik.connectors.base import Author, IncomingMessage, Place
from otklik.messages.reading import places
from otklik.messages.reading.profiles import Field, Header
from otklik.messages.reading.refusals import RowRefused
from otklik.messages.reading.table import Row
from otklik.messages.text import storable

DATE_FORMATS = ("%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S", "%d.%m.%Y", "%d.%m.%y %H:%M", "%d/%m/%Y %H:%M")
EARLIEST_YEAR = 1990
CLOCKS_DIFFER = dt.timedelta(days=1)

_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EXCEL_RETURN = re.compile(r"_x000d_\n?", re.IGNORECASE)
_STRAY = re.compile("[\udc80-\udcff]")
"""A byte that is not in the file's encoding, as `source.Source.read` gives it."""
_SPACES = str.maketrans({"\xa0": " ", "\u202f": " ", "\u2009": " "})


@dataclass(frozen=True, slots=True)
class Record:
    """A row that can be taken in. `identity` knows it again in another file; instants are aware."""

    network: str
    incoming: IncomingMessage
    topic: str
    place_name: str
    detected_at: dt.datetime | None
    identity: str


@dataclass(slots=True)
class Records:
    """Reads the rows of one file. `zone`: of the times in it. It counts how often a row has come before."""

    header: Header
    zone: ZoneInfo
    now: dt.datetime
    network: str = places.UNSAID
    """Of rows that say nothing of it."""
    _seen: Counter[str] = field(default_factory=Counter)

    def content(self, row: Row) -> dict[str, str]:
        """The row as it stood: heading → cell; what has no heading or could not be read, under a name of its own."""
        if row.problem:
            return {"строка": storable(row.raw)}
        named = dict(zip(self.header.headings, row.cells, strict=False))
        named |= {f"ячейка {number}": cell for number, cell in enumerate(row.cells, 1) if number > len(named)}
        return {heading: storable(cell) for heading, cell in named.items() if cell}

    def read(self, row: Row) -> Record:
        """
        :raises RowRefused: the row cannot come in; the reason is a sentence.
        """
        self._check(row)
        text, url = self._text(row), self._clean(row, Field.URL)
        network = places.network_of(
            url=url, source=self._clean(row, Field.SOURCE), source_kind=self._clean(row, Field.SOURCE_KIND)
        )
        own_id, copies_share = self._clean(row, Field.ID), self._clean(row, Field.HASH)
        author = Author(
            external_id=self._clean(row, Field.AUTHOR_URL),
            name=self._clean(row, Field.AUTHOR),
            url=self._clean(row, Field.AUTHOR_URL),
        )
        posted_at = self._instant(row, Field.POSTED_AT)
        told = (author.name, author.url, url, str(posted_at or ""))
        external_id = copies_share or (f"id:{own_id}" if own_id else self._of_words(text, told))
        return Record(
            network=network or self.network,
            incoming=IncomingMessage(
                external_id=external_id,
                place=Place("", external_id, url=url, extra=self._measures(row)),
                author=author,
                text=text,
                posted_at=posted_at,
            ),
            topic=self._topic(row),
            place_name=self._clean(row, Field.PLACE),
            detected_at=self._detected_at(row),
            identity=self._nth(external_id, own_id),
        )

    def _check(self, row: Row) -> None:
        expected, extra = len(self.header.headings), row.cells[len(self.header.headings) :]
        if len(row.cells) < expected or any(cell.strip() for cell in extra):
            raise RowRefused("cells", found=len(row.cells), expected=expected)
        if any(_STRAY.search(cell) for cell in row.cells):
            raise RowRefused("bytes")

    def _cell(self, row: Row, wanted: Field) -> str:
        place = self.header.places.get(wanted)
        return "" if place is None else row.cells[place]

    def _clean(self, row: Row, wanted: Field) -> str:
        return clean(self._cell(row, wanted))

    def _text(self, row: Row) -> str:
        """The citizen's words; a headline alone; or the grade, where somebody gave one without a word."""
        text = self._clean(row, Field.TEXT) or self._clean(row, Field.TITLE)
        if text:
            return text
        rating = self._clean(row, Field.RATING)
        if not rating:
            raise RowRefused("no_text")
        return f"Оценка без текста: {rating}"

    def _topic(self, row: Row) -> str:
        headings = self.header.headings
        tags = (headings[place] for place in self.header.tags if row.cells[place].strip() == headings[place])
        return self._clean(row, Field.TOPIC) or ", ".join(clean(tag) for tag in tags)

    def _measures(self, row: Row) -> Mapping[str, str]:
        told = {name.value: number(self._cell(row, name)) for name in (Field.AUDIENCE, Field.RATING)}
        return {name: str(value) for name, value in told.items() if value is not None}

    def _instant(self, row: Row, wanted: Field) -> dt.datetime | None:
        said = self._clean(row, wanted)
        if not said:
            return None
        local = _parsed(said)
        if local is None:
            raise RowRefused("bad_date", value=said[:50])
        if not EARLIEST_YEAR <= local.year <= self.now.year + 1:
            raise RowRefused("date_out_of_range", value=said[:50])
        at = local if local.tzinfo else local.replace(tzinfo=self.zone)
        if at > self.now + CLOCKS_DIFFER:
            raise RowRefused("date_out_of_range", value=said[:50])
        return at.astimezone(dt.UTC)

    def _detected_at(self, row: Row) -> dt.datetime | None:
        at = self._instant(row, Field.DETECTED_AT)
        if at is not None and at > self.now:
            raise RowRefused("future_detection", value=self._clean(row, Field.DETECTED_AT))
        return at

    def _of_words(self, text: str, told: tuple[str, ...]) -> str:
        """An id for a row that has none. Where nothing but words is told, the same words twice are two people's."""
        if any(told):
            return "row:" + _digest(text, *told)
        return "row:" + self._nth(text)

    def _nth(self, *said: str) -> str:
        """A digest of what is said and of which time it is said in this file: the same in every file with the row."""
        same = _digest(*said)
        self._seen[same] += 1
        return same if self._seen[same] == 1 else _digest(same, str(self._seen[same]))


def _digest(*said: str) -> str:
    return hashlib.sha256("\0".join(said).encode()).hexdigest()


def clean(cell: str) -> str:
    """A cell as its author meant it: entities and `<br>` of the web page, marks and spaces of the table undone.

    >>> clean("Цена &gt; 100&nbsp;руб<br>за куб")
    'Цена > 100 руб\\nза куб'
    """
    text = _BREAK.sub("\n", _EXCEL_RETURN.sub("\n", cell))
    text = html.unescape(text) if "&" in text else text
    return storable(text.replace("\r\n", "\n").replace("\r", "\n").translate(_SPACES)).strip()


def number(cell: str) -> int | None:
    """A whole number, with or without spaces between thousands; None for anything else.

    >>> number("12\\xa0045")
    12045
    """
    digits = "".join(clean(cell).split())
    return int(digits) if digits.isdecimal() and len(digits) < 16 else None


def _parsed(said: str) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(said)
    except ValueError:
        pass
    for form in DATE_FORMATS:
        try:
            return dt.datetime.strptime(said, form)  # noqa: DTZ007  # local: the caller gives it the zone of the place
        except ValueError:
            continue
    return None
