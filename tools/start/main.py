"""Commands of `./run` and their arguments. Every trouble ends here as a sentence and code 2, never as a traceback."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from start import commands
from start.places import find_places, trouble_of
from start.ports import HIGHEST, LOWEST
from start.words import HELP, LANGUAGES, Trouble, language_of, say

TROUBLE = 2
INTERRUPTED = 130
PORT = 8000
SYSTEMS = ("linux", "darwin")


class _Parser(argparse.ArgumentParser):
    """argparse that raises our kind of trouble instead of printing its own kind."""

    def error(self, message: str) -> NoReturn:
        raise Trouble("usage", what=message)


def main(arguments: Sequence[str], *, root: str, environ: Mapping[str, str] | None = None) -> int:
    """Run one command and return the exit code."""
    environ = os.environ if environ is None else environ
    _speak_utf8()
    language, rest = take_language(arguments, language_of(environ))
    try:
        return run(rest, root=root, environ=environ, language=language)
    except Trouble as trouble:
        return _complain(trouble, language)
    except OSError as error:
        return _complain(trouble_of(error, root), language)
    except KeyboardInterrupt:
        print(say("interrupted", language), file=sys.stderr)
        return INTERRUPTED


def _complain(trouble: Trouble, language: str) -> int:
    print(say(trouble.code, language, **trouble.facts), file=sys.stderr)
    return TROUBLE


def take_language(arguments: Sequence[str], default: str) -> tuple[str, list[str]]:
    """Take ``--lang ru|en`` out, wherever it stands before a ``--``."""
    rest, language = list(arguments), default
    for place, word in enumerate(rest):
        if word == "--":
            break
        name, sign, value = word.partition("=")
        if name == "--lang":
            value = value if sign else next(iter(rest[place + 1 :]), "")
            if value in LANGUAGES:
                return value, rest[:place] + rest[place + (1 if sign else 2) :]
    return language, rest


def run(arguments: Sequence[str], *, root: str, environ: Mapping[str, str], language: str) -> int:
    """Choose the command by the first word and do it. Raises Trouble."""
    command, rest = choose(arguments)
    if command == "help":
        print(HELP[language], end="")
        return 0
    if sys.platform not in SYSTEMS:
        raise Trouble("no_platform", machine=sys.platform)
    options, passed_on = parse(command, rest)
    offline = Path(options.offline).expanduser().absolute() if options.offline else None
    context = commands.Context(find_places(root, environ), environ, language, offline)
    match command:
        case "test":
            return commands.test(
                context, passed_on, postgresql=options.postgresql_version if options.postgresql else None
            )
        case "check":
            return commands.check(context)
        case "bundle":
            return commands.bundle(context, Path(options.folder).expanduser().absolute(), dev=options.dev)
        case "reset":
            return commands.reset(context, yes=options.yes)
        case "otklik":
            return commands.otklik(context, passed_on)
        case _:
            return commands.start(context, options.port)


def choose(arguments: Sequence[str]) -> tuple[str, list[str]]:
    """Command and its arguments; no word, or an option first, means ``start``."""
    first = arguments[0] if arguments else ""
    if first in ("-h", "--help", "help"):
        return "help", []
    if first in PARSERS:
        return first, list(arguments[1:])
    if first and not first.startswith("-"):
        raise Trouble("unknown_command", what=first)
    return "start", list(arguments)


def parse(command: str, arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    """Options of ``command`` and what is passed on to pytest or the program. Raises Trouble ``usage``."""
    parser = PARSERS[command]()
    if command == "otklik":
        return argparse.Namespace(offline=None), list(arguments)
    if command == "test":
        return parser.parse_known_args(arguments)
    return parser.parse_args(arguments), []


def _plain() -> _Parser:
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("--offline", metavar="DIR")
    return parser


def _start() -> _Parser:
    parser = _plain()
    parser.add_argument("--port", type=port_number, default=PORT)
    return parser


def _test() -> _Parser:
    parser = _plain()
    parser.add_argument("--postgresql", action="store_true")
    parser.add_argument("--postgresql-version", choices=("16", "18"), default="16")
    return parser


def _bundle() -> _Parser:
    parser = _plain()
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("--dev", action="store_true")
    return parser


def _reset() -> _Parser:
    parser = _plain()
    parser.add_argument("--yes", action="store_true")
    return parser


PARSERS = {"start": _start, "test": _test, "check": _plain, "bundle": _bundle, "reset": _reset, "otklik": _plain}


def port_number(text: str) -> int:
    """A TCP port. Raises Trouble ``port_bad`` for anything else."""
    if not text.isascii() or not text.isdigit() or not LOWEST <= int(text) <= HIGHEST:
        raise Trouble("port_bad", what=text)
    return int(text)


def _speak_utf8() -> None:
    """Under LANG=C in an old terminal a letter may get lost, never the whole sentence."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(errors="replace")
