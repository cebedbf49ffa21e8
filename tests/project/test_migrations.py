"""The database that the migrations make is the one that the models describe."""

from django.apps import apps
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import MigrationQuestioner
from django.db.migrations.state import ProjectState
from django.utils import translation


def test_no_migration_is_missing() -> None:
    loader = MigrationLoader(None)
    with translation.override(None):  # names of Django's own models would differ in Russian
        detector = MigrationAutodetector(loader.project_state(), ProjectState.from_apps(apps), MigrationQuestioner())
        missing = {
            app: [operation.describe() for migration in migrations for operation in migration.operations]
            for app, migrations in detector.changes(graph=loader.graph).items()
        }
    assert missing == {}, "Run: .venv/bin/python -m django makemigrations"


def test_no_two_migrations_go_on_from_the_same_one() -> None:
    assert MigrationLoader(None).detect_conflicts() == {}
