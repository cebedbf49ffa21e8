"""The commands as people run them: backup and restore into a fresh installation, verify, jobs, keyring."""

import io
import json
import os
import subprocess
import sys
import zipfile
from argparse import ArgumentParser
from pathlib import Path
from types import ModuleType

import pytest
from django.db import connection
from django.utils import timezone

from otklik.backup import create
from otklik.cli import backup as backup_command
from otklik.cli import jobs as jobs_command
from otklik.cli import journal as journal_command
from otklik.cli import keyring as keyring_command
from otklik.cli import restore as restore_command
from otklik.files import actions as files
from otklik.jobs import actions as jobs
from otklik.jobs.models import Job
from otklik.journal import anchors, sealing, verify
from otklik.project import keyring
from otklik.project.tenancy import EVERYTHING, tenant
from otklik.project.transactions import write
from tests import cast
from tests.backup.test_backup import NOW, record
from tests.files import samples
from tests.journal.guards import guards_off
from tests.journal.hands import Fact
from tests.runtime_role import as_owner

Said = pytest.CaptureFixture[str]


def run(module: ModuleType, *arguments: str) -> int:
    """The command in this process, with what a command line would give it."""
    parser = ArgumentParser()
    module.add_parser(parser.add_subparsers())
    options = parser.parse_args(arguments)
    status: int = options.run(options)
    return status


def otklik(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command in a process and an installation of its own."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("OTKLIK_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "otklik.cli.main", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=ours | {"OTKLIK_DATA": str(data)},
        timeout=120,
    )


def older(path: Path, *later: tuple[str, str]) -> None:
    """Make the backup one of a version that had not `later` migrations yet (ones that change nothing on SQLite)."""
    with zipfile.ZipFile(path) as source:
        members = {name: source.read(name) for name in source.namelist()}
    manifest = json.loads(members["manifest.json"])
    manifest["migrations"] = [node for node in manifest["migrations"] if tuple(node) not in later]
    members["manifest.json"] = json.dumps(manifest).encode()
    path.unlink()
    with zipfile.ZipFile(path, "w") as container:
        for name, content in members.items():
            container.writestr(name, content)


