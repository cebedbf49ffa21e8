"""Backup and restore: what goes in comes back, on either database; nothing damaged, and nothing over what is there."""

import datetime as dt
import io
import json
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection

from otklik.backup import create, restore, tables
from otklik.backup.archive import BackupError
from otklik.files import actions as files
from otklik.files import blobs
from otklik.jobs import actions as jobs
from otklik.jobs.models import Heartbeat, Job
from otklik.journal import actions as journal
from otklik.journal import anchors, queries, sealing, verify
from otklik.journal.models import EventText, Head
from otklik.orgs.models import Organisation, Person
from otklik.project.tenancy import EVERYTHING, tenant
from otklik.project.transactions import write
from tests import cast
from tests.files import samples
from tests.journal.guards import guards_off
from tests.journal.hands import Fact
from tests.runtime_role import as_owner

pytestmark = pytest.mark.django_db(transaction=True)

NOW = dt.datetime(2026, 11, 27, 13, 40, tzinfo=dt.UTC)
LATER = NOW + dt.timedelta(hours=1)
SEEN = b"bytes that the database names"


def record(organisation: int, *facts: Fact, incident: int | None = 1) -> None:
    command = journal.Command(id=uuid4(), organisation_id=organisation, actor_id=None)
    with write(tenant=(organisation,)):
        journal.append(command, incident_id=incident, events=facts, now=NOW)


@pytest.fixture
def installation() -> Organisation:
    """People, a sealed and anchored journal with a personal text, files, jobs, a work process at work."""
    organisation = cast.make_cast().organisation
    record(organisation.pk, Fact(texts={"text": "Яма на Ленина, 5"}), Fact("selected", payload={"нет": None, "n": [1]}))
    sealing.seal_all(now=NOW)
    anchors.anchor_all(now=NOW)
    record(organisation.pk, Fact("routed"))
    for content, name in ((samples.photo_with_place(), "Яма.jpg"), (samples.PDF, "Акт.pdf")):
        files.store(organisation.pk, io.BytesIO(content), name=name, uploaded_by=None, now=NOW)
    calendar = blobs.folder().parent / "calendars" / "ru" / "2028.yaml"
    calendar.parent.mkdir(parents=True)
    calendar.write_text("year: 2028\n")
    with write(tenant=EVERYTHING):
        Job.objects.create(kind="x", key="y", payload={"n": 1}, run_at=NOW, organisation_id=organisation.pk)
    jobs.beat("worker", now=NOW)
    return organisation


def make(path: Path) -> create.Made:
    return create.make(path, now=NOW)


def bring_back(path: Path) -> restore.Restored:
    with as_owner():
        return restore.restore(path, now=LATER, migrate=lambda: None)


def empty_database() -> None:
    with as_owner(), guards_off():
        call_command("flush", verbosity=0, interactive=False, allow_cascade=True, inhibit_post_migrate=False)


def rows() -> dict[str, list[bytes]]:
    return {model._meta.label: list(tables.dump(model, "default")) for model in tables.models_in()}


def test_a_round_trip(installation: Organisation, data: Path, tmp_path: Path) -> None:
    before = rows()
    made = make(tmp_path / "copy.zip")
    assert (made.damaged, made.missing, made.files) == ((), (), 3)
    assert made.rows == sum(len(lines) for lines in before.values())
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600

    empty_database()
    (data / "files").rename(tmp_path / "lost files")
    (data / "anchors").rename(tmp_path / "lost anchors")
    (data / "calendars").rename(tmp_path / "lost calendars")
    restored = bring_back(made.path)

    assert (restored.rows, restored.files, restored.findings) == (made.rows, 3, [])
    after = rows()
    happened = [line for line in after["journal.Event"] if line not in before["journal.Event"]]
    after["journal.Event"] = [line for line in after["journal.Event"] if line not in happened]
    assert after == before
    assert [json.loads(line)[4] for line in happened] == ["restored"] * len(before["journal.Head"])
    assert Organisation.objects.get(pk=installation.pk).name == installation.name
    assert EventText.objects.get(name="text").text == "Яма на Ленина, 5"
    assert queries.events_of(1)[1].payload == {"нет": None, "n": [1]}
    assert Person.objects.get(username="curator").check_password(cast.PASSWORD)
    assert not Heartbeat.objects.exists()
    assert (data / "calendars" / "ru" / "2028.yaml").read_text() == "year: 2028\n"
    assert all(blobs.sha256_of(path) == sha256 for _, sha256, path in blobs.every())
    assert [anchor.number for anchor in anchors.read_all() if anchor.organisation_id == installation.pk] != []


