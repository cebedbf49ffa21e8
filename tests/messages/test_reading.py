"""Files to records: encodings, broken quotes, columns, dates, networks. Pure, no database."""

import datetime as dt
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from otklik.messages.reading import places
from otklik.messages.reading.cells import clean, number
from otklik.messages.reading.dates import DateOrder
from otklik.messages.reading.headers import find_header
from otklik.messages.reading.profiles import Field, Profile, own_profile, presets
from otklik.messages.reading.records import Record, Records
from otklik.messages.reading.refusals import FileRefused, RowRefused
from otklik.messages.reading.source import Source, inspect

NOON = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
OWN = own_profile({Field.TEXT: "text", Field.POSTED_AT: "date"})


def file(folder: Path, content: bytes | str, name: str = "file.csv") -> Source:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return inspect(path)


def records(source: Source, profile: Profile | None = None, zone: str = "Europe/Moscow") -> list[Record | str]:
    """Each row below the header: its record, or the reason."""
    header = find_header(source, profile)
    reader = Records(header, ZoneInfo(zone), NOON)
    found: list[Record | str] = []
    for row in header.below():
        try:
            found.append(row.problem or reader.read(row))
        except RowRefused as refused:
            found.append(str(refused))
    return found


def texts(found: list[Record | str]) -> list[str]:
    return [one if isinstance(one, str) else one.incoming.text for one in found]


# --- The file ---


@pytest.mark.parametrize(
    ("encoding", "expected"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("cp1251", "cp1251")],
)
def test_usual_encodings_are_recognised(tmp_path: Path, encoding: str, expected: str) -> None:
    source = file(tmp_path, "text;date\nНа Садовой яма, ё;27.11.2026 10:00\n".encode(encoding))
    assert source.encoding == expected
    assert texts(records(source, OWN)) == ["На Садовой яма, ё"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b" \n\n", "empty_file"),
        (b"PK\x03\x04 whatever", "broken_xlsx"),
        (b"\xd0\xcf\x11\xe0 whatever", "old_excel"),
        (b"\x89PNG\r\n\x01\x02\x03", "wrong_type"),
        ("text\nКогда починят дорогу\n".encode("cp866"), "encoding"),
        ("text\nКогда починят дорогу\n".encode("koi8-r"), "encoding"),
        (b"text\n\x90\x91\x92\x93\x94\n", "encoding"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        file(tmp_path, content)
    assert refused.value.code == code
    assert str(refused.value).endswith(".")


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.csv", "missing_file"), (tmp_path, "not_a_file")):
        with pytest.raises(FileRefused) as refused:
            inspect(path)
        assert refused.value.code == code


def test_one_broken_byte_costs_one_row(tmp_path: Path) -> None:
    good = "Хорошая строка, и довольно длинная;27.11.2026\n" * 60
    source = file(tmp_path, b"text;date\n" + good.encode() + b"\xff;27.11.2026\n" + good.encode())
    found = texts(records(source, OWN))
    assert found[60] == "есть знаки не в кодировке файла"
    assert len(found) == 121
    assert len(set(found)) == 2


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path) -> None:
    source = file(tmp_path, 'text;date\nпервая;\n"вторая;\nтретья;\n"чет\nвёртая";\nпятая;\n')
    assert texts(records(source, OWN)) == [
        "первая",
        "кавычки не закрыты или стоят посреди текста",
        "третья",
        "чет\nвёртая",
        "пятая",
    ]


def test_a_separator_too_many_is_said(tmp_path: Path) -> None:
    source = file(tmp_path, "text;date\nодна;две;три\nодна\nодна;;\n")
    assert texts(records(source, OWN)) == [
        "ячеек 3, а столбцов 2: лишний разделитель не взят в кавычки",
        "ячеек 1, а столбцов 2: лишний разделитель не взят в кавычки",
        "одна",
    ]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_any_delimiter(tmp_path: Path, delimiter: str) -> None:
    source = file(tmp_path, f'text{delimiter}date\n"яма{delimiter} и ещё"{delimiter}27.11.2026\n')
    assert texts(records(source, OWN)) == [f"яма{delimiter} и ещё".strip()]


