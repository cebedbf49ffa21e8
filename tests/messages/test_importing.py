"""The import of files: what comes in, what was here, what cannot be read; the same twice changes nothing."""

import csv
import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from otklik.incidents.editions import by_hash
from otklik.incidents.folding import fold
from otklik.incidents.models import Incident
from otklik.journal.queries import events_of
from otklik.messages.actions import HandMade, enter_by_hand
from otklik.messages.models import ImportRow, ImportRun, ImportState, Message, MessageSource
from otklik.messages.reading import importing
from otklik.messages.reading.importing import Imported, Wanted, import_file
from otklik.messages.reading.profiles import Field, own_profile
from otklik.messages.reading.refusals import FileRefused
from otklik.messages.reading.tally import Tally
from otklik.orgs.models import Organisation, Person
from otklik.regulation.networks import covers
from tests.cast import make_cast

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
SHARED = Path(__file__).parents[3] / "shared"
SAMPLE = SHARED / "contracts/samples/import/ba_export.synthetic.csv"
PERM = SHARED / "data/perm/validation.csv"
ACTS = ("novoalekseevskaya-2020-129", "kalininsky", "ukhta-2021-960", "lesozavodsk-2022-215", "altai-2020-132")
OWN = own_profile({Field.TEXT: "text", Field.TOPIC: "topic"})


@pytest.fixture
def town(organisation_factory: Callable[..., Organisation]) -> Organisation:
    return organisation_factory(act="altai-2020-132")


@pytest.fixture
def sample() -> Path:
    if not SAMPLE.exists():
        pytest.skip("../shared/contracts/samples is not there")
    return SAMPLE


def bring(
    town: Organisation,
    path: Path,
    *,
    mapped: bool = False,
    person: Person | None = None,
    now: dt.datetime = NOON,
    is_dry_run: bool = False,
) -> Imported:
    wanted = Wanted(path=path, profile=OWN if mapped else None, is_dry_run=is_dry_run)
    return import_file(town, wanted, person=person, clock=lambda: now)


def counts(imported: Imported) -> tuple[int, int, int]:
    tally = imported.tally
    return tally.new, tally.known, tally.bad


def written(folder: Path, *rows: tuple[str, str], name: str = "own.csv") -> Path:
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "topic"), *rows])
    return path


# --- Brand Analytics ---


def test_the_sample_of_brand_analytics(town: Organisation, sample: Path) -> None:
    imported = bring(town, sample)
    assert counts(imported) == (3, 1, 0)
    assert imported.profile.name == "brand-analytics"
    road, water, grade = Message.objects.order_by("pk")
    assert road.text == 'Когда починят дорогу на Садовой?\nВторой абзац; с точкой с запятой и "кавычками"'
    assert (road.network, road.url) == ("vk", "http://vk.com/wall-179002674_77309?reply=77310")
    assert road.posted_at == dt.datetime(2026, 4, 30, 4, 0, tzinfo=dt.UTC)
    assert road.detected_at == NOON
    assert road.topic == "Дороги, Жалоба"
    assert (road.author_name, road.copies) == ("Иван Петров", 1)
    assert road.author is not None
    assert road.author.url == "http://vk.com/id123"
    assert water.text == "Нет горячей воды! Цена > 100 руб за куб"
    assert (water.network, water.url) == ("telegram", "https://telegram.me/c/3432642400/15?a=1&b=2")
    assert water.place["extra"]["audience"] == "12045"
    assert (water.topic, water.author) == ("ЖКХ", None)
    assert (grade.network, grade.text) == ("reviews", "Оценка без текста: 1")
    assert {message.source for message in (road, water, grade)} == {MessageSource.IMPORT}
    assert Incident.objects.count() == 3


def test_raw_rows_are_kept_with_what_became_of_them(town: Organisation, sample: Path) -> None:
    run = bring(town, sample).run
    assert run is not None
    run.refresh_from_db()
    assert (run.state, run.ended_at) == (ImportState.DONE, NOON)
    assert (run.rows_read, run.rows_new, run.rows_known, run.rows_bad) == (4, 3, 1, 0)
    rows = list(ImportRow.objects.order_by("number"))
    assert [(row.number, row.state) for row in rows] == [(6, "new"), (8, "new"), (9, "new"), (10, "known")]
    assert rows[1].content["Текст"] == "Нет горячей воды&#33; Цена &gt; 100 руб&nbsp;за куб"
    assert rows[1].content["Аудитория"].split() == ["12", "045"]
    assert rows[3].message == rows[0].message
    assert rows[3].reason == "копия сообщения, которое уже есть"


def test_the_copy_is_the_first_ones_wherever_it_was_found(town: Organisation, sample: Path) -> None:
    bring(town, sample)
    assert not Message.objects.filter(network="max").exists()


