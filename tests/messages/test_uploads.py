"""Uploads: what starts by itself, what a person maps, going on after a kill, stopping, what is kept how long."""

import datetime as dt
import io
from pathlib import Path
from uuid import uuid4

import pytest
from django.utils import timezone

from otklik.files import blobs
from otklik.files.actions import sweep
from otklik.incidents.models import Incident
from otklik.jobs import actions as jobs
from otklik.jobs import execution
from otklik.jobs.execution import Ended
from otklik.jobs.models import Job
from otklik.journal.models import Event
from otklik.messages import imports
from otklik.messages.models import ImportProfile, ImportRow, ImportRun, ImportState, Message
from otklik.messages.queries import every_bad_row
from otklik.messages.reading import importing
from otklik.messages.reading.dates import DateOrder
from otklik.messages.reading.headers import Header, find_header
from otklik.messages.reading.profiles import Field, own_profile
from otklik.messages.reading.refusals import FileRefused
from otklik.orgs.actions import By
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
PLAIN = "Слова;Когда\nЯма;27.11.2026\nФонарь;вчера\nЛужа;\n"
BRAND = "Дата;Hash сообщения;Текст;Источник;Тип сообщения\n27.11.2026 10:00;a1;Яма;vk.com;Пост\n"


@pytest.fixture
def cast(tmp_path: Path, settings: object) -> Cast:
    settings.DATA = tmp_path  # type: ignore[attr-defined]
    return make_cast(act="altai-2020-132")


def by(cast: Cast, now: dt.datetime = NOW) -> By:
    return By(person_id=cast.operator.pk, command_id=uuid4(), now=now)


def upload(cast: Cast, content: str, *, name: str = "файл.csv", profile: str = imports.AUTO) -> imports.Uploaded:
    file = io.BytesIO(content.encode())
    return imports.upload(cast.organisation, cast.operator, file, name=name, profile=profile, by=by(cast))


def header(run: ImportRun, **others: object) -> Header:
    profile = own_profile({Field.TEXT: "Слова", Field.POSTED_AT: "Когда"}, **others)
    return find_header(imports.opened(run), profile)


def work(now: dt.datetime = NOW) -> list[Ended]:
    return [
        execution.execute(claim, lambda: now) for claim in jobs.claim(limit=20, now=now) if claim.kind == imports.JOB
    ]


def counts(run: ImportRun) -> tuple[int, int, int]:
    run.refresh_from_db()
    return run.rows_new, run.rows_known, run.rows_bad


def kinds(cast: Cast) -> list[str]:
    rows = Event.objects.filter(organisation_id=cast.organisation.pk, kind__startswith="import_")
    return list(rows.order_by("id").values_list("kind", flat=True))


def test_a_known_file_starts_by_itself(cast: Cast) -> None:
    run = upload(cast, BRAND).run
    assert (run.state, run.profile, run.kind) == (ImportState.WAITING, "brand-analytics", "CSV")
    assert work() == [Ended.DONE]
    assert counts(run) == (1, 0, 0)
    assert run.state == ImportState.DONE
    assert Message.objects.get().entered_by == cast.operator
    assert Incident.objects.count() == 1
    assert kinds(cast) == ["import_started", "import_ended"]


def test_the_same_upload_again_is_the_same_import(cast: Cast) -> None:
    first = upload(cast, BRAND)
    assert upload(cast, BRAND).run == first.run
    work()
    again = upload(cast, BRAND)
    assert (again.run, again.is_known) == (first.run, True)
    assert ImportRun.objects.count() == 1


def test_an_unknown_file_is_mapped_kept_and_known_next_time(cast: Cast) -> None:
    run = upload(cast, PLAIN).run
    assert run.state == ImportState.MAPPING
    assert imports.start(run, header(run), network="vk", keep_as="Жители", by=by(cast)) is None
    work()
    assert counts(run) == (2, 0, 1)
    assert set(Message.objects.values_list("network", flat=True)) == {"vk"}
    assert [row.reason for row in every_bad_row(run)] == ["дата «вчера» не понята, нужна дд.мм.гггг чч:мм"]
    assert kinds(cast) == ["import_profile_saved", "import_started", "import_ended"]
    later = upload(cast, "Слова;Когда\nСнег;27.11.2026\n").run
    assert (later.state, later.mapping["title"], later.mapping["network"]) == (ImportState.WAITING, "Жители", "vk")
    asked = upload(cast, "Слова;Когда\nЛёд;27.11.2026\n", profile=imports.ASK).run
    assert asked.state == ImportState.MAPPING
    assert upload(cast, "Слова;Когда;Кто\nЛёд;;Иван\n").run.state == ImportState.MAPPING
    named = upload(cast, "Слова;Когда;Кто\nПар;;Иван\n", profile="Жители").run
    assert (named.state, named.mapping["network"]) == (ImportState.WAITING, "vk")


