"""The page on which a person says what the columns mean, with the first rows as they will come in."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4
from zoneinfo import ZoneInfo

from otklik.messages.models import ImportRun
from otklik.messages.reading import places
from otklik.messages.reading.importing import Reading, records_of
from otklik.messages.reading.profiles import Field
from otklik.messages.reading.source import Kind, Source
from otklik.messages.reading.trying import try_row
from otklik.web import view
from otklik.web.imports.mapping import FARTHEST_HEADER, Chosen, zones
from otklik.web.imports.view import Column, MappingPage, PreviewRow
from otklik.web.imports.words import DELIMITERS, FIELDS, ORDERS
from otklik.web.links import outward
from otklik.web.networks import GROUPS, NETWORKS, network
from otklik.web.view import Choice, FieldKind, Form

SAMPLES = 3
PREVIEWED = 8
LONGEST_SAMPLE = 120
LONGEST_PREVIEW = 300


def mapping_page(
    run: ImportRun, source: Source, said: Chosen, now: dt.datetime, problems: tuple[tuple[str, str], ...] = ()
) -> MappingPage:
    """The page as it stands with this choice. `problems` count when the form was sent to be done."""
    rows = max(said.header.table.lines - said.header.number, 0)
    return MappingPage(
        key=run.pk,
        file=run.file_name,
        columns=tuple(_columns(said)),
        form=Form(
            fields=tuple(_faulted(field, problems) for field in _fields(run, said)),
            button="Загрузить",
            command_id=str(uuid4()),
            hidden=(("shown", said.shown),),
            errors=tuple(fault for name, fault in problems if not name),
        ),
        table=tuple(_faulted(field, problems) for field in _table_fields(source, said)),
        header_row=said.header_row,
        rows=rows,
        missing=() if said.has_text else (FIELDS[Field.TEXT],),
        preview=tuple(_preview(run, source, said, now)) if said.has_text else (),
    )


def _columns(said: Chosen) -> Iterator[Column]:
    for number, title in enumerate(said.header.headings):
        cells = (row.cells[number] for row in said.rows if number < len(row.cells))
        samples = [" ".join(cell.split())[:LONGEST_SAMPLE] for cell in cells if cell.strip()]
        meaning = said.meanings.get(number)
        targets = (
            Choice(value="", label="не загружать", checked=meaning is None),
            *(Choice(value=one.value, label=words, checked=one is meaning) for one, words in FIELDS.items()),
        )
        yield Column(number=number + 1, title=title, samples=tuple(samples[:SAMPLES]), targets=targets)


def _table_fields(source: Source, said: Chosen) -> Iterator[view.Field]:
    if len(source.tables) > 1:
        is_csv = source.kind is Kind.CSV
        names = DELIMITERS if is_csv else tuple(table.name for table in source.tables)
        yield view.Field(
            name="table",
            label="Столбцы разделяет" if is_csv else "Лист",
            kind=FieldKind.SELECT,
            required=True,
            choices=tuple(
                Choice(value=str(number), label=name, checked=number == said.table_number)
                for number, name in enumerate(names)
            ),
        )
    if said.header_row is not None:
        yield view.Field(
            name="header_row",
            label="Строка заголовков",
            kind=FieldKind.NUMBER,
            value=str(said.header_row),
            required=True,
            hint=f"От 1 до {FARTHEST_HEADER}; 0, если заголовков нет.",
        )


def _fields(run: ImportRun, said: Chosen) -> Iterator[view.Field]:
    dates = said.header.profile.dates
    yield view.Field(
        name="dates", label="Как записаны даты", kind=FieldKind.SELECT, required=True,
        choices=tuple(Choice(value=o.value, label=words, checked=o is dates) for o, words in ORDERS.items()),
    )  # fmt: skip
    yield view.Field(
        name="zone", label="По какому времени даты", kind=FieldKind.SELECT, required=True,
        choices=tuple(Choice(value=z, label=words, checked=z == said.zone) for z, words in zones(run).items()),
    )  # fmt: skip
    known = {places.UNSAID: GROUPS[places.UNSAID], **NETWORKS}
    yield view.Field(
        name="network", label="Сеть, если в строке её не понять", kind=FieldKind.SELECT, required=True,
        choices=tuple(
            Choice(value=code, label=one.name, checked=code == said.network)
            for code, one in known.items() if code != "demo"
        ),
    )  # fmt: skip
    yield view.Field(
        name="name",
        label="Запомнить это соответствие под именем",
        value=said.name,
        max_length=100,
        hint="Следующий файл с теми же заголовками загрузится сам.",
    )


def _preview(run: ImportRun, source: Source, said: Chosen, now: dt.datetime) -> Iterator[PreviewRow]:
    records = records_of(run.organisation, Reading(source, said.header, said.network), now, said.network)
    zone = ZoneInfo(run.organisation.zone)
    for row in said.rows[:PREVIEWED]:
        tried = try_row(records, row)
        if tried.record is None:
            yield PreviewRow(number=row.number, problem=tried.reason)
            continue
        came, posted_at = tried.record.incoming, tried.record.incoming.posted_at
        text = " ".join(came.text.split())
        yield PreviewRow(
            number=row.number,
            text=text if len(text) <= LONGEST_PREVIEW else f"{text[:LONGEST_PREVIEW]}…",
            network=network(tried.record.network),
            author=came.author.name,
            at=posted_at.astimezone(zone) if posted_at else None,
            topic=tried.record.topic,
            place=tried.record.place_name,
            url=outward(came.place.url),
        )


def _faulted(field: view.Field, problems: tuple[tuple[str, str], ...]) -> view.Field:
    return replace(field, errors=tuple(fault for name, fault in problems if name == field.name))