# --- The same twice ---


def test_the_same_file_twice_changes_nothing(town: Organisation, sample: Path) -> None:
    bring(town, sample)
    before = list(Message.objects.order_by("pk").values())
    again = bring(town, sample, now=NOON + dt.timedelta(hours=1))
    assert again.same_file == NOON
    assert counts(again) == (0, 0, 0)
    assert list(Message.objects.order_by("pk").values()) == before
    assert ImportRun.objects.count() == 1


def test_the_same_rows_in_another_file_change_nothing(town: Organisation, sample: Path, tmp_path: Path) -> None:
    bring(town, sample)
    before = list(Message.objects.order_by("pk").values())
    saved_anew = tmp_path / "saved anew.csv"
    lines = sample.read_text("utf-8-sig").splitlines(keepends=True)
    saved_anew.write_text("".join([*lines[4:]]), "utf-8")
    again = bring(town, saved_anew)
    assert again.same_file is None
    assert counts(again) == (0, 4, 0)
    assert list(Message.objects.order_by("pk").values()) == before
    reasons = set(ImportRow.objects.filter(run=again.run).values_list("reason", flat=True))
    assert reasons == {"эта строка уже загружена"}


def test_the_same_file_is_new_to_another_organisation_and_in_another_reading(
    town: Organisation, tmp_path: Path, organisation_factory: Callable[..., Organisation]
) -> None:
    path = written(tmp_path, ("Яма", "дороги"))
    assert counts(bring(town, path, mapped=True)) == (1, 0, 0)
    assert counts(bring(organisation_factory(act="altai-2020-132"), path, mapped=True)) == (1, 0, 0)
    topics = Wanted(path=path, profile=own_profile({Field.TEXT: "topic"}))
    assert counts(import_file(town, topics, person=None, clock=lambda: NOON)) == (1, 0, 0)


def test_a_copy_in_a_later_file_is_counted_once(town: Organisation, sample: Path, tmp_path: Path) -> None:
    bring(town, sample)
    later = tmp_path / "later.csv"
    reposted = sample.read_text("utf-8-sig").replace(";1357;", ";1399;").replace("channel/AbC", "channel/XyZ")
    later.write_text(reposted, "utf-8")
    assert counts(bring(town, later)) == (0, 4, 0)
    assert Message.objects.order_by("pk")[0].copies == 2
    later.write_text(later.read_text("utf-8") + "\n", "utf-8")
    bring(town, later)
    assert Message.objects.order_by("pk")[0].copies == 2


@pytest.mark.parametrize("first", ["csv", "xlsx", "json"])
def test_the_same_report_in_another_form_changes_nothing(
    town: Organisation, sample: Path, tmp_path: Path, first: str
) -> None:
    forms = {"csv": sample, "xlsx": sample.with_suffix(".xlsx"), "json": in_json(sample, tmp_path)}
    brought = bring(town, forms.pop(first))
    assert brought.tally.new in {3, 4}  # only where the hash stands in the file is a copy known as one
    before = list(Message.objects.order_by("pk").values())
    for other in forms.values():
        assert counts(bring(town, other)) == (0, 4, 0)
    assert list(Message.objects.order_by("pk").values()) == before
    assert Incident.objects.count() == brought.tally.new


def in_json(sample: Path, folder: Path) -> Path:
    """The sample as the system's JSON: other names, seconds since 1970, no tags."""
    lines = sample.read_text("utf-8-sig").split("\n", 4)[4]
    rows = []
    for row in csv.DictReader(lines.splitlines(keepends=True), delimiter=";"):
        at = dt.datetime.strptime(f"{row['Дата']} +0300", "%d.%m.%Y %H:%M %z")
        author = {"fullname": row["Автор"], "url": row["Url автора"]} if row["Автор"] else None
        rows.append(
            {
                "id": int(row["ID сообщения"]),
                "hash": row["Hash сообщения"],
                "timeCreate": int(at.timestamp()),
                "title": row["Заголовок"],
                "text": row["Текст"],
                "hub": row["Источник"],
                "hubtype": row["Тип источника"],
                "url": row["Url"].replace("&amp;", "&"),
                "authorObject": author,
                "review_rating": {"result": row["Оценка"]} if row["Оценка"] else [],
            }
        )
    path = folder / "export.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    return path


def test_a_report_of_medialogia(town: Organisation, sample: Path) -> None:
    path = sample.with_name("medialogia_sm.synthetic.xlsx")
    imported = bring(town, path)
    assert (imported.profile.name, counts(imported)) == ("medialogia", (2, 0, 0))
    first, second = Message.objects.order_by("pk")
    assert (first.text, first.network, first.author_name) == ("Сообщение\nвторая строка", "vk", "Автор")
    assert first.place["extra"] == {"audience": "109931"}
    assert second.network == "reviews"


