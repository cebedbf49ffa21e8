"""XLSX: sheets, links, dates, broken parts. And what is no workbook, or is made to do harm."""

import datetime as dt
import zipfile
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from otklik.messages.reading import xlsx_parts
from otklik.messages.reading.headers import find_header
from otklik.messages.reading.profiles import Field, own_profile
from otklik.messages.reading.records import Record, Records
from otklik.messages.reading.refusals import FileRefused
from otklik.messages.reading.source import Kind, inspect
from tests.messages.workbooks import NS, PACKAGE, RELATION, sheet_of, workbook

NOON = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
OWN = own_profile({Field.TEXT: "text", Field.POSTED_AT: "date", Field.URL: "url"})
HEADER = ("text", "date", "url")
Write = Callable[..., Path]


def read(path: Path) -> list[Record]:
    header = find_header(inspect(path), OWN)
    records = Records(header, ZoneInfo("Europe/Moscow"), NOON)
    return [records.read(row) for row in header.below()]


def refused(path: Path) -> str:
    with pytest.raises(FileRefused) as caught:
        list(find_header(inspect(path), OWN).below())
    assert str(caught.value).endswith(".")
    return caught.value.code


@pytest.fixture
def sheet(tmp_path: Path) -> Write:
    """`sheet(("яма", "27.11.2026"))`: a workbook of one sheet with these rows under the header."""

    def write(*rows: tuple[str, ...], name: str = "отчёт.xlsx", after: str = "", **others: object) -> Path:
        content = sheet_of([HEADER, *rows], after=after)
        return workbook(tmp_path / name, {"Лист1": content}, **others)  # type: ignore[arg-type]

    return write


def test_what_a_file_is_called_does_not_matter(sheet: Write) -> None:
    source = inspect(sheet(("яма",), name="выгрузка.csv"))
    assert (source.kind, source.tables[0].name, source.tables[0].lines) == (Kind.XLSX, "Лист1", 2)


def test_the_sheet_with_the_columns_is_read_wherever_it_stands(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "a.xlsx",
        {
            "Сводка": sheet_of([("Система", "Отчёт"), ("всего", "2")]),
            "Упоминания": sheet_of([("о файле",), (), HEADER, ("яма",), (), ("лужа",)], first_row=2, first_column=1),
        },
    )
    header = find_header(inspect(path), OWN)
    assert (header.table.name, header.number) == ("Упоминания", 4)
    assert [row.number for row in header.below()] == [5, 7]
    assert [record.incoming.text for record in read(path)] == ["яма", "лужа"]


@pytest.mark.parametrize(
    "written",
    [
        '<c r="{at}"><f>HYPERLINK("https://vk.com/wall-1_2?a=1&amp;b=2")</f><v></v></c>',
        '<c r="{at}" t="str"><f>HYPERLINK("https://vk.com/wall-1_2?a=1&amp;b=2","Открыть")</f><v>Открыть</v></c>',
        '<c r="{at}" t="str"><f> hyperlink ( "https://vk.com/wall-1_2?a=1&amp;b=2" ; "Открыть")</f><v>Открыть</v></c>',
        '<c r="{at}" t="inlineStr"><is><t>=HYPERLINK("https://vk.com/wall-1_2?a=1&amp;b=2";"Открыть")</t></is></c>',
        '<c r="{at}" t="inlineStr"><is><t>https://vk.com/wall-1_2?a=1&amp;b=2</t></is></c>',
    ],
)
def test_a_link_is_its_address_not_its_words(sheet: Write, written: str) -> None:
    (record,) = read(sheet(("яма", "", written)))
    assert record.incoming.place.url == "https://vk.com/wall-1_2?a=1&b=2"
    assert record.network == "vk"


def test_a_link_of_the_sheet_is_its_address_and_both_are_kept(sheet: Write) -> None:
    relations = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId7" Type="{RELATION}/hyperlink" '
        'Target="https://vk.com/wall-1_2?a=1&amp;b=2" TargetMode="External"/></Relationships>'
    )
    path = sheet(
        ("яма", "", "Открыть"),
        after='<hyperlinks><hyperlink ref="C2" r:id="rId7"/></hyperlinks>',
        others={"xl/worksheets/_rels/sheet1.xml.rels": relations},
    )
    (record,) = read(path)
    assert record.incoming.place.url == "https://vk.com/wall-1_2?a=1&b=2"
    header = find_header(inspect(path), OWN)
    (row,) = header.below()
    content = Records(header, ZoneInfo("Europe/Moscow"), NOON).content(row)
    assert content == {"text": "яма", "url": "Открыть", "url (ссылка)": "https://vk.com/wall-1_2?a=1&b=2"}


