"""The tenant of a stretch of work, and on PostgreSQL the policies that obey it."""

import threading

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.db.migrations.loader import MigrationLoader

from otklik.orgs.actions import Refused
from otklik.orgs.models import Person, Unit
from otklik.project import owner, rls
from otklik.project.tenancy import EVERYTHING, tenant
from otklik.project.transactions import read, write
from tests.cast import Cast, make_unit

pytestmark = pytest.mark.django_db


def seen() -> set[str]:
    return set(Unit.objects.values_list("organisation__key", flat=True))


def test_every_table_with_an_organisation_is_behind_a_policy() -> None:
    operations = (
        operation
        for migration in MigrationLoader(connection).disk_migrations.values()
        for operation in migration.operations
    )
    protected = {operation.table for operation in operations if isinstance(operation, rls.Protect)}
    having = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if any(field.column == "organisation_id" for field in model._meta.local_concrete_fields)
    }
    assert having
    assert sorted(having - protected) == []


@pytest.mark.postgresql
def test_tests_run_as_a_role_that_policies_bind() -> None:
    assert owner.faults(connection) == ()


@pytest.mark.postgresql
def test_only_the_tenants_rows_are_there(people: Cast) -> None:
    make_unit(people.elsewhere)
    ours, theirs = people.organisation, people.elsewhere
    assert seen() == {ours.key, theirs.key}
    with read([ours.pk]):
        assert seen() == {ours.key}
        with read([theirs.pk]):
            assert seen() == {theirs.key}
        assert seen() == {ours.key}
        with write(EVERYTHING):
            assert seen() == {ours.key, theirs.key}
        assert seen() == {ours.key}
    with read(()):
        assert seen() == set()
        assert not Person.objects.exists()


@pytest.mark.postgresql
def test_another_tenants_rows_cannot_be_written(people: Cast) -> None:
    theirs = make_unit(people.elsewhere)
    with write([people.organisation.pk]):
        assert Unit.objects.filter(pk=theirs.pk).update(name="чужое") == 0
        assert Unit.objects.filter(pk=theirs.pk).delete()[0] == 0
    with pytest.raises(DatabaseError, match="row-level security"), write([people.organisation.pk]):
        Unit.objects.create(organisation=people.elsewhere, key="x", name="x", path="x")
    theirs.refresh_from_db()
    assert theirs.name != "чужое"


@pytest.mark.postgresql
def test_the_tenant_of_before_holds_after_a_refusal(people: Cast) -> None:
    make_unit(people.elsewhere)
    with read([people.organisation.pk]):
        with pytest.raises(ValueError, match="refused"), write([people.elsewhere.pk]):
            raise ValueError("refused")
        assert seen() == {people.organisation.key}
        with pytest.raises(DatabaseError), write([people.elsewhere.pk]), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
        assert seen() == {people.organisation.key}


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_the_tenant_holds_for_the_block(people: Cast) -> None:
    make_unit(people.elsewhere)
    assert not connection.in_atomic_block
    with tenant(()):
        assert seen() == set()
        with read([people.organisation.pk]):
            assert seen() == {people.organisation.key}
            with transaction.atomic(), tenant([people.elsewhere.pk]):
                assert seen() == {people.elsewhere.key}
            assert seen() == {people.organisation.key}
        assert seen() == set()


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_new_connection_sees_nothing_until_it_is_told(people: Cast) -> None:
    found: list[set[str]] = []

    def look() -> None:
        found.append(seen())
        with read([people.organisation.pk]):
            found.append(seen())
        connection.close()

    thread = threading.Thread(target=look)
    thread.start()
    thread.join()
    assert found == [set(), {people.organisation.key}]


def test_a_write_is_whole_or_nothing(people: Cast) -> None:
    def make_two() -> None:
        with write([people.organisation.pk]):
            make_unit(people.organisation, "first")
            make_unit(people.organisation, "first")

    with pytest.raises(Refused, match="key_taken"):
        make_two()
    assert not Unit.objects.filter(key="first").exists()