def test_incidents_of_incident_management(town: Organisation, tmp_path: Path) -> None:
    path = tmp_path / "im.csv"
    path.write_text(
        "Номер инцидента;Дата создания;Дата закрытия;Группа тем;Тема;Муниципалитет;Улица;Дом;"
        "Текст инцидента;Урл блога\n"
        "77;27.11.2026 11:00;;ЖКХ;Двор;Ухта;Ленина;5;Нет света;https://vk.com/wall-1_2\n"
        "78;27.11.2026 11:00;27.11.2026 11:30;ЖКХ;Двор;;;;Закрытый;https://vk.com/wall-1_3\n",
        "utf-8",
    )
    imported = bring(town, path)
    assert (imported.profile.name, counts(imported)) == ("incident-management", (1, 0, 1))
    assert imported.tally.told[0].reason.startswith("закрыто в исходной системе")
    message = Message.objects.get()
    assert (message.topic, message.place_name, message.network) == ("ЖКХ, Двор", "Ухта, Ленина, 5", "vk")
    assert message.detected_at == NOON - dt.timedelta(hours=1)


def test_the_same_number_of_another_system_is_another_message(town: Organisation, tmp_path: Path) -> None:
    """Numbers are counted anew in each project: alone they say nothing."""
    numbered = own_profile({Field.TEXT: "text", Field.ID: "topic"})
    for name, text in (("a.csv", "Яма"), ("b.csv", "Фонарь")):
        wanted = Wanted(path=written(tmp_path, (text, "17"), name=name), profile=numbered)
        assert import_file(town, wanted, person=None, clock=lambda: NOON).tally.new == 1


def test_what_was_entered_by_hand_is_known_by_its_address_and_words(tmp_path: Path) -> None:
    cast = make_cast(act="altai-2020-132")
    made = HandMade(network="vk", text="Яма на\nСадовой", url="https://vk.com/wall-1_2")
    enter_by_hand(cast.organisation, cast.operator, made, now=NOON)
    path = tmp_path / "own.csv"
    path.write_text("text;url\nЯма на Садовой;https://vk.com/wall-1_2\nИ лужа;https://vk.com/wall-1_2\n", "utf-8")
    wanted = Wanted(path=path, profile=own_profile({Field.TEXT: "text", Field.URL: "url"}))
    tally = import_file(cast.organisation, wanted, person=None, clock=lambda: NOON).tally
    assert (tally.new, tally.known) == (1, 1)
    assert Incident.objects.count() == 2


def test_an_edited_text_under_its_number_and_address_is_the_same(
    town: Organisation, sample: Path, tmp_path: Path
) -> None:
    bring(town, sample.with_suffix(".xlsx"))
    edited = tmp_path / "edited.csv"
    edited.write_text(sample.read_text("utf-8-sig").replace("Когда починят", "Когда же починят"), "utf-8")
    assert counts(bring(town, edited)) == (0, 4, 0)


