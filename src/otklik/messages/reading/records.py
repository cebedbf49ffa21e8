"""One row of a table, through a profile: a message to take in, or the reason why it cannot be. Pure."""

import datetime as dt
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from otklik.connectors.base import Author, IncomingMessage, Place
from otklik.messages.reading import dates, places
from otklik.messages.reading.cells import address, clean, number, same_words, shown
from otklik.messages.reading.headers import Header
from otklik.messages.reading.profiles import JOINED, Field
from otklik.messages.reading.refusals import RowRefused
from otklik.messages.reading.table import Row
from otklik.messages.text import storable

EARLIEST_YEAR = 1990
CLOCKS_DIFFER = dt.timedelta(days=1)
LEADING = frozenset({Field.URL, Field.AUTHOR_URL})
"""Of these the address of a link counts, not the words it shows."""

_STRAY = re.compile("[\udc80-\udcff]")
"""A byte that is not in the file's encoding, as `text_file.TextFile.read` gives it."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row that can be taken in; instants are aware.

    `identity` knows it again in another file, of whatever form, by what it says; `named`, by its number and address in
    the sending system (empty where there is no number).
    """

    network: str
    incoming: IncomingMessage
    topic: str
    place_name: str
    detected_at: dt.datetime | None
    identity: str
    named: str


@dataclass(slots=True)
class Records:
    """Reads the rows of one file. `zone`: of the times in it. It counts how often a row has come before."""

    header: Header
    zone: ZoneInfo
    now: dt.datetime
    network: str = places.UNSAID
    """Of rows that say nothing of it."""
    _seen: Counter[bytes] = field(default_factory=Counter)

    def content(self, row: Row) -> dict[str, str]:
        """The row as it stood: heading → cell; what has no heading or could not be read, under a name of its own."""
        if row.problem:
            return {"строка": storable(row.raw)}
        named = dict(zip(self.header.headings, row.cells, strict=False))
        named |= {f"ячейка {number}": cell for number, cell in enumerate(row.cells, 1) if number > len(named)}
        for place, link in row.links.items():
            if place < len(self.header.headings) and row.cells[place] != link:
                named[f"{self.header.headings[place]} (ссылка)"] = link
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
        posted_at = self._instant(row, Field.POSTED_AT, Field.POSTED_TIME)
        self._require_open(row)
        told: tuple[str, ...] = (same_words(author.name), url, f"{posted_at:%Y%m%d%H%M}" if posted_at else "")
        system = self.header.profile.name if self.header.profile.is_preset else ""
        named = _digest(system, url, own_id).hex() if own_id and (system or url) else ""
        if own_id and not named:
            told = (*told, own_id)
        external_id = copies_share or (f"id:{named}" if named else self._of_words(text, told))
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
            identity=self._nth(same_words(text), *told),
            named=named,
        )

    def _check(self, row: Row) -> None:
        expected, extra = len(self.header.headings), row.cells[len(self.header.headings) :]
        if self.header.table.is_even and (len(row.cells) < expected or any(cell.strip() for cell in extra)):
            raise RowRefused("cells", found=len(row.cells), expected=expected)
        if any(_STRAY.search(cell) for cell in row.cells):
            raise RowRefused("bytes")

    def _cells(self, row: Row, wanted: Field) -> Iterator[str]:
        """What the columns of a field say, without the empty ones."""
        for place in self.header.places.get(wanted, ()):
            if place < len(row.cells):
                cell = row.links.get(place) or address(row.cells[place]) if wanted in LEADING else row.cells[place]
                said = clean(shown(cell))
                if said:
                    yield said

    def _clean(self, row: Row, wanted: Field) -> str:
        if wanted in JOINED:
            return ", ".join(dict.fromkeys(self._cells(row, wanted)))
        return next(self._cells(row, wanted), "")

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
        return self._clean(row, Field.TOPIC) or ", ".join(self._tags(row))

    def _tags(self, row: Row) -> Iterator[str]:
        headings, cells = self.header.headings, row.cells
        for place in self.header.tags:
            if place < len(cells) and cells[place].strip() == headings[place]:
                yield clean(cells[place])
        for place in self.header.stated_tags:
            if place < len(cells) and cells[place].strip():
                yield clean(cells[place])

    def _measures(self, row: Row) -> Mapping[str, str]:
        told = {name.value: number(self._clean(row, name)) for name in (Field.AUDIENCE, Field.RATING)}
        return {name: str(value) for name, value in told.items() if value is not None}

    def _instant(self, row: Row, wanted: Field, time: Field | None = None) -> dt.datetime | None:
        said = self._clean(row, wanted)
        if not said:
            return None
        local = dates.parse(said, self.header.profile.dates, self._clean(row, time) if time else "")
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

    def _require_open(self, row: Row) -> None:
        closed = self._clean(row, Field.CLOSED_AT)
        if closed:
            raise RowRefused("closed_there", value=closed[:50])

    def _of_words(self, text: str, told: tuple[str, ...]) -> str:
        """An id for a row that has none. Where nothing but words is told, the same words twice are two people's."""
        if any(told):
            return "row:" + _digest(same_words(text), *told).hex()
        return "row:" + self._nth("words", same_words(text))

    def _nth(self, *said: str) -> str:
        """A digest of what is said and of which time it is said in this file: the same in every file with the row."""
        same = _digest(*said)
        self._seen[same] += 1
        return same.hex() if self._seen[same] == 1 else _digest(same.hex(), str(self._seen[same])).hex()


def _digest(*said: str) -> bytes:
    return hashlib.blake2b("\0".join(said).encode("utf-8", "surrogatepass"), digest_size=16).digest()
