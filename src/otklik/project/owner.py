"""Two database roles on PostgreSQL: the owner migrates, the runtime role works and is bound by the policies.

`otklik migrate` connects as the owner, then makes the runtime role if there is none and gives it what it needs and no
more: it cannot change tables, policies or roles.
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

RIGHTS = """
GRANT USAGE ON SCHEMA public TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role};
REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role};
"""


def make_role(connection: BaseDatabaseWrapper, role: str, password: str) -> bool:
    """Make the runtime role if it does not exist; whether it was made. An existing one keeps its password.

    :raises django.db.DatabaseError: the owner may not make roles; the role must then be made by hand.
    """
    from psycopg import sql

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        if cursor.fetchone():
            return False
        made = "CREATE ROLE {role} LOGIN PASSWORD {password} NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE"
        cursor.execute(sql.SQL(made).format(role=sql.Identifier(role), password=sql.Literal(password)))
    return True


def grant(connection: BaseDatabaseWrapper, role: str) -> None:
    """Give the runtime role its rights on every table there is; after each migration anew."""
    from psycopg import sql

    with connection.cursor() as cursor:
        cursor.execute(sql.SQL(RIGHTS).format(role=sql.Identifier(role)))


def faults(connection: BaseDatabaseWrapper) -> tuple[str, ...]:
    """Why the role of this connection must not run the program: codes `superuser`, `bypasses_policies`, `owns_tables`.

    Each would make row-level security a wall that is not there. Empty on SQLite.
    """
    if connection.vendor != "postgresql":
        return ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        is_superuser, bypasses = _one(cursor)
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_class "
            "WHERE relrowsecurity AND pg_has_role(current_user, relowner, 'MEMBER'))"
        )
        (owns,) = _one(cursor)
    found = {"superuser": is_superuser, "bypasses_policies": bypasses, "owns_tables": owns and not is_superuser}
    return tuple(code for code, is_so in found.items() if is_so)


def _one(cursor: Any) -> tuple[Any, ...]:
    row: tuple[Any, ...] = cursor.fetchone()
    return row