def test_row_numbers_are_those_of_the_editor(tmp_path: Path) -> None:
    source = file(tmp_path, 'о файле\n\ntext;date\n"а\nб";\n\nв;\n')
    header = find_header(source, OWN)
    below = [row.number for row in header.below()]
    assert (header.number, below) == (3, [4, 7])


# --- The header ---


def test_columns_are_found_whatever_their_case_and_spaces(tmp_path: Path) -> None:
    source = file(tmp_path, " TEXT ;Date\nяма;\n")
    assert texts(records(source, OWN)) == ["яма"]


def test_a_missing_column_is_named_beside_those_there_are(tmp_path: Path) -> None:
    source = file(tmp_path, "Сообщение;Дата\nяма;\n")
    with pytest.raises(FileRefused) as refused:
        find_header(source, OWN)
    assert str(refused.value) == "Столбца «text», «date» в файле нет. Столбцы файла: «Сообщение», «Дата»."


def test_an_unknown_file_says_what_to_do(tmp_path: Path) -> None:
    source = file(tmp_path, "Сообщение;Дата\nяма;\n")
    with pytest.raises(FileRefused, match="--map text=СТОЛБЕЦ"):
        find_header(source, None)
    with pytest.raises(FileRefused, match="«Hash сообщения»"):
        find_header(source, presets()["brand-analytics"])


def test_repeated_headings_are_numbered(tmp_path: Path) -> None:
    source = file(tmp_path, "text;date;тема;тема;\nяма;;а;б;в\n")
    assert find_header(source, OWN).headings == ("text", "date", "тема", "тема (2)", "столбец 5")


# --- A row ---


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ("27.11.2026 10:00", dt.datetime(2026, 11, 27, 7, 0, tzinfo=dt.UTC)),
        ("27.11.2026 10:00:59", dt.datetime(2026, 11, 27, 7, 0, 59, tzinfo=dt.UTC)),
        ("27.11.2026", dt.datetime(2026, 11, 26, 21, 0, tzinfo=dt.UTC)),
        ("2026-11-27T10:00", dt.datetime(2026, 11, 27, 7, 0, tzinfo=dt.UTC)),
        ("2026-11-27 10:00:00", dt.datetime(2026, 11, 27, 7, 0, tzinfo=dt.UTC)),
        ("2026-11-27T10:00+07:00", dt.datetime(2026, 11, 27, 3, 0, tzinfo=dt.UTC)),
        ("28.11.2026 12:00", NOON + dt.timedelta(days=1)),
        ("27 ноября 2026, 10:00", dt.datetime(2026, 11, 27, 7, 0, tzinfo=dt.UTC)),
        ("5 мая 2026 г. в 9:05", dt.datetime(2026, 5, 5, 6, 5, tzinfo=dt.UTC)),
        ("27.11.26 10:00", dt.datetime(2026, 11, 27, 7, 0, tzinfo=dt.UTC)),
        ("27/11/2026 10:00", dt.datetime(2026, 11, 27, 7, 0, tzinfo=dt.UTC)),
        ("46353,416666666664", dt.datetime(2026, 11, 27, 7, 0, tzinfo=dt.UTC)),
        ("1795762800", dt.datetime(2026, 11, 27, 7, 0, tzinfo=dt.UTC)),
        ("1795762800000", dt.datetime(2026, 11, 27, 7, 0, tzinfo=dt.UTC)),
        ("27.11.2026\xa010:00", dt.datetime(2026, 11, 27, 7, 0, tzinfo=dt.UTC)),
        ("", None),
    ],
)
def test_dates_are_of_the_organisations_zone(tmp_path: Path, said: str, at: dt.datetime | None) -> None:
    (record,) = records(file(tmp_path, f"text;date\nяма;{said}\n"), OWN)
    assert isinstance(record, Record)
    assert record.incoming.posted_at == at


