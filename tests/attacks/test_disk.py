"""A full disk, a folder without the right to write, a database that is busy or gone: a sentence, not a shrug."""

import errno
import sqlite3
from collections.abc import Callable

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from otklik.orgs.models import Person
from otklik.project import storage
from otklik.web.queue import views
from tests.cast import Cast

ClientOf = Callable[[Person], Client]


def of_sqlite(code: int) -> OperationalError:
    told = sqlite3.OperationalError("as SQLite says it")
    told.sqlite_errorcode = code
    error = OperationalError("as Django says it")
    error.__cause__ = told
    return error


def of_postgresql(state: str | None) -> OperationalError:
    class Told(Exception):
        sqlstate = state

    error = OperationalError("as Django says it")
    error.__cause__ = Told()
    return error


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (of_sqlite(sqlite3.SQLITE_FULL), storage.FULL),
        (of_sqlite(sqlite3.SQLITE_IOERR_SHMSIZE), storage.FULL),
        (of_sqlite(sqlite3.SQLITE_READONLY), storage.READ_ONLY),
        (of_sqlite(sqlite3.SQLITE_BUSY), storage.BUSY),
        (of_sqlite(sqlite3.SQLITE_ERROR), ""),
        (OSError(errno.ENOSPC, "No space left on device"), storage.FULL),
        (OSError(errno.EROFS, "Read-only file system"), storage.READ_ONLY),
        (FileNotFoundError(errno.ENOENT, "No such file"), ""),
        (InterfaceError("connection already closed"), storage.AWAY),
        (of_postgresql("53100"), storage.FULL),
        (of_postgresql("57P01"), storage.AWAY),
        (of_postgresql("40P01"), storage.BUSY),
        (of_postgresql(None), storage.AWAY),
        (of_postgresql("42501"), ""),
        (ValueError("a mistake of ours"), ""),
        (None, ""),
    ],
)
def test_what_is_wrong_is_said(error: BaseException | None, sentence: str) -> None:
    assert storage.sentence_of(error) == sentence


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("error", "status", "sentence"),
    [
        (of_sqlite(sqlite3.SQLITE_FULL), 503, storage.FULL),
        (ValueError("a mistake of ours"), 500, "Ошибка программы, не ваша"),
    ],
)
def test_the_page_says_it(
    people: Cast,
    client_of: ClientOf,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    status: int,
    sentence: str,
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(views, "queue_page", fail)
    client = client_of(people.curator)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == status
    assert sentence in answer.content.decode()
