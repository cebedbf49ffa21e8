"""Starting Django for the commands that need it, and what to say when it cannot start."""

import argparse
import functools
import os
import sys
from collections.abc import Callable

from otklik.project import env

Run = Callable[[argparse.Namespace], int]

NOT_UNDERSTOOD = 2


def with_django(run: Run) -> Run:
    """`run` with Django started and no organisation in sight: what it may touch it says itself."""

    @functools.wraps(run)
    def started(options: argparse.Namespace) -> int:
        try:
            start()
        except env.SettingError as error:
            return say(str(error))
        except OSError as error:
            return say(f"Папка данных недоступна: {error.strerror} ({error.filename}). Проверьте OTKLIK_DATA и права.")
        from django.db import OperationalError

        from otklik.project.storage import sentence_of
        from otklik.project.tenancy import tenant

        try:
            with tenant(()):
                return run(options)
        except OperationalError as error:
            todo = sentence_of(error) or "Проверьте OTKLIK_DATABASE_URL и что сервер запущен."
            return say(f"База данных не отвечает: {str(error).strip()}\n{todo}")

    return started


def start() -> None:
    """
    :raises env.SettingError: a setting that is not understood.
    :raises OSError: the data folder cannot be written.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "otklik.project.settings")
    import django

    django.setup()


def say(sentence: str) -> int:
    """The sentence on standard error, and the exit code for «not understood»."""
    print(sentence, file=sys.stderr)
    return NOT_UNDERSTOOD
