"""`otklik keyring`: the keys by which channels' secrets are encrypted: show, change, drop what nothing needs."""

import argparse
from collections.abc import Callable

from otklik.cli.started import say, with_django

Step = Callable[[], list[str]]

WORDS = {
    "missing": "Связки ключей {path} нет, поэтому ни один секрет не открыть. Верните её из своей копии (в резервные "
    "копии она не входит) или укажите её место в OTKLIK_KEYRING.",
    "no_key": "В связке {path} нет ключа {key}, которым зашифровано {context}. Верните нужную связку из своей копии "
    "или введите секрет заново.",
    "does_not_open": "Секрет {context} не открывается: его изменили, или он чужой. Введите его заново.",
    "not_encrypted": "В базе вместо зашифрованного значения лежит другое. Введите секрет заново.",
    "unreadable": "Связку ключей {path} прочитать нельзя: {reason}. Проверьте, чей это файл.",
    "unwritable": "Связку ключей {path} записать нельзя: {reason}. Проверьте права на папку.",
    "open_to_others": "Связку ключей {path} могут прочитать другие (права {mode}). Выполните: chmod 600 {path}",
    "broken": "Связка ключей {path} повреждена: {reason}. Верните её из своей копии.",
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `keyring list`, `keyring rotate` and `keyring forget`."""
    parser = subparsers.add_parser("keyring", help="связка ключей: создать, сменить ключ")
    actions = parser.add_subparsers(metavar="ДЕЙСТВИЕ", required=True)
    for name, step, summary in (
        ("list", show, "какие ключи есть и сколько значений зашифровано каждым"),
        ("rotate", rotate, "новый ключ, и всё перешифровать им (программа может работать)"),
        (
            "forget",
            forget,
            "убрать ключи, которыми больше ничего не зашифровано",
        ),
    ):
        parser = actions.add_parser(name, help=summary)
        parser.set_defaults(run=with_django(_told(step)))


def show() -> list[str]:
    """The keys, oldest first."""
    from otklik.project import keyring

    ring = keyring.load(make=True)
    usage = keyring.usage()
    lines = [f"{key.id}  от {key.made_at:%d.%m.%Y}  значений: {usage.get(key.id, 0)}" for key in ring.keys]
    missing = sorted(set(usage) - {key.id for key in ring.keys})
    lines += [f"{key_id}  этого ключа в связке нет, а им зашифровано значений: {usage[key_id]}" for key_id in missing]
    return [*lines, f"Файл связки: {keyring.path()}. В резервную копию он не входит: храните его копию отдельно."]


def rotate() -> list[str]:
    """A new key for everything."""
    from django.utils import timezone

    from otklik.project import keyring

    key, count = keyring.rotate(now=timezone.now())
    return [f"Новый ключ {key.id}. Перешифровано значений: {count}. Сохраните новую копию файла {keyring.path()}."]


def forget() -> list[str]:
    """Only what is needed stays."""
    from otklik.project import keyring

    gone = keyring.forget()
    return [f"Убрано ключей: {len(gone)}" + (f" ({', '.join(gone)})." if gone else ".")]


def _told(step: Step) -> Callable[[argparse.Namespace], int]:
    """The lines of a step on standard output; a fault of the ring as a sentence, exit code 2."""

    def run(_options: argparse.Namespace) -> int:
        from otklik.project.keyring import KeyRingError

        try:
            lines = step()
        except KeyRingError as error:
            return say(WORDS[error.code].format_map(error.facts))
        print(*lines, sep="\n")
        return 0

    return run
