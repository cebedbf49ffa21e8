"""`otklik demo load|people`: the demo data, and as whom to sign in."""

import argparse
import datetime as dt
import sys
from typing import Any

from otklik.cli.started import say, with_django

NOT_EMPTY = (
    "В базе уже есть данные. Демонстрационные данные ставятся только в пустую установку: ./run reset начнёт заново."
)


def add_parser(subparsers: "argparse._SubParsersAction[Any]") -> None:
    """`otklik demo …`."""
    parser = subparsers.add_parser("demo", help="демонстрационные данные")
    actions = parser.add_subparsers(metavar="ДЕЙСТВИЕ", required=True)
    load = actions.add_parser("load", help="поставить пять организаций, людей и около трёхсот сообщений")
    load.add_argument("--if-empty", action="store_true", help="ничего не делать и не говорить, если данные уже есть")
    load.add_argument("--wait", action="store_true", help="разыграть сообщения сейчас, а не в рабочем процессе")
    load.set_defaults(run=with_django(_load))
    people = actions.add_parser("people", help="под кем войти")
    people.set_defaults(run=with_django(_people))


def _load(options: argparse.Namespace) -> int:
    from django.utils import timezone

    from otklik.demo import jobs, organisations
    from otklik.orgs import commands
    from otklik.project.transactions import EVERYTHING, write

    now = timezone.now()
    with write(EVERYTHING):
        if not commands.is_empty():
            return 0 if options.if_empty else say(NOT_EMPTY)
        made = [key for key, place in organisations.make(now).items() if place.organisation.act]
        if not options.wait:
            jobs.enqueue([(key, 0) for key in made], made_at=now, now=now)
    if options.wait:
        return _play_now(made, now)
    print("Организации и люди готовы; сообщения загрузит рабочий процесс за минуту-другую.", file=sys.stderr)
    return 0


def _play_now(keys: list[str], now: dt.datetime) -> int:
    from otklik.demo import organisations
    from otklik.demo.content import load
    from otklik.demo.playing import play
    from otklik.project.transactions import EVERYTHING, write

    for key in keys:
        messages = load(key)
        with write(EVERYTHING):
            play(organisations.found(key), messages, now)
        print(f"{key}: сообщений {len(messages)}", file=sys.stderr)
    return 0


def _people(options: argparse.Namespace) -> int:
    from otklik.orgs.demo import DEMO_PASSWORD, demo_people
    from otklik.orgs.queries import roles_at
    from otklik.orgs.words import ROLE_WORDS
    from otklik.project.transactions import EVERYTHING, read

    del options
    from django.utils import timezone

    with read(EVERYTHING):
        people = list(demo_people())
        if not people:
            return say("Демонстрационных людей нет: поставьте их командой otklik demo load.")
        print(f"Пароль у всех: {DEMO_PASSWORD}")
        organisation = None
        for person in people:
            if person.organisation_id != organisation:
                organisation = person.organisation_id
                print(f"\n{person.organisation.name} ({person.organisation.act})")
            held = dict.fromkeys(ROLE_WORDS[one.role] for one in roles_at(person, timezone.now()))
            print(f"  {person.username:<20} {', '.join(held)}")
    return 0