@pytest.mark.parametrize(
    ("order", "said", "at"),
    [
        (DateOrder.MONTH_FIRST, "11/05/2026", dt.datetime(2026, 11, 4, 21, 0, tzinfo=dt.UTC)),
        (DateOrder.DAY_FIRST, "11/05/2026", dt.datetime(2026, 5, 10, 21, 0, tzinfo=dt.UTC)),
        (DateOrder.YEAR_FIRST, "26-11-05", dt.datetime(2026, 11, 4, 21, 0, tzinfo=dt.UTC)),
    ],
)
def test_the_order_of_a_date_can_be_told(tmp_path: Path, order: DateOrder, said: str, at: dt.datetime) -> None:
    profile = own_profile({Field.TEXT: "text", Field.POSTED_AT: "date"}, dates=order)
    (record,) = records(file(tmp_path, f"text;date\nяма;{said}\n"), profile)
    assert isinstance(record, Record)
    assert record.incoming.posted_at == at


def test_the_time_may_stand_apart(tmp_path: Path) -> None:
    profile = own_profile({Field.TEXT: "text", Field.POSTED_AT: "Дата", Field.POSTED_TIME: "Время"})
    source = file(tmp_path, "text;Дата;Время\nа;27.11.2026;10:00\nб;27.11.2026;\nв;27.11.2026;полдень\n")
    first, second, third = records(source, profile)
    assert isinstance(first, Record)
    assert isinstance(second, Record)
    assert first.incoming.posted_at == dt.datetime(2026, 11, 27, 7, 0, tzinfo=dt.UTC)
    assert second.incoming.posted_at == dt.datetime(2026, 11, 26, 21, 0, tzinfo=dt.UTC)
    assert third == "дата «27.11.2026» не понята, нужна дд.мм.гггг чч:мм"


def test_every_preset_says_what_no_export_confirms() -> None:
    assert set(presets()) == {"brand-analytics", "medialogia", "incident-management"}
    for one in presets().values():
        columns = {column for several in one.columns.values() for column in several} | {one.tags_begin}
        assert set(one.unsure) <= columns, one.name
        assert {Field.TEXT, Field.URL} <= one.columns.keys()


def test_another_zone_gives_another_instant(tmp_path: Path) -> None:
    (record,) = records(file(tmp_path, "text;date\nяма;27.11.2026 10:00\n"), OWN, zone="Asia/Barnaul")
    assert isinstance(record, Record)
    assert record.incoming.posted_at == dt.datetime(2026, 11, 27, 3, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("32.13.2026", "дата «32.13.2026» не понята, нужна дд.мм.гггг чч:мм"),
        ("вчера", "дата «вчера» не понята, нужна дд.мм.гггг чч:мм"),
        ("28.11.2026 12:01", "дата «28.11.2026 12:01» не может быть верной"),
        ("01.01.1970", "дата «01.01.1970» не может быть верной"),
        ("01.01.0001", "дата «01.01.0001» не может быть верной"),
        ("31.12.9999 23:59", "дата «31.12.9999 23:59» не может быть верной"),
    ],
)
def test_dates_that_are_none(tmp_path: Path, said: str, reason: str) -> None:
    assert records(file(tmp_path, f"text;date\nяма;{said}\n"), OWN) == [reason]


def test_detection_may_be_told_and_not_in_the_future(tmp_path: Path) -> None:
    profile = own_profile({Field.TEXT: "text", Field.DETECTED_AT: "found"})
    source = file(tmp_path, "text;found\nа;27.11.2026 12:00\nб;27.11.2026 12:01\nв;\n")
    first, second, third = records(source, profile)
    assert isinstance(first, Record)
    assert first.detected_at == NOON
    assert second == "сообщение выявлено позже, чем загружено: «27.11.2026 12:01»"
    assert isinstance(third, Record)
    assert third.detected_at is None


