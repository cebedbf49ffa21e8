"""When the ground gives way: the disk is full or may not be written to, the database is busy or away. In words."""

import errno
import sqlite3

from django.db import DatabaseError, InterfaceError

FULL = "На диске сервера нет места. Сообщите администратору: нужно освободить место, перезапуск не требуется."
READ_ONLY = "Программа не может писать в свою папку данных. Сообщите администратору: нужно вернуть ей право записи."
BUSY = "База данных занята другой записью дольше обычного. Подождите полминуты и повторите."
AWAY = "База данных не отвечает. Подождите и повторите; если не проходит, сообщите администратору."

_OF_DISK = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EROFS: READ_ONLY,
    errno.EACCES: READ_ONLY,
    errno.EPERM: READ_ONLY,
}
_OF_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_IOERR: FULL,
    sqlite3.SQLITE_READONLY: READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: READ_ONLY,
    sqlite3.SQLITE_BUSY: BUSY,
    sqlite3.SQLITE_LOCKED: BUSY,
}
"""By primary result code. With WAL a full disk also shows as SQLITE_IOERR: the shared index cannot grow."""
_DISK_FULL, _READ_ONLY_TRANSACTION = "53100", "25006"
_IN_THE_WAY = frozenset({"40P01", "40001", "55P03", "57014"})
"""A deadlock, a conflict, a lock that was not to be had, a statement that took too long: the same again may succeed."""
_CONNECTION = ("08", "53", "57P")
"""Classes of SQLSTATE in which the server cannot be asked (PostgreSQL, Appendix A)."""


def sentence_of(error: BaseException | None) -> str:
    """What is wrong with disk or database and what to do, in Russian; empty if `error` is something else."""
    seen = 0
    while error is not None and seen < 10:  # a chain of causes may be a ring
        found = _sentence(error)
        if found:
            return found
        error, seen = error.__cause__ or error.__context__, seen + 1
    return ""


def _sentence(error: BaseException) -> str:
    if isinstance(error, sqlite3.Error):
        return _OF_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, "")
    if isinstance(error, OSError):
        return _OF_DISK.get(error.errno or 0, "")
    if isinstance(error, InterfaceError):
        return AWAY
    return _of_state(getattr(error.__cause__, "sqlstate", "")) if isinstance(error, DatabaseError) else ""


def _of_state(state: object) -> str:
    """Of PostgreSQL: by its SQLSTATE; None where the connection broke before it could say."""
    if state is None:
        return AWAY
    if state == _DISK_FULL:
        return FULL
    if state == _READ_ONLY_TRANSACTION:
        return READ_ONLY
    if state in _IN_THE_WAY:
        return BUSY
    return AWAY if str(state).startswith(_CONNECTION) else ""
