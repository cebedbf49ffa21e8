"""What every test stands on: settings of its own, the database, a fixed cast of people, signed-in clients.

SQLite unless OTKLIK_TEST_DATABASE_URL (or OTKLIK_DATABASE_URL) names PostgreSQL; there everything runs as the runtime
role (`tests/runtime_role.py`). Outside a door (a view, a command, a job) a test sees every organisation; a door narrows
that to its own.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from otklik.project import env

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoDbBlocker

    from otklik.orgs.models import Organisation, Person
    from tests.cast import Cast

_DATA = Path(tempfile.mkdtemp(prefix="otklik-test-"))
atexit.register(shutil.rmtree, _DATA, ignore_errors=True)
env.prepare_for_tests(_DATA)
os.environ["DJANGO_SETTINGS_MODULE"] = "otklik.project.settings"


def pytest_configure() -> None:
    """Settings that only tests have."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # argon2 takes its time on purpose
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(_DATA / "test.sqlite3")  # a file, as in life


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests of PostgreSQL's own belong to its run: elsewhere they are left out, which is no skip.

    Browser tests come last: what drives the browser leaves an event loop running, under which nobody can start one.
    """
    from django.db import connection

    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
    if connection.vendor == "postgresql":
        return
    foreign = [item for item in items if item.get_closest_marker("postgresql")]
    if foreign:
        config.hook.pytest_deselected(items=foreign)
        items[:] = [item for item in items if item not in foreign]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[None]:  # noqa: ARG001
    """The test database; on PostgreSQL, the runtime role from here on."""
    from tests import runtime_role
    from tests.journal.guards import flush_without_guards

    flush_without_guards()
    runtime_role.flush_as_owner()
    with django_db_blocker.unblock():
        runtime_role.start()
    yield
    with django_db_blocker.unblock():
        runtime_role.stop()


@pytest.fixture(autouse=True)
def _everything_in_sight(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test may look at every organisation's rows; what it tests narrows that by itself."""
    wants_database = {"db", "transactional_db"} & set(request.fixturenames)
    if request.node.get_closest_marker("django_db") is None and not wants_database:
        yield
        return
    from otklik.project.tenancy import EVERYTHING, tenant

    request.getfixturevalue("_django_db_helper")
    with tenant(EVERYTHING):
        yield


@pytest.fixture
def organisation_factory(db: None) -> "Callable[..., Organisation]":  # noqa: ARG001
    """Makes an administration with office hours in Moscow; keywords are those of `actions.OrganisationFacts`."""
    from tests import cast

    return cast.make_organisation


@pytest.fixture
def people(db: None) -> "Cast":  # noqa: ARG001
    """One organisation with one person in every role, and an outsider of another: see `tests.cast.Cast`."""
    from tests import cast

    return cast.make_cast()


@pytest.fixture
def client_of() -> "Callable[[Person], Client]":
    """`client_of(person)`: a client in which that person is signed in."""
    from tests import cast

    return cast.client_of
