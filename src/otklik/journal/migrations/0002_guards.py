"""The database itself refuses to change the journal: no DELETE, no UPDATE but of the seal, once, and of erased texts."""

from collections.abc import Iterable

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from otklik.project import rls

POSTGRESQL = """
CREATE FUNCTION journal_event_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.sealed_number IS NULL AND OLD.sealed_hash IS NULL
        AND NEW.sealed_number IS NOT NULL AND NEW.sealed_hash IS NOT NULL
        AND to_jsonb(OLD) - 'sealed_number' - 'sealed_hash' = to_jsonb(NEW) - 'sealed_number' - 'sealed_hash'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'journal_event is append-only: % refused', TG_OP;
END $$;
CREATE TRIGGER journal_event_no_update BEFORE UPDATE ON journal_event FOR EACH ROW EXECUTE FUNCTION journal_event_guard();
CREATE TRIGGER journal_event_no_delete BEFORE DELETE ON journal_event FOR EACH ROW EXECUTE FUNCTION journal_event_guard();
CREATE TRIGGER journal_event_no_truncate BEFORE TRUNCATE ON journal_event FOR EACH STATEMENT EXECUTE FUNCTION journal_event_guard();

CREATE FUNCTION journal_event_text_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.text = '' AND NEW.salt = ''
        AND to_jsonb(OLD) - 'erased_at' - 'text' - 'salt' = to_jsonb(NEW) - 'erased_at' - 'text' - 'salt'
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'journal_event_text only forgets by erasure: % refused', TG_OP;
END $$;
CREATE TRIGGER journal_event_text_no_update BEFORE UPDATE ON journal_event_text FOR EACH ROW EXECUTE FUNCTION journal_event_text_guard();
CREATE TRIGGER journal_event_text_no_delete BEFORE DELETE ON journal_event_text FOR EACH ROW EXECUTE FUNCTION journal_event_text_guard();
CREATE TRIGGER journal_event_text_no_truncate BEFORE TRUNCATE ON journal_event_text FOR EACH STATEMENT EXECUTE FUNCTION journal_event_text_guard();
"""

POSTGRESQL_BACK = """
DROP TRIGGER journal_event_no_update ON journal_event;
DROP TRIGGER journal_event_no_delete ON journal_event;
DROP TRIGGER journal_event_no_truncate ON journal_event;
DROP FUNCTION journal_event_guard();
DROP TRIGGER journal_event_text_no_update ON journal_event_text;
DROP TRIGGER journal_event_text_no_delete ON journal_event_text;
DROP TRIGGER journal_event_text_no_truncate ON journal_event_text;
DROP FUNCTION journal_event_text_guard();
"""

# Every column but the seal's, spelled out: SQLite cannot compare whole rows. A migration that adds a column rebuilds the
# table on SQLite, which drops its triggers: it must create them anew, with the new column in this list.
EVENT_COLUMNS = (
    "id", "organisation_id", "incident_id", "number", "kind", "version", "happened_at", "recorded_at", "actor_id",
    "on_behalf_of", "command_id", "position", "act_hash", "calendar_version", "payload", "text_digests", "digest",
)  # fmt: skip
TEXT_COLUMNS = ("id", "organisation_id", "event_id", "name", "digest")


def changed(columns: Iterable[str]) -> str:
    return " OR ".join(f'OLD."{name}" IS NOT NEW."{name}"' for name in columns)


SQLITE = (
    f"""
    CREATE TRIGGER journal_event_no_update BEFORE UPDATE ON journal_event
    WHEN OLD.sealed_number IS NOT NULL OR OLD.sealed_hash IS NOT NULL
        OR NEW.sealed_number IS NULL OR NEW.sealed_hash IS NULL OR {changed(EVENT_COLUMNS)}
    BEGIN SELECT RAISE(ABORT, 'journal_event is append-only: UPDATE refused'); END
    """,
    """
    CREATE TRIGGER journal_event_no_delete BEFORE DELETE ON journal_event
    BEGIN SELECT RAISE(ABORT, 'journal_event is append-only: DELETE refused'); END
    """,
    f"""
    CREATE TRIGGER journal_event_text_no_update BEFORE UPDATE ON journal_event_text
    WHEN OLD.erased_at IS NOT NULL OR NEW.erased_at IS NULL OR NEW.text <> '' OR NEW.salt <> '' OR {changed(TEXT_COLUMNS)}
    BEGIN SELECT RAISE(ABORT, 'journal_event_text only forgets by erasure: UPDATE refused'); END
    """,
    """
    CREATE TRIGGER journal_event_text_no_delete BEFORE DELETE ON journal_event_text
    BEGIN SELECT RAISE(ABORT, 'journal_event_text only forgets by erasure: DELETE refused'); END
    """,
)
SQLITE_NAMES = (
    "journal_event_no_update",
    "journal_event_no_delete",
    "journal_event_text_no_update",
    "journal_event_text_no_delete",
)


def guard(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL, params=None)  # "%" is not a placeholder here
        return
    for statement in SQLITE:
        schema_editor.execute(statement)


def unguard(_apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_BACK, params=None)
        return
    for name in SQLITE_NAMES:
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_journal")]

    operations = [
        migrations.RunPython(guard, unguard),
        rls.protect("journal_event"),
        rls.protect("journal_event_text"),
        rls.protect("journal_head"),
    ]