@pytest.mark.parametrize(
    ("written", "at"),
    [
        ('<c r="{at}" s="1"><v>46142.291666666664</v></c>', dt.datetime(2026, 4, 30, 4, 0, tzinfo=dt.UTC)),
        ('<c r="{at}" s="2"><v>46142</v></c>', dt.datetime(2026, 4, 29, 21, 0, tzinfo=dt.UTC)),
        ('<c r="{at}"><v>46142.291666666664</v></c>', dt.datetime(2026, 4, 30, 4, 0, tzinfo=dt.UTC)),
        ('<c r="{at}" t="d"><v>2026-04-30T07:00:00</v></c>', dt.datetime(2026, 4, 30, 4, 0, tzinfo=dt.UTC)),
        ("30.04.2026 07:00", dt.datetime(2026, 4, 30, 4, 0, tzinfo=dt.UTC)),
    ],
)
def test_a_date_in_any_dress(sheet: Write, written: str, at: dt.datetime) -> None:
    assert read(sheet(("яма", written)))[0].incoming.posted_at == at


@pytest.mark.parametrize("styles", ["<styleSheet", "", f"<styleSheet {NS}><cellXfs><xf/></cellXfs></styleSheet>"])
def test_broken_styles_cost_nothing(sheet: Write, styles: str) -> None:
    (record,) = read(sheet(("яма", '<c r="{at}" s="1"><v>46142.291666666664</v></c>'), styles=styles))
    assert record.incoming.posted_at == dt.datetime(2026, 4, 30, 4, 0, tzinfo=dt.UTC)


def test_shared_words_rich_words_and_escapes(sheet: Write) -> None:
    shared = (
        "<t>text</t>",
        "<r><t>Яма_x000d_\nна </t></r><r><t>Садовой</t></r><rPh><t>тихо</t></rPh>",
        "<t>Цена &amp;gt; 100&#160;руб, _x0441_</t>",
    )
    one, two, gone = (f'<c r="{{at}}" t="s"><v>{number}</v></c>' for number in (1, 2, 99))
    found = read(sheet((one,), (two,), ("яма", "", gone), shared=shared))
    assert [record.incoming.text for record in found] == ["Яма\nна Садовой", "Цена > 100 руб, _x0441_", "яма"]
    assert found[2].incoming.place.url == ""


def test_numbers_lose_nothing(sheet: Write) -> None:
    path = sheet(("яма", "", ""), ("лужа",))
    header = find_header(inspect(path), OWN)
    assert [row.cells[0] for row in header.below()] == ["яма", "лужа"]
    long = sheet(('<c r="{at}"><v>1.23456789012E+14</v></c>',), name="b.xlsx")
    assert read(long)[0].incoming.text == "123456789012000"


# --- what is no workbook ---


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (("word/document.xml",), "word"),
        (("xl/workbook.bin",), "binary_excel"),
        (("mimetype", "content.xml"), "libre_office"),
        (("отчёт.csv",), "archive"),
    ],
)
def test_another_kind_of_zip_is_named(tmp_path: Path, parts: tuple[str, ...], code: str) -> None:
    path = tmp_path / "отчёт.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for part in parts:
            archive.writestr(part, "<x/>")
    assert refused(path) == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><table><tr><td>text</td></tr></table></html>", "web_page"),
        (b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "web_page"),
        (b"%PDF-1.7 ...", "wrong_type"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"PK\x03\x04 and then nothing", "broken_xlsx"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "отчёт.xlsx"
    path.write_bytes(content)
    assert refused(path) == code


# --- what is made to do harm ---


def test_entities_of_its_own_are_refused(sheet: Write) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    path = sheet(("яма",))
    with zipfile.ZipFile(path) as archive:
        content = archive.read("xl/worksheets/sheet1.xml").decode().replace("<worksheet", f"{bomb}<worksheet", 1)
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in (parts | {"xl/worksheets/sheet1.xml": content.encode()}).items():
            archive.writestr(name, part)
    assert refused(path) == "broken_xlsx"


def test_what_unpacks_to_too_much_is_refused(sheet: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    path = sheet(*((f"яма {number}",) for number in range(2000)))
    assert len(read(path)) == 2000
    monkeypatch.setattr(xlsx_parts.Package.chunks, "__defaults__", (10_000,))
    assert refused(path) == "too_large_inside"


def test_one_endless_cell_is_refused_before_it_fills_memory(sheet: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_parts, "LONGEST_STRETCH", 1 << 20)
    assert refused(sheet(("я" * 2_000_000,))) == "broken_xlsx"


def test_a_file_cut_short_is_refused(sheet: Write) -> None:
    path = sheet(*((f"яма {number}",) for number in range(500)))
    path.write_bytes(path.read_bytes()[:-400])
    assert refused(path) == "broken_xlsx"
