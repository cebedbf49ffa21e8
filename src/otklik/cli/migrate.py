"""`otklik migrate`: make or bring up to date the database; on PostgreSQL as its owner, and the runtime role with it."""

import argparse

from otklik.cli.started import say, with_django
from otklik.project import env

TWO_ROLES = (
    "На PostgreSQL нужны две роли: владелец меняет таблицы, рабочая роль связана правилами доступа к строкам.\n"
    "Задайте OTKLIK_DATABASE_OWNER_URL (владелец) и OTKLIK_DATABASE_URL (рабочая роль) с разными именами и одной базой."
)


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `migrate`."""
    parser = subparsers.add_parser("migrate", help="подготовить или обновить базу данных")
    parser.add_argument("--verbose", action="store_true", help="называть каждое изменение")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0: the database is up to date; 2: it cannot be reached or the roles are not two."""
    env.become_owner()
    return with_django(bring_up_to_date)(options)


def bring_up_to_date(options: argparse.Namespace) -> int:
    """With Django started as the owner. 0: the database is up to date; 2: the roles are not two."""
    from django.core.management import call_command
    from django.db import connection

    from otklik.project import databases, owner

    environment = env.read()
    runtime = databases.from_url(environment.database_url)
    as_owner = connection.settings_dict
    on_postgresql = connection.vendor == "postgresql"
    if on_postgresql and (not environment.database_owner_url or _same_role(runtime, as_owner)):
        return say(TWO_ROLES)
    call_command("migrate", verbosity=1 if options.verbose else 0, interactive=False)
    if on_postgresql:
        owner.make_role(connection, runtime["USER"], runtime["PASSWORD"])
        owner.grant(connection, runtime["USER"])
    return 0


def _same_role(runtime: dict[str, object], as_owner: dict[str, object]) -> bool:
    return runtime["USER"] == as_owner["USER"] or runtime["NAME"] != as_owner["NAME"]