def test_an_import_that_was_broken_off_goes_on(
    town: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    path = written(tmp_path, *((f"Сообщение {number}", "") for number in range(5)))
    seen: list[int] = []

    def stop(tally: Tally) -> None:
        seen.append(tally.read)
        if len(seen) == 2:
            raise KeyboardInterrupt

    wanted = Wanted(path=path, profile=OWN)
    with pytest.raises(KeyboardInterrupt):
        import_file(town, wanted, person=None, clock=lambda: NOON, progress=stop)
    assert ImportRun.objects.get().state == ImportState.FAILED
    assert Message.objects.count() == 4
    assert counts(bring(town, path, mapped=True)) == (1, 4, 0)
    assert Message.objects.count() == Incident.objects.count() == 5
    assert not Message.objects.filter(copies__gt=0).exists()


def test_a_chunk_is_whole_or_not_at_all(town: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_found: object) -> None:
        raise RuntimeError("no incident")

    monkeypatch.setattr("otklik.messages.hooks._on_detected", [fail])
    with pytest.raises(RuntimeError):
        bring(town, written(tmp_path, ("Яма", "")), mapped=True)
    assert not Message.objects.exists()
    assert not ImportRow.objects.exists()
    run = ImportRun.objects.get()
    assert (run.state, run.problem) == (ImportState.FAILED, "RuntimeError: no incident")


# --- Bad rows ---


def test_bad_rows_are_told_and_the_others_come_in(town: Organisation, tmp_path: Path) -> None:
    path = tmp_path / "own.csv"
    path.write_text('text,topic\nпервая,\n,пусто\n"третья,\nчетвёртая,\nпятая,,,лишнее\n', "utf-8")
    imported = bring(town, path, mapped=True)
    assert counts(imported) == (2, 0, 3)
    assert [(bad.number, bad.reason.split(":")[0]) for bad in imported.tally.told] == [
        (3, "нет ни текста, ни заголовка, ни оценки"),
        (4, "кавычки не закрыты или стоят посреди текста"),
        (6, "ячеек 4, а столбцов 2"),
    ]
    assert list(Message.objects.order_by("pk").values_list("text", flat=True)) == ["первая", "четвёртая"]
    kept = ImportRow.objects.filter(state="bad").order_by("number")
    assert [row.content for row in kept] == [
        {"topic": "пусто"},
        {"строка": '"третья,\n'},
        {"text": "пятая", "ячейка 4": "лишнее"},
    ]
    assert imported.run is not None
    assert imported.run.rows_bad == 3


def test_nul_and_a_million_signs_come_in(town: Organisation, tmp_path: Path) -> None:
    path = written(tmp_path, ("я\x00ма", "т\x00ема"), ("🕳" * 900_000, ""), ("🕳" * 1_000_001, ""))
    imported = bring(town, path, mapped=True)
    assert counts(imported) == (2, 0, 1)
    assert imported.tally.told[0].reason == "длиннее 1000000 знаков"
    assert Message.objects.order_by("pk")[0].text == "яма"


# --- What goes with it ---


def test_a_dry_run_counts_and_writes_nothing(town: Organisation, sample: Path) -> None:
    assert counts(bring(town, sample, is_dry_run=True)) == (3, 1, 0)
    assert not Message.objects.exists()
    assert not ImportRun.objects.exists()
    bring(town, sample)
    assert bring(town, sample, is_dry_run=True).same_file == NOON


def test_who_brings_it_in_stands_in_the_journal(tmp_path: Path) -> None:
    cast = make_cast(act="altai-2020-132")
    bring(cast.organisation, written(tmp_path, ("Яма", "дороги")), mapped=True, person=cast.operator)
    incident = Incident.objects.get()
    assert events_of(incident.pk)[0].actor_id == cast.operator.pk
    assert ImportRun.objects.get().started_by == cast.operator
    assert incident.topic == "дороги"
    assert incident.network == "social"


def test_an_organisation_without_an_act_is_told_so(
    organisation_factory: Callable[..., Organisation], tmp_path: Path
) -> None:
    with pytest.raises(FileRefused) as refused:
        bring(organisation_factory(), written(tmp_path, ("Яма", "")), mapped=True)
    assert refused.value.code == "no_act"
    assert not ImportRun.objects.exists()


def test_each_row_opens_its_incident_with_its_terms(
    town: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many at once are what one by one would be: numbers in the order of the file, terms, work, a whole journal."""
    from otklik.incidents.models import DeadlineRow, WorkItem

    monkeypatch.setattr(importing, "CHUNK", 3)
    bring(town, written(tmp_path, *((f"Сообщение {number}", "") for number in range(7))), mapped=True)
    incidents = list(Incident.objects.order_by("number").select_related("message"))
    assert [one.number for one in incidents] == list(range(1, 8))
    assert [one.message.text for one in incidents] == [f"Сообщение {number}" for number in range(7)]
    for one in incidents:
        kinds = [event.kind for event in events_of(one.pk)]
        assert kinds == ["detected"]
        assert one.last_number == 1
        assert DeadlineRow.objects.filter(incident=one, step="reply", due_at__isnull=False).exists()
        assert WorkItem.objects.filter(incident=one).exists()


@pytest.mark.parametrize("act", ACTS)
def test_a_row_that_names_no_network_can_be_selected_under_each_act(tmp_path: Path, act: str) -> None:
    cast = make_cast(act=act)
    bring(cast.organisation, written(tmp_path, ("На Садовой яма, никто не чинит", "дороги")), mapped=True)
    incident = Incident.objects.get()
    state = fold(events_of(incident.pk)).state
    kind = by_hash(incident.act_hash).policies.message_kinds[0]
    assert state.network == "social"
    assert covers(kind.networks, state.network)


@pytest.mark.slow
def test_real_citizens_words_by_a_mapping(town: Organisation) -> None:
    if not PERM.exists():
        pytest.skip("../shared/data/perm is not there")
    imported = bring(town, PERM, mapped=True)
    with PERM.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert counts(imported) == (len(rows), 0, 0)
    first = Message.objects.order_by("pk")[0]
    assert (first.text, first.topic) == (rows[0]["text"].strip(), rows[0]["topic"])
    assert Incident.objects.count() == len(rows)
