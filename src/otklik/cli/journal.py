"""`otklik journal`: check the chain of events against itself and its anchors, or anchor it now."""

import argparse
import datetime as dt
import sys
from typing import TYPE_CHECKING

from otklik.cli.started import say, with_django

if TYPE_CHECKING:
    from otklik.journal.anchors import Anchor
    from otklik.journal.verify import Finding

WRONG = 1

WORDS = {
    "guard_missing": "в базе нет защиты {trigger}: строки журнала можно изменить. Выполните «otklik migrate»; если не "
    "помогло, восстановите базу из резервной копии",
    "row_changed": "событие {kind}, записанное {recorded_at} (строка {id}), изменено после записи",
    "link_broken": "событие {kind}, записанное {recorded_at} (строка {id}), не продолжает цепочку: изменено, заменено "
    "или переставлено оно либо то, что перед ним",
    "gap": "пропущены события с {from} по {to}: строки удалены",
    "number_gap": "у инцидента {there} событий, а последнее носит номер {last}: недостающие удалены до опечатывания",
    "text_changed": "текст «{text}» события {kind} (строка {id}) изменён",
    "text_missing": "текст «{text}» события {kind} (строка {id}) удалён вместе со строкой",
    "text_added": "к событию {kind} (строка {id}) приписан текст «{text}», которого при записи не было",
    "text_gone": "текст «{text}» события {kind} (строка {id}) стёрт, а записи о стирании в журнале нет",
    "head_differs": "учёт конца цепочки говорит о другом: последнее событие {last}, недостаёт {missing}",
    "tail_missing": "конца цепочки нет: {anchored_at} она закреплена на этом событии, а последнее теперь {last}",
    "anchor_differs": "цепочка переписана: {anchored_at} у этого события был хеш {anchored}, теперь {stored}",
    "lost_by_restore": "событий после этого места, закреплённых {anchored_at}, нет: они утрачены при восстановлении из "
    "резервной копии {restored_at}, о котором есть запись",
}

ANCHOR_WORDS = {
    "unwritable": "Закрепить не удалось: в папку {folder} нельзя записать ({reason}). Проверьте её и права на неё.",
    "broken": "{where}: эта строка не закрепление: {line}. Файл правили. Возьмите его из копии.",
}


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `journal verify` and `journal anchor`."""
    parser = subparsers.add_parser("journal", help="журнал: проверить цепочку, закрепить её конец вне базы")
    actions = parser.add_subparsers(metavar="ДЕЙСТВИЕ", required=True)

    check = actions.add_parser(
        "verify",
        help="пересчитать хеши всех событий и сравнить с закреплёнными",
        epilog="Код завершения: 0 - всё сходится, 1 - нет (каждое место названо), 2 - проверить не удалось.",
    )
    check.add_argument("--organisation", default="", help="краткое имя организации; без него проверяются все")
    check.set_defaults(run=with_django(verify))

    anchor = actions.add_parser("anchor", help="закрепить концы цепочек сейчас, не дожидаясь суточного")
    anchor.set_defaults(run=with_django(anchor_now))


def verify(options: argparse.Namespace) -> int:
    """0: everything agrees; 1: something does not, and each place is said; 2: it could not be checked."""
    from otklik.journal import anchors
    from otklik.journal import verify as verification
    from otklik.orgs.commands import NotFound

    try:
        known = anchors.read_all()
    except anchors.AnchorError as error:
        return say(ANCHOR_WORDS[error.code].format_map(error.facts))
    try:
        wanted = _wanted(options.organisation, known)
    except NotFound as error:
        return say(str(error))
    errors = [_tell("", finding) for finding in verification.missing_guards()]
    for organisation_id, name in wanted:
        its_anchors = anchors.of(organisation_id, known)
        verified = verification.verify(organisation_id, its_anchors)
        errors += [_tell(name, finding) for finding in verified.findings]
        waiting = f" и ещё не опечатанных: {verified.unsealed}" if verified.unsealed else ""
        print(f"{name}: проверено событий: {verified.sealed}{waiting}; {_last_anchor(its_anchors)}.")
    wrong = sum(errors)
    print(f"Не сходится мест: {wrong}." if wrong else "Журнал сходится.")
    return WRONG if wrong else 0


def anchor_now(_options: argparse.Namespace) -> int:
    """0; 2: a folder for anchors cannot be written to."""
    from django.utils import timezone

    from otklik.journal import anchors

    try:
        count = anchors.anchor_all(now=timezone.now(), at_once=True)
    except anchors.AnchorError as error:
        return say(ANCHOR_WORDS[error.code].format_map(error.facts))
    print(f"Закреплено цепочек: {count}. Папки: {', '.join(str(folder) for folder in anchors.folders())}.")
    return 0


def _wanted(name: str, known: "list[Anchor]") -> list[tuple[int, str]]:
    """Ids and names of the organisations to check.

    :raises otklik.orgs.commands.NotFound: no such organisation; the message is a sentence.
    """
    from otklik.journal import verify as verification
    from otklik.orgs import commands, queries
    from otklik.project.transactions import EVERYTHING, read

    if name:
        organisation = commands.organisation_named(name)
        return [(organisation.pk, organisation.key)]
    with read(EVERYTHING):
        names = queries.keys_of_all()
    return [(number, names.get(number, f"организация {number}")) for number in verification.organisations(known)]


def _tell(name: str, finding: "Finding") -> bool:
    """Say what was found and where; whether it is an error."""
    place = [name] if name else []
    if finding.sealed_number is not None:
        place.append(f"событие {finding.sealed_number} цепочки")
    if finding.incident_id is not None:
        place.append(f"инцидент {finding.incident_id}" + (f", его событие {finding.number}" if finding.number else ""))
    where = ", ".join(place) or "база"
    print(f"{where}: {WORDS[finding.code].format_map(finding.facts)}.", file=sys.stderr)
    return finding.is_error


def _last_anchor(its_anchors: "list[Anchor]") -> str:
    if not its_anchors:
        return "ещё ни разу не закреплено"
    last = its_anchors[-1]
    return f"закреплено по событие {last.number} ({last.at.astimezone(dt.UTC):%d.%m.%Y %H:%M} UTC)"
