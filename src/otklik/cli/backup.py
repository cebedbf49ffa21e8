"""`otklik backup FILE`: everything that cannot be made anew, in one file, while the program runs."""

import argparse
import sys
from pathlib import Path

from otklik.cli.started import say, with_django

WRONG = 1

WORDS = {
    "exists": "Файл {path} уже есть. Укажите другой или папку: имя будет дано по времени.",
    "unwritable": "Файл {path} записать нельзя: {reason}. Проверьте место на диске и права на папку.",
    "database_damaged": "База SQLite повреждена: {reason}. Остановите программу и восстановите последнюю исправную "
    "копию (otklik restore).",
    "in_transaction": "Копию нельзя сделать внутри незаконченной записи.",
    "unreadable": "Файл {path} не читается: {reason}.",
    "no_backup": "Файл {path} - не резервная копия Отклика.",
    "damaged": "Резервная копия {path} повреждена: {member}. Ничего не изменено. Возьмите другую копию.",
    "other_format": "Формат копии {path} - {found}, эта программа знает {known}. Нужна та версия, которой она сделана.",
    "not_empty": "В этой установке уже есть данные (таблица {table}), восстановление их затёрло бы. Восстанавливайте в "
    "пустую: с новой папкой OTKLIK_DATA или новой базой.",
    "newer": "Копия сделана более новой версией ({version}, изменение базы {migration}). Обновите программу.",
    "other_tables": "Копия сделана более старой версией ({version}), а таблицы здесь уже новые. Восстанавливайте в "
    "базу без таблиц: программа создаст прежние, загрузит данные и обновит их.",
    "not_prepared": "База данных не подготовлена; причина названа выше.",
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `backup`."""
    parser = subparsers.add_parser(
        "backup",
        help="резервная копия",
        epilog="Связка ключей (OTKLIK_KEYRING) в копию не входит: храните её отдельно. "
        "Код завершения: 0 - сделана, 1 - сделана, но часть файлов повреждена, 2 - не сделана.",
    )
    parser.add_argument("file", type=Path, help="файл копии, или папка: имя будет дано по времени")
    parser.set_defaults(run=with_django(run))


def run(options: argparse.Namespace) -> int:
    """0: made; 1: made, but some files on disk are damaged or missing; 2: not made."""
    from django.utils import timezone

    from otklik.backup import create
    from otklik.backup.archive import BackupError
    from otklik.cli.ready import refuse_unready
    from otklik.project import keyring

    unready = refuse_unready()
    if unready:
        return unready
    try:
        made = create.make(options.file, now=timezone.now())
    except BackupError as error:
        return say(WORDS[error.code].format_map(error.facts))
    for name in made.damaged:
        print(f"Файл {name} в папке данных повреждён: в копии он такой же.", file=sys.stderr)
    for name in made.missing:
        print(f"Файла {name} в папке данных нет, хотя база его называет.", file=sys.stderr)
    print(f"Копия: {made.path} ({made.size / 1_000_000:.1f} МБ). Строк: {made.rows}, файлов: {made.files}.")
    print(f"Контрольная сумма: {made.sha256}. В копии персональные данные: храните её как базу.")
    if keyring.path().exists():
        print(f"Связка ключей в копию не входит: сохраните {keyring.path()} отдельно.")
    return WRONG if made.damaged or made.missing else 0