def test_after_it_work_goes_on(installation: Organisation, tmp_path: Path) -> None:
    """Ids go on after those that came back; the chain too; what was anchored after the backup is known to be lost."""
    made = make(tmp_path / "copy.zip")
    sealing.seal_all(now=NOW)
    anchors.anchor_all(now=NOW + dt.timedelta(minutes=30), at_once=True)
    last = Head.objects.get(organisation_id=installation.pk).number
    empty_database()
    restored = bring_back(made.path)
    lost = [finding for finding in restored.findings if finding.organisation_id == installation.pk]
    assert [(finding.code, finding.sealed_number, finding.is_error) for finding in lost] == [
        ("lost_by_restore", last, False)
    ]
    record(installation.pk, Fact("draft_in"))
    cast.make_organisation()
    sealing.seal_all(now=LATER)
    its_anchors = anchors.of(installation.pk, anchors.read_all())
    assert [found for found in verify.verify(installation.pk, its_anchors).findings if found.is_error] == []
    assert [event.number for event in queries.events_of(1)] == [1, 2, 3, 4]
    (restoration,) = queries.of_organisation(installation.pk, kinds=["restored"])
    assert restoration.payload["backup_at"] == "2026-11-27T13:40:00+00:00"


def test_a_folder_gets_a_file_named_after_the_time(installation: Organisation, tmp_path: Path) -> None:  # noqa: ARG001
    assert make(tmp_path).path == tmp_path / "otklik-20261127-134000.zip"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


def test_neither_key_ring_nor_secret_key_nor_sessions_go_in(
    installation: Organisation, data: Path, tmp_path: Path
) -> None:
    (data / "keyring.json").write_text("{}")
    (data / "secret-key").write_text("x")
    with zipfile.ZipFile(make(tmp_path / "copy.zip").path) as container:
        names = set(container.namelist())
    assert not [name for name in names if "key" in name or "session" in name or "axes" in name or "heartbeat" in name]
    assert {"manifest.json", "tables/journal_event.jsonl", "tables/orgs_person.jsonl", "anchors/2026.jsonl"} <= names
    assert installation.pk


def test_no_table_is_forgotten() -> None:
    """A table without a model would be in no backup: give it one, or rebuild it after a restore and name it here."""
    assert tables.uncovered(connection) == set()


def test_a_restore_over_data_is_refused(installation: Organisation, tmp_path: Path) -> None:  # noqa: ARG001
    made = make(tmp_path / "copy.zip")
    before = rows()
    with pytest.raises(BackupError) as error:
        bring_back(made.path)
    assert (error.value.code, error.value.facts) == ("not_empty", {"table": "orgs_organisation"})
    assert rows() == before


def test_a_backup_is_never_written_over_another_file(tmp_path: Path) -> None:
    (tmp_path / "copy.zip").write_text("mine")
    with pytest.raises(BackupError) as error:
        make(tmp_path / "copy.zip")
    assert error.value.code == "exists"
    assert (tmp_path / "copy.zip").read_text() == "mine"


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BackupError) as error:
        make(tmp_path / "none" / "copy.zip")
    assert error.value.code == "unwritable"


def test_damaged_and_missing_blobs_are_named(installation: Organisation, tmp_path: Path) -> None:
    (_, first, path), (_, second, other), *_ = blobs.every()
    path.write_bytes(b"x")
    other.unlink()
    made = make(tmp_path / "copy.zip")
    assert made.damaged == (f"{installation.pk}/{first}",)
    assert made.missing == (f"{installation.pk}/{second}",)


Change = Callable[[dict[str, bytes]], None]


def tampered(path: Path, change: Change) -> Path:
    """A copy of the archive, changed, whole as a ZIP."""
    with zipfile.ZipFile(path) as source:
        members = {name: source.read(name) for name in source.namelist()}
    change(members)
    target = path.with_name("tampered.zip")
    with zipfile.ZipFile(target, "w") as container:
        for name, content in members.items():
            container.writestr(name, content)
    return target


def change_a_row(members: dict[str, bytes]) -> None:
    members["tables/orgs_person.jsonl"] = members["tables/orgs_person.jsonl"].replace(b"curator", b"CURATOR")


