"""`otklik people`: bring people in from a CSV file, list them, give somebody a password."""

import argparse
import getpass
import sys
from pathlib import Path

from otklik.cli.started import say, with_django

COLUMNS = """столбцы (первая строка; порядок любой, разделитель ; или ,):
  ФИО              обязательно
  Имя для входа    пусто: человек без учётной записи
  Должность
  Подразделение    ключ или название
  Роли             через запятую: оператор, куратор, исполнитель, специалист, публикатор,
                   ответственное должностное лицо, руководитель, администратор
  Ранг             сотрудник, руководитель подразделения, заместитель главы, глава
  Телефон, Почта, Часовой пояс
Подробности: docs/people.md"""


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `people import`, `people list`, `people password`."""
    parser = subparsers.add_parser("people", help="люди: загрузить из CSV, показать, задать пароль")
    actions = parser.add_subparsers(metavar="ДЕЙСТВИЕ", required=True)

    bring = actions.add_parser(
        "import",
        help="загрузить людей из CSV",
        epilog=COLUMNS,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    bring.add_argument("file", type=Path, help="файл CSV")
    bring.add_argument("--organisation", default="", help="краткое имя организации; можно не указывать, если она одна")
    bring.add_argument("--create-units", action="store_true", help="создавать подразделения, которых ещё нет")
    bring.add_argument("--passwords", type=Path, help="файл, куда записать начальные пароли (читать сможете только вы)")
    bring.add_argument("--dry-run", action="store_true", help="только проверить")
    bring.set_defaults(run=with_django(bring_in))

    show = actions.add_parser("list", help="показать людей и роли")
    show.add_argument("--organisation", default="", help="краткое имя организации")
    show.set_defaults(run=with_django(show_people))

    password = actions.add_parser("password", help="задать пароль; его спросят или прочтут со стандартного ввода")
    password.add_argument("username", help="имя для входа")
    password.add_argument("--password-stdin", action="store_true", help="взять пароль из первой строки ввода")
    password.set_defaults(run=with_django(give_password))


def bring_in(options: argparse.Namespace) -> int:
    """0: all are in (or would be); 1: the file has errors, all are said and nothing is written; 2: no such file."""
    from otklik.orgs import commands
    from otklik.orgs.people_file import FileRefused

    try:
        content = options.file.read_bytes()
    except OSError as error:
        return say(f"Файл {options.file} не читается: {error.strerror}.")
    if options.passwords is not None and options.passwords.exists():
        return say(f"Файл {options.passwords} уже есть. Укажите для паролей другой, чтобы не потерять прежние.")
    try:
        organisation = commands.organisation_named(options.organisation)
        added = commands.import_people(
            organisation,
            content,
            create_units=options.create_units,
            passwords=options.passwords,
            dry_run=options.dry_run,
        )
    except commands.NotFound as error:
        return say(str(error))
    except FileRefused as error:
        for problem in error.problems:
            print(f"{options.file}:{problem.line}: {problem.sentence}", file=sys.stderr)
        print(f"Ошибок: {len(error.problems)}. Ничего не записано.", file=sys.stderr)
        return 1
    print(f"{'Проверено, ошибок нет. Людей' if options.dry_run else 'Загружено людей'}: {added}.")
    return 0


def show_people(options: argparse.Namespace) -> int:
    """0; 2: no such organisation."""
    from otklik.orgs import commands

    try:
        organisation = commands.organisation_named(options.organisation)
    except commands.NotFound as error:
        return say(str(error))
    for line in commands.people_lines(organisation):
        print(line)
    return 0


def give_password(options: argparse.Namespace) -> int:
    """0; 1: too weak; 2: no such person."""
    from otklik.orgs import commands

    password = sys.stdin.readline().rstrip("\n") if options.password_stdin else getpass.getpass("Новый пароль: ")
    try:
        commands.give_password(options.username, password)
    except commands.NotFound as error:
        return say(str(error))
    except commands.Refused as error:
        print(commands.sentence(error.code, error.facts), file=sys.stderr)
        return 1
    print("Пароль задан.")
    return 0
