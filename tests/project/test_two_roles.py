"""PostgreSQL with its two roles, from an empty database on, by the command line alone."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection
from psycopg import sql

from tests.cast import PASSWORD
from tests.project.test_cli import otklik

pytestmark = [pytest.mark.postgresql, pytest.mark.slow, pytest.mark.django_db]


@dataclass(frozen=True)
class Database:
    """A database of its own: the owner's address, and that of a runtime role that is not there yet."""

    owner: str
    runtime: str

    @property
    def variables(self) -> dict[str, str]:
        return {"OTKLIK_DATABASE_URL": self.runtime, "OTKLIK_DATABASE_OWNER_URL": self.owner}


@pytest.fixture
def database() -> Iterator[Database]:
    known = connection.settings_dict
    name, role = f"otklik_d1_{secrets.token_hex(4)}", f"otklik_d1_app_{secrets.token_hex(4)}"
    where = f"{known['HOST']}:{known['PORT'] or 5432}"
    owner = quote(str(known["USER"])) + (f":{quote(str(known['PASSWORD']))}" if known["PASSWORD"] else "")
    base = f"postgresql://{owner}@{where}/{known['NAME']}"
    with psycopg.connect(base, autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    yield Database(f"postgresql://{owner}@{where}/{name}", f"postgresql://{role}:p%40ss@{where}/{name}")
    with psycopg.connect(base, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
        server.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(role)))


def test_one_role_is_not_enough(tmp_path: Path, database: Database) -> None:
    for variables in ({}, {"OTKLIK_DATABASE_OWNER_URL": database.owner}):
        done = otklik("migrate", data=tmp_path, OTKLIK_DATABASE_URL=database.owner, **variables)
        assert done.returncode == 2
        assert "нужны две роли" in done.stderr


def test_from_an_empty_database_to_the_first_administrator(tmp_path: Path, database: Database) -> None:
    flags = [
        "--act",
        "altai-2020-132",
        "--name",
        "Край",
        "--key",
        "kray",
        "--admin-name",
        "Петрова",
        "--password-stdin",
    ]
    done = otklik("init", *flags, data=tmp_path, stdin=PASSWORD, **database.variables)
    assert done.returncode == 0, done.stderr
    listed = otklik("people", "list", data=tmp_path, OTKLIK_DATABASE_URL=database.runtime)
    assert listed.stdout.startswith("admin\tПетрова"), listed.stderr
    again = otklik("migrate", data=tmp_path, **database.variables)
    assert again.returncode == 0, again.stderr

    with psycopg.connect(database.runtime, autocommit=True) as runtime:
        assert runtime.execute("SELECT count(*) FROM orgs_person").fetchone() == (0,), "nobody is seen without a tenant"
        assert runtime.execute("SELECT count(*) FROM orgs_organisation").fetchone() == (1,)
        for forbidden in (
            "ALTER TABLE orgs_person DISABLE ROW LEVEL SECURITY",
            "DROP POLICY otklik_tenant ON orgs_person",
            "CREATE ROLE otklik_d1_second",
            "DELETE FROM django_migrations",
            "TRUNCATE journal_event",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                runtime.execute(forbidden)


@pytest.mark.parametrize("command", ["web", "work"])
def test_the_owner_does_not_run_the_program(tmp_path: Path, database: Database, command: str) -> None:
    assert otklik("migrate", data=tmp_path, **database.variables).returncode == 0
    done = otklik(command, data=tmp_path, OTKLIK_DATABASE_URL=database.owner)
    assert done.returncode == 2
    assert "Работать с этой ролью PostgreSQL нельзя" in done.stderr


def test_a_database_that_is_not_migrated_is_not_served(tmp_path: Path, database: Database) -> None:
    assert otklik("migrate", data=tmp_path, **database.variables).returncode == 0
    with psycopg.connect(database.owner, autocommit=True) as owner:
        owner.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    done = otklik("web", data=tmp_path, OTKLIK_DATABASE_URL=database.runtime)
    assert done.returncode == 2
    assert "otklik migrate" in done.stderr


def test_a_server_that_does_not_answer_is_a_sentence(tmp_path: Path) -> None:
    done = otklik("people", "list", data=tmp_path, OTKLIK_DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 2
    assert done.stderr.startswith("База данных не отвечает")