def change_a_file(members: dict[str, bytes]) -> None:
    members[next(name for name in members if name.startswith("files/"))] += b"x"


def leave_a_member_out(members: dict[str, bytes]) -> None:
    del members["tables/journal_event.jsonl"]


def slip_a_member_in(members: dict[str, bytes]) -> None:
    members["files/../../../evil"] = b"x"


def name_an_evil_member(members: dict[str, bytes]) -> None:
    members["manifest.json"] = members["manifest.json"].replace(b"tables/orgs_person.jsonl", b"../../orgs_person.jsonl")


def test_damage_is_found_before_anything_else(installation: Organisation, tmp_path: Path) -> None:  # noqa: ARG001
    made = make(tmp_path / "copy.zip")
    changes: dict[Change, str] = {
        change_a_row: "tables/orgs_person.jsonl",
        change_a_file: "files/",
        leave_a_member_out: "tables/journal_event.jsonl",
        slip_a_member_in: "files/../../../evil",
        name_an_evil_member: "manifest.json",
    }
    for change, member in changes.items():
        with pytest.raises(BackupError) as error:
            bring_back(tampered(made.path, change))
        assert error.value.code == "damaged", change.__name__
        assert str(error.value.facts["member"]).startswith(member)
    assert restore.check(made.path).version


def test_half_a_file_and_no_backup_at_all(installation: Organisation, tmp_path: Path) -> None:  # noqa: ARG001
    whole = make(tmp_path / "copy.zip").path.read_bytes()
    for content, code in ((whole[: len(whole) // 2], "no_backup"), (b"just words", "no_backup")):
        (tmp_path / "half.zip").write_bytes(content)
        with pytest.raises(BackupError) as error:
            restore.check(tmp_path / "half.zip")
        assert error.value.code == code
    with pytest.raises(BackupError) as error:
        restore.check(tmp_path / "none.zip")
    assert error.value.code == "unreadable"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"format": 2}, "other_format"),
        ({"migrations": [["journal", "0099_from_the_future"]]}, "newer"),
        ({"migrations": [["journal", "0001_journal"]]}, "other_tables"),
        ({"tables": 5}, "damaged"),
    ],
)
def test_a_backup_of_another_version(tmp_path: Path, change: dict[str, object], code: str) -> None:
    def rewrite(members: dict[str, bytes]) -> None:
        members["manifest.json"] = json.dumps({**json.loads(members["manifest.json"]), **change}).encode()

    path = tampered(make(tmp_path / "copy.zip").path, rewrite)
    with pytest.raises(BackupError) as error:
        bring_back(path)
    assert error.value.code == code


def test_a_journal_that_was_tampered_with_comes_back_and_is_told(installation: Organisation, tmp_path: Path) -> None:
    with as_owner(), guards_off(), connection.cursor() as cursor:
        cursor.execute("UPDATE journal_event SET kind = 'closed' WHERE number = 2")
    made = make(tmp_path / "copy.zip")
    empty_database()
    restored = bring_back(made.path)
    assert [(finding.code, finding.number) for finding in restored.findings] == [("row_changed", 2)]
    assert installation.pk


def test_a_failure_in_the_middle_leaves_the_installation_empty(
    installation: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(tmp_path / "copy.zip")
    empty_database()
    monkeypatch.setattr(tables, "reset_sequences", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bring_back(made.path)
    assert not Organisation.objects.filter(pk=installation.pk).exists()


def test_what_is_written_while_the_backup_is_made_is_not_in_it(
    installation: Organisation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program goes on working; the backup holds one moment of it."""
    from threading import Thread

    dump = tables.dump

    def write_meanwhile() -> None:
        with tenant(EVERYTHING):
            record(installation.pk, Fact("published"), incident=77)
        connection.close()

    def slow_dump(model: tables.Model, using: str) -> object:
        if model._meta.label == "journal.Event":
            list(dump(model, using))
            thread = Thread(target=write_meanwhile)
            thread.start()
            thread.join()
        return dump(model, using)

    monkeypatch.setattr(tables, "dump", slow_dump)
    made = make(tmp_path / "copy.zip")
    assert len(queries.events_of(77)) == 1
    with zipfile.ZipFile(made.path) as container:
        assert b"published" not in container.read("tables/journal_event.jsonl")
