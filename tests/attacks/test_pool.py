"""A connection going from request to request takes nothing along: whose rows it saw, or a broken transaction."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection

from otklik.project import databases

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

URL = "postgresql://otklik_app@127.0.0.1/otklik"


@pytest.fixture
def pooled() -> Iterator[Any]:
    """A database of one connection, which every request gets in its turn."""
    from django.db.backends.postgresql.base import DatabaseWrapper

    settings = databases.from_url(URL, pool=1)
    here = {**connection.settings_dict, **{name: settings[name] for name in ("OPTIONS", "CONN_HEALTH_CHECKS")}}
    wrapper = DatabaseWrapper(here, alias="pooled")
    yield wrapper
    wrapper.close()
    wrapper.close_pool()


def ask(wrapper: Any, sql: str) -> Any:
    with wrapper.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def leave_as_it_is(wrapper: Any) -> None:
    ask(wrapper, "SELECT 1")


def break_off(wrapper: Any) -> None:
    """An error in the middle of a transaction that nobody rolls back."""
    wrapper.set_autocommit(False)
    with pytest.raises(DatabaseError):
        ask(wrapper, "SELECT nothing")


def begin(wrapper: Any) -> None:
    wrapper.set_autocommit(False)
    ask(wrapper, "SELECT 1")


@pytest.mark.parametrize("end", [leave_as_it_is, break_off, begin])
@pytest.mark.parametrize("seen", ["*", "1,2"])
def test_the_next_request_sees_nothing(pooled: Any, end: Any, seen: str) -> None:
    first = ask(pooled, "SELECT pg_backend_pid()")
    ask(pooled, f"SELECT set_config('otklik.tenant', '{seen}', false)")
    end(pooled)
    pooled.close()
    assert ask(pooled, "SELECT coalesce(current_setting('otklik.tenant', true), '')") == ""
    assert ask(pooled, "SELECT pg_backend_pid()") == first
    assert ask(pooled, "SELECT count(*) FROM orgs_person") == 0


def test_a_connection_that_the_server_has_closed_is_not_handed_on(pooled: Any) -> None:
    first = ask(pooled, "SELECT pg_backend_pid()")
    pooled.close()
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [first])
    connection.close()
    assert ask(pooled, "SELECT pg_backend_pid()") != first


def test_only_what_serves_people_has_a_pool() -> None:
    assert "pool" not in databases.from_url(URL)["OPTIONS"]
    assert databases.from_url(URL, pool=7)["OPTIONS"]["pool"]["max_size"] == 7