def test_a_row_without_a_word_is_bad_and_a_grade_is_a_word(tmp_path: Path) -> None:
    profile = own_profile({Field.TEXT: "text", Field.TITLE: "title", Field.RATING: "rating"})
    source = file(tmp_path, "text;title;rating;n\n;;;1\n;;1;2\n;Заголовок;;3\nтекст;Заголовок;5;4\n")
    assert texts(records(source, profile)) == [
        "нет ни текста, ни заголовка, ни оценки",
        "Оценка без текста: 1",
        "Заголовок",
        "текст",
    ]


def test_the_same_words_of_nobody_are_two_messages_and_the_same_everywhere(tmp_path: Path) -> None:
    first = records(file(tmp_path, "text;date\nСпасибо;\nСпасибо;\n"), OWN)
    again = records(file(tmp_path, "date,text\n,Спасибо\n,Спасибо\n", "other.csv"), OWN)
    ids = [one.incoming.external_id for one in first if isinstance(one, Record)]
    assert len(set(ids)) == 2
    assert [one.identity for one in first if isinstance(one, Record)] == [
        one.identity for one in again if isinstance(one, Record)
    ]


def test_the_same_words_at_the_same_time_are_copies(tmp_path: Path) -> None:
    found = records(file(tmp_path, "text;date\nСпасибо;27.11.2026\nСпасибо;27.11.2026\n"), OWN)
    first, second = (one for one in found if isinstance(one, Record))
    assert first.incoming.external_id == second.incoming.external_id
    assert first.identity != second.identity


def test_cells_are_cleaned_of_web_pages_and_tables() -> None:
    assert clean("Нет воды&#33; Цена &gt; 100&nbsp;руб<br>за куб<BR/>!") == "Нет воды! Цена > 100 руб\nза куб\n!"
    assert clean("строка_x000D_\nвторая\r\nтретья\x00") == "строка\nвторая\nтретья"
    assert clean("звоните <телефон>") == "звоните <телефон>"
    assert number("12\xa0045") == number("12&nbsp;045") == 12045
    assert number("n/a") is number("") is number("9" * 20) is None


# --- The network ---


@pytest.mark.parametrize(
    ("url", "source", "kind", "network"),
    [
        ("http://vk.com/wall-1_2", "", "", "vk"),
        ("", "vk.com", "Соцсети", "vk"),
        ("https://m.vk.com/wall-1_2", "", "", "vk"),
        ("https://notvk.com/1", "", "Соцсети", "social"),
        ("https://ok.ru/group/1", "ok.ru", "", "ok"),
        ("https://telegram.me/c/1/2", "telegram.org", "Мессенджеры чаты", "telegram"),
        ("https://t.me/x/1", "", "", "telegram"),
        ("https://web.max.ru/1", "max.ru", "", "max"),
        ("https://2gis.ru/firm/1", "2gis.ru", "Отзывы", "reviews"),
        ("https://yandex.ru/maps/org/1", "", "", "reviews"),
        ("https://yandex.ru/news/1", "yandex.ru", "Онлайн-СМИ", "site"),
        ("https://forum.example.ru/1", "forum.example.ru", "Форумы", "forum"),
        ("https://example.ru/1", "example.ru", "", "site"),
        ("", "ВКонтакте", "", "vk"),
        ("", "Одноклассники", "", "ok"),
        ("", "telegram", "", "telegram"),
        ("https://x.com/a/1", "", "", "twitter"),
        ("https://[broken", "", "Блоги", "blog"),
        ("", "", "", None),
    ],
)
def test_the_network_of_a_message(url: str, source: str, kind: str, network: str | None) -> None:
    assert places.network_of(url=url, source=source, source_kind=kind) == network
