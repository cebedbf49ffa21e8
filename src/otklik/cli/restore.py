"""`otklik restore FILE`: bring a backup back into an empty installation, or only check it."""

import argparse
from pathlib import Path

from otklik.cli.backup import WORDS
from otklik.cli.started import say, with_django
from otklik.project import env

WRONG = 1


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `restore`."""
    parser = subparsers.add_parser(
        "restore",
        help="восстановить из резервной копии",
        epilog="Код завершения: 0 - восстановлено, 1 - восстановлено, но журнал не сходится, 2 - ничего не изменено.",
    )
    parser.add_argument("file", type=Path, help="файл копии")
    parser.add_argument("--check", action="store_true", help="только проверить копию, ничего не менять")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0: all is back (or the copy is whole); 1: it is, and the journal does not agree; 2: nothing was changed."""
    if options.check:
        return with_django(check)(options)
    env.become_owner()
    return with_django(restore)(options)


def check(options: argparse.Namespace) -> int:
    """0: the copy is whole; 2: it is not."""
    from otklik.backup import restore as restoring
    from otklik.backup.archive import BackupError

    try:
        manifest = restoring.check(options.file)
    except BackupError as error:
        return say(WORDS[error.code].format_map(error.facts))
    rows = sum(table.rows for table in manifest.tables)
    files = len(list(manifest.of("files")))
    print(f"Копия цела: сделана {manifest.made_at} версией {manifest.version}; строк: {rows}, файлов: {files}.")
    return 0


def restore(options: argparse.Namespace) -> int:
    """0: all is back; 1: it is, and the journal does not agree; 2: nothing was changed."""
    from django.utils import timezone

    from otklik.backup import restore as restoring
    from otklik.backup.archive import BackupError
    from otklik.project import keyring

    try:
        restored = restoring.restore(options.file, now=timezone.now(), migrate=_migrate)
    except BackupError as error:
        return say(WORDS[error.code].format_map(error.facts))
    print(f"Восстановлено из копии от {restored.manifest.made_at}: строк {restored.rows}, файлов {restored.files}.")
    if not keyring.path().exists():
        print(f"Положите связку ключей в {keyring.path()}: без неё секреты каналов не открыть.")
    errors = [finding for finding in restored.findings if finding.is_error]
    if restored.findings:
        print("Журнал: otklik journal verify скажет, что и где не сходится.")
    return WRONG if errors else 0


def _migrate() -> None:
    """
    :raises BackupError: `not_prepared`; what is wrong has been said.
    """
    from otklik.backup.archive import BackupError
    from otklik.cli import migrate

    if migrate.bring_up_to_date(argparse.Namespace(verbose=False)):
        raise BackupError("not_prepared")
