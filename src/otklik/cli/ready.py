"""What must hold before a long-lived process starts: the database is migrated, its role is bound by the policies."""

from otklik.cli.started import say

FAULTS = {
    "superuser": "роль {role} - суперпользователь",
    "bypasses_policies": "роль {role} обходит правила доступа к строкам (BYPASSRLS)",
    "owns_tables": "роль {role} владеет таблицами",
}
NOT_MIGRATED = "База данных не подготовлена или устарела. Выполните: otklik migrate"
NO_WALL = (
    "Работать с этой ролью PostgreSQL нельзя: {faults}. Правила доступа к строкам её не связали бы.\n"
    "Укажите в OTKLIK_DATABASE_URL рабочую роль, которую создаёт «otklik migrate»."
)


def refuse_unready() -> int:
    """0 when the process may start; else the exit code, with the reason said."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    from otklik.project import owner

    faults = owner.faults(connection)
    if faults:
        role = connection.settings_dict["USER"]
        return say(NO_WALL.format(faults=", ".join(FAULTS[code].format(role=role) for code in faults)))
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return say(NOT_MIGRATED)
    return 0
