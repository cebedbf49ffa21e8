"""Documents, and the index that each database keeps of them: FTS5 on SQLite, a tsvector with GIN on PostgreSQL.

The stems come ready. FTS5's tokenizer `ascii` cuts at blanks alone where all is letters and digits; PostgreSQL is
given the finished tsvector, its parser is not asked.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from otklik.project import rls

SQLITE = (
    """
    CREATE VIRTUAL TABLE search_index USING fts5(
        stems, content='search_document', content_rowid='incident_id', tokenize='ascii', prefix='3'
    )
    """,
    """
    CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN
        INSERT INTO search_index(rowid, stems) VALUES (new.incident_id, new.stems);
    END
    """,
    """
    CREATE TRIGGER search_document_gone AFTER DELETE ON search_document BEGIN
        INSERT INTO search_index(search_index, rowid, stems) VALUES ('delete', old.incident_id, old.stems);
    END
    """,
    """
    CREATE TRIGGER search_document_changed AFTER UPDATE OF stems ON search_document WHEN old.stems <> new.stems BEGIN
        INSERT INTO search_index(search_index, rowid, stems) VALUES ('delete', old.incident_id, old.stems);
        INSERT INTO search_index(rowid, stems) VALUES (new.incident_id, new.stems);
    END
    """,
)
SQLITE_BACK = (
    "DROP TRIGGER search_document_changed",
    "DROP TRIGGER search_document_gone",
    "DROP TRIGGER search_document_added",
    "DROP TABLE search_index",
)
POSTGRESQL = (
    "ALTER TABLE search_document ADD COLUMN vector tsvector NOT NULL DEFAULT ''",
    """
    CREATE FUNCTION search_vector() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        NEW.vector := coalesce(
            (SELECT string_agg(quote_literal(word) || ':' || number, ' ')
             FROM unnest(string_to_array(NEW.stems, ' ')) WITH ORDINALITY AS at(word, number)), '')::tsvector;
        RETURN NEW;
    END $$
    """,
    """
    CREATE TRIGGER search_document_vector BEFORE INSERT OR UPDATE OF stems ON search_document
    FOR EACH ROW EXECUTE FUNCTION search_vector()
    """,
    "CREATE INDEX search_document_stems ON search_document USING gin (vector)",
)
POSTGRESQL_BACK = (
    "DROP TRIGGER search_document_vector ON search_document",
    "DROP FUNCTION search_vector",
    "ALTER TABLE search_document DROP COLUMN vector",
)


def build(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def remove(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for statement in POSTGRESQL_BACK if schema_editor.connection.vendor == "postgresql" else SQLITE_BACK:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    initial = True
    dependencies = [("orgs", "0002_row_level_security")]

    operations = [
        migrations.CreateModel(
            name="Document",
            fields=[
                ("incident_id", models.BigIntegerField(primary_key=True, serialize=False)),
                ("parts", models.JSONField()),
                ("stems", models.TextField()),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="orgs.organisation"
                    ),
                ),
            ],
            options={"db_table": "search_document"},
        ),
        migrations.RunPython(build, remove),
        rls.protect("search_document"),
    ]
