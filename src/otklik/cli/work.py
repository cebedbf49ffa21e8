"""`otklik work`: the work process; it alone runs jobs, however many web processes there are."""

import argparse

from otklik.cli.started import with_django


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `work`."""
    parser = subparsers.add_parser("work", help="рабочий процесс: сроки, размещение ответов, печать журнала")
    parser.set_defaults(run=with_django(run))


def run(_options: argparse.Namespace) -> int:
    """Work until a signal comes. 1: it ended by itself; 2: it could not start."""
    from otklik.cli.ready import refuse_unready
    from otklik.jobs import runner

    unready = refuse_unready()
    if unready:
        return unready
    return runner.run_until_signal()
