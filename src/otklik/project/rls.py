"""Row-level security: the second wall around an organisation's rows, on PostgreSQL.

A migration says `rls.protect("journal_event")` for each table with an organisation column (a test looks for tables that
were forgotten). The owner role, which migrates, is not bound by policies; the runtime role is.
"""

from typing import Any, Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

POLICY: Final = "otklik_tenant"
ALSO: Final = "otklik_also"

_SETTING: Final = "current_setting('otklik.tenant', true)"
SEES_EVERYTHING: Final = f"(SELECT coalesce({_SETTING}, '') = '*')"
TENANT_IDS: Final = (
    f"(SELECT CASE WHEN {_SETTING} ~ '^[0-9,]+$' THEN string_to_array({_SETTING}, ',')::bigint[] "
    "ELSE '{}'::bigint[] END)::bigint[]"
)
"""The organisations in force, as an array. The sub-select makes PostgreSQL work it out once a query, not once a row."""


def tenant_has(column: str) -> str:
    """SQL: the organisation in `column` is one of those in force. For conditions given to `protect`."""
    return f"{column} = ANY ({TENANT_IDS})"


def protect(table: str, column: str = "organisation_id", *, also: str = "") -> Operation:
    """A migration operation: only rows whose `column` is in force are read and written.

    :param also: SQL of further rows that may be seen (not written), for instance those of a participant. A table named
        in it is under its own policy, and two policies must not name each other.
    """
    return Protect(table, column, also)


class Protect(Operation):
    """See `protect`."""

    reversible = True
    reduces_to_sql = True
    elidable = False

    def __init__(self, table: str, column: str, also: str) -> None:
        self.table, self.column, self.also = table, column, also

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.table, self.column, self.also], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Models do not know of policies."""

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        own = f"{SEES_EVERYTHING} OR {tenant_has(self.column)}"
        schema_editor.execute(f"ALTER TABLE {self.table} ENABLE ROW LEVEL SECURITY")
        schema_editor.execute(f"CREATE POLICY {POLICY} ON {self.table} USING ({own}) WITH CHECK ({own})")
        if self.also:
            schema_editor.execute(f"CREATE POLICY {ALSO} ON {self.table} FOR SELECT USING ({self.also})")

    def database_backwards(
        self,
        app_label: str,  # noqa: ARG002
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002
        to_state: ProjectState,  # noqa: ARG002
    ) -> None:
        if schema_editor.connection.vendor != "postgresql":
            return
        schema_editor.execute(f"DROP POLICY {POLICY} ON {self.table}")
        if self.also:
            schema_editor.execute(f"DROP POLICY {ALSO} ON {self.table}")
        schema_editor.execute(f"ALTER TABLE {self.table} DISABLE ROW LEVEL SECURITY")

    def describe(self) -> str:
        return f"Row-level security on {self.table} by {self.column}"