def test_a_mapping_is_the_organisations_own(cast: Cast) -> None:
    run = upload(cast, PLAIN).run
    imports.start(run, header(run), network="vk", keep_as="Жители", by=by(cast))
    file = io.BytesIO(PLAIN.encode())
    cast.elsewhere.act = cast.organisation.act
    theirs = imports.upload(cast.elsewhere, cast.outsider, file, name="a.csv", profile=imports.AUTO, by=by(cast))
    assert theirs.run.state == ImportState.MAPPING


@pytest.mark.parametrize("name", ["brand-analytics", "Медиалогия", "инцидент менеджмент"])
def test_the_name_of_a_preset_is_taken(cast: Cast, name: str) -> None:
    run = upload(cast, PLAIN).run
    with pytest.raises(imports.ImportRefused) as refused:
        imports.start(run, header(run), network="vk", keep_as=name, by=by(cast))
    assert refused.value.code == "name_taken"
    assert not ImportProfile.objects.exists()


def test_zone_and_order_of_a_mapping_count(cast: Cast) -> None:
    run = upload(cast, "Слова;Когда\nЯма;04/30/2026\n").run
    imports.start(run, header(run, zone="Asia/Barnaul", dates=DateOrder.MONTH_FIRST), network="vk", by=by(cast))
    work()
    assert Message.objects.get().posted_at == dt.datetime(2026, 4, 29, 17, 0, tzinfo=dt.UTC)


def test_a_table_without_a_header(cast: Cast) -> None:
    run = upload(cast, "Яма;дороги\nЛужа;вода\n").run
    profile = own_profile({Field.TEXT: "столбец 1", Field.TOPIC: "столбец 2"}, header_row=0)
    imports.start(run, find_header(imports.opened(run), profile), network="ok", by=by(cast))
    work()
    assert list(Message.objects.order_by("pk").values_list("text", "topic")) == [("Яма", "дороги"), ("Лужа", "вода")]