@pytest.mark.slow
@pytest.mark.parametrize("is_older", [False, True], ids=["same", "older"])
@pytest.mark.django_db(transaction=True)
def test_a_backup_comes_back_in_a_fresh_installation_on_sqlite(tmp_path: Path, is_older: bool) -> None:
    """From either database; from this version and from one with fewer migrations."""
    organisation = cast.make_organisation(name="Администрация посёлка")
    record(organisation.pk, Fact(texts={"text": "Яма"}), Fact("selected"))
    sealing.seal_all(now=NOW)
    anchors.anchor_all(now=NOW)
    files.store(organisation.pk, io.BytesIO(samples.PDF), name="Акт.pdf", uploaded_by=None, now=NOW)
    made = create.make(tmp_path / "copy.zip", now=NOW)
    if is_older:
        older(made.path, ("jobs", "0002_tenant"), ("files", "0002_tenant"))

    new = tmp_path / "new installation"
    new.mkdir()
    restored = otklik(new, "restore", str(made.path))
    assert (restored.returncode, restored.stderr) == (0, "")
    assert f"строк {made.rows}, файлов 1" in restored.stdout
    if is_older:
        return
    verified = otklik(new, "journal", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "Журнал сходится." in verified.stdout
    again = otklik(new, "restore", str(made.path))
    assert again.returncode == 2
    assert "В этой установке уже есть данные" in again.stderr


@pytest.mark.django_db(transaction=True)
class TestBackup:
    def test_says_what_is_in_it_and_what_is_not(self, tmp_path: Path, capsys: Said) -> None:
        cast.make_organisation()
        keyring.encrypt("x", context="y")
        assert run(backup_command, "backup", str(tmp_path / "copy.zip")) == 0
        said = capsys.readouterr().out
        assert "Контрольная сумма: " in said
        assert "keyring.json отдельно" in said
        assert run(backup_command, "backup", str(tmp_path / "copy.zip")) == 2
        assert "уже есть" in capsys.readouterr().err

    def test_check_changes_nothing(self, tmp_path: Path, capsys: Said) -> None:
        made = create.make(tmp_path / "copy.zip", now=NOW)
        assert run(restore_command, "restore", "--check", str(made.path)) == 0
        assert "Копия цела" in capsys.readouterr().out
        made.path.write_bytes(made.path.read_bytes()[:-50])
        assert run(restore_command, "restore", "--check", str(made.path)) == 2
        assert "не резервная копия" in capsys.readouterr().err


def test_every_refusal_of_a_backup_has_words() -> None:
    sources = [
        Path(create.__file__).with_name(name).read_text() for name in ("archive.py", "snapshot.py", "restore.py")
    ]
    raised = {part.split('"')[0] for source in sources for part in source.split('BackupError("')[1:]}
    assert raised | {"not_prepared"} == set(backup_command.WORDS)


def test_every_finding_and_fault_has_words() -> None:
    doc = verify.Finding.__doc__ or ""
    told = set(
        doc.split("one of: ", 1)[1]
        .replace("`", "")
        .replace(".", "")
        .replace("\n", " ")
        .split("sealed_number")[0]
        .split()
    )
    assert {word.strip(",;:") for word in told} - {"with", "is_error", "False"} == set(journal_command.WORDS)
    assert set(keyring.SENTENCES) == set(keyring_command.WORDS)
    assert set(anchors.SENTENCES) == set(journal_command.ANCHOR_WORDS)


@pytest.mark.django_db
class TestJournal:
    def test_all_is_well(self, capsys: Said) -> None:
        organisation = cast.make_organisation()
        record(organisation.pk, Fact())
        sealing.seal_all(now=NOW)
        assert run(journal_command, "journal", "anchor") == 0
        assert run(journal_command, "journal", "verify", "--organisation", organisation.key) == 0
        said = capsys.readouterr().out
        assert f"{organisation.key}: проверено событий: " in said
        assert "закреплено по событие" in said
        assert "Журнал сходится." in said

    def test_each_place_is_named(self, capsys: Said) -> None:
        organisation = cast.make_organisation()
        record(organisation.pk, Fact(), Fact("selected"))
        sealing.seal_all(now=NOW)
        with as_owner(), guards_off(), connection.cursor() as cursor:
            cursor.execute("UPDATE journal_event SET actor_id = 99 WHERE kind = 'selected'")
        assert run(journal_command, "journal", "verify") == 1
        said = capsys.readouterr()
        assert "инцидент 1, его событие 2: событие selected, записанное 2026-11-27T13:40:00.000000Z" in said.err
        assert "изменено после записи" in said.err
        assert "Не сходится мест: 1." in said.out

    def test_another_name_and_a_broken_anchor(self, data: Path, capsys: Said) -> None:
        cast.make_organisation()
        assert run(journal_command, "journal", "verify", "--organisation", "none") == 2
        assert "Организации «none» нет" in capsys.readouterr().err
        (data / "anchors").mkdir()
        (data / "anchors" / "2026.jsonl").write_text("x\n")
        assert run(journal_command, "journal", "verify") == 2
        assert "2026.jsonl:1: эта строка не закрепление" in capsys.readouterr().err

    def test_a_folder_that_cannot_be_written(self, data: Path, capsys: Said) -> None:
        organisation = cast.make_organisation()
        record(organisation.pk, Fact())
        sealing.seal_all(now=NOW)
        (data / "anchors").write_text("")
        assert run(journal_command, "journal", "anchor") == 2
        assert "Закрепить не удалось" in capsys.readouterr().err


@pytest.mark.django_db
class TestJobs:
    def dead(self, key: str) -> int:
        with write(tenant=EVERYTHING):
            job = Job.objects.create(kind="x.y", key=key, run_at=NOW, state="dead", problem="страница удалена")
        return job.pk

    def test_lists_and_says_when_nobody_works(self, capsys: Said) -> None:
        number = self.dead("k")
        assert run(jobs_command, "jobs", "list") == 1
        said = capsys.readouterr().out
        assert f"{number}  не удалось" in said
        assert "страница удалена" in said
        assert "Фоновая работа молчит" in said
        jobs.beat("worker", now=timezone.now())
        assert run(jobs_command, "jobs", "list", "--state", "waiting") == 0
        assert "x.y" not in capsys.readouterr().out

    def test_puts_back_what_is_named_or_all(self, capsys: Said) -> None:
        first, second, third = self.dead("a"), self.dead("b"), self.dead("c")
        assert run(jobs_command, "jobs", "retry") == 2
        assert run(jobs_command, "jobs", "retry", str(first), "999999") == 1
        assert "999999: не возвращено" in capsys.readouterr().out
        assert run(jobs_command, "jobs", "retry", "--all", "--kind", "x.y") == 0
        with tenant(EVERYTHING):
            waiting = Job.objects.filter(state="waiting").values_list("pk", flat=True)
            assert set(waiting) == {first, second, third}


@pytest.mark.django_db
class TestKeyring:
    def test_list_rotate_forget(self, capsys: Said, data: Path) -> None:
        assert run(keyring_command, "keyring", "list") == 0
        assert "значений: 0" in capsys.readouterr().out
        assert run(keyring_command, "keyring", "rotate") == 0
        assert "Новый ключ" in capsys.readouterr().out
        assert run(keyring_command, "keyring", "forget") == 0
        assert "Убрано ключей: 1" in capsys.readouterr().out
        (data / "keyring.json").chmod(0o644)
        assert run(keyring_command, "keyring", "list") == 2
        assert "chmod 600" in capsys.readouterr().err