def test_after_a_kill_it_goes_on_where_it_was(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same words in two rows are two messages also when the worker died between them."""
    monkeypatch.setattr(importing, "CHUNK", 2)
    run = upload(cast, "Слова;Когда\nСпасибо;\nЯма;\nСпасибо;\nЛужа;\n").run
    imports.start(run, header(run), network="vk", by=by(cast))
    real, chunks = importing._bring_in, []

    def killed(*given: object) -> None:
        chunks.append(1)
        if len(chunks) == 2:
            raise SystemExit("kill -9")
        real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "_bring_in", killed)
    (claim,) = [one for one in jobs.claim(limit=9, now=NOW) if one.kind == imports.JOB]
    with pytest.raises(SystemExit):
        execution.execute(claim, lambda: NOW)
    assert counts(run) == (2, 0, 0)
    assert (run.state, run.last_row) == (ImportState.RUNNING, 3)
    monkeypatch.setattr(importing, "_bring_in", real)
    assert work(NOW + dt.timedelta(minutes=3)) == [Ended.DONE]  # the lease has run out
    assert counts(run) == (4, 0, 0)
    assert Message.objects.count() == Incident.objects.count() == ImportRow.objects.count() == 4


def test_a_worker_that_was_given_up_writes_nothing_more(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 1)
    run = upload(cast, "Слова;Когда\nЯма;\nЛужа;\n").run
    imports.start(run, header(run), network="vk", by=by(cast))
    real = importing._bring_in

    def overtaken(*given: object) -> None:
        ImportRun.objects.filter(pk=run.pk).update(last_row=77)
        real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "_bring_in", overtaken)
    work()
    assert not Message.objects.exists()


def test_what_is_stopped_stays_stopped_and_what_is_in_stays_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "CHUNK", 1)
    run = upload(cast, "Слова;Когда\nЯма;\nЛужа;\nСнег;\n").run
    imports.start(run, header(run), network="vk", by=by(cast))
    real, chunks = importing._bring_in, []

    def stopped(*given: object) -> None:
        chunks.append(1)
        if len(chunks) == 2:
            imports.cancel(run, by=by(cast))
        real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "_bring_in", stopped)
    assert work() == [Ended.DONE]
    assert counts(run) == (1, 0, 0)
    assert run.state == ImportState.CANCELLED
    assert list(Message.objects.values_list("text", flat=True)) == ["Яма"]
    with pytest.raises(imports.ImportRefused):
        imports.cancel(run, by=by(cast))
    assert kinds(cast)[-1] == "import_cancelled"


def test_nothing_starts_twice(cast: Cast) -> None:
    run = upload(cast, PLAIN).run
    imports.start(run, header(run), network="vk", by=by(cast))
    with pytest.raises(imports.ImportRefused) as refused:
        imports.start(run, header(run), network="vk", by=by(cast))
    assert refused.value.code == "not_waiting"
    assert Job.objects.filter(kind=imports.JOB).count() == 1


@pytest.mark.parametrize(
    ("content", "profile", "code"),
    [("", "", "empty_file"), (PLAIN, "brand-analytics", "no_header_of"), (PLAIN, "нет такого", "unknown_profile")],
)
def test_what_cannot_be_read_leaves_nothing(cast: Cast, content: str, profile: str, code: str) -> None:
    with pytest.raises(FileRefused) as refused:
        upload(cast, content, profile=profile)
    assert refused.value.code == code
    assert not ImportRun.objects.exists()
    assert not list(blobs.every())


def test_a_file_too_big_is_refused_as_it_comes(cast: Cast, settings: object) -> None:
    settings.IMPORT_LIMIT_BYTES = 10  # type: ignore[attr-defined]
    with pytest.raises(FileRefused) as refused:
        upload(cast, PLAIN)
    assert refused.value.code == "too_big"


def test_the_file_lies_here_until_its_rows_are_in(cast: Cast) -> None:
    far = timezone.now() + dt.timedelta(days=3)
    run = upload(cast, PLAIN).run
    sweep(now=far)
    assert imports.opened(run).digest == run.digest
    imports.start(run, header(run), network="vk", by=by(cast))
    work()
    sweep(now=far)
    assert not list(blobs.every())
    assert ImportRow.objects.filter(run=run).count() == 3


def test_a_file_that_is_gone_is_said(cast: Cast) -> None:
    run = upload(cast, BRAND).run
    blobs.path_of(cast.organisation.pk, run.digest).unlink()
    assert work() == [Ended.DONE]
    run.refresh_from_db()
    assert run.state == ImportState.FAILED
    assert "на сервере больше нет" in run.problem


def test_nothing_is_shown_as_running_that_does_not_run(cast: Cast) -> None:
    forgotten = upload(cast, PLAIN).run
    alive, broken = upload(cast, BRAND).run, upload(cast, BRAND.replace("Яма", "Лужа")).run
    jobs.cancel(imports.JOB, str(broken.pk))
    imports.tidy(now=NOW + dt.timedelta(hours=1))
    states = {run.pk: run.state for run in ImportRun.objects.all()}
    assert [states[one.pk] for one in (forgotten, alive, broken)] == ["mapping", "waiting", "failed"]
    imports.tidy(now=NOW + dt.timedelta(days=8))
    forgotten.refresh_from_db()
    assert forgotten.state == ImportState.CANCELLED


def test_a_mapping_can_be_forgotten(cast: Cast) -> None:
    run = upload(cast, PLAIN).run
    imports.start(run, header(run), network="vk", keep_as="Жители", by=by(cast))
    imports.forget_profile(ImportProfile.objects.get(), by=by(cast))
    assert not ImportProfile.objects.exists()
    assert kinds(cast)[-1] == "import_profile_forgotten"


def test_the_command_line_knows_the_organisations_mappings(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from otklik.cli.main import main

    run = upload(cast, PLAIN).run
    imports.start(run, header(run), network="vk", keep_as="Жители", by=by(cast))
    path = tmp_path / "b.csv"
    path.write_text("Слова;Когда\nСнег;27.11.2025\n", "utf-8")
    options = ["import", str(path), "--organisation", cast.organisation.key, "--profile"]
    assert main([*options, "Жители"]) == 0
    assert "Загружено (Жители)" in capsys.readouterr().out
    assert main([*options, "Другие"]) == 2
