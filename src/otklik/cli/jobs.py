"""`otklik jobs`: what background work waits, runs or has failed for good; put back what has failed."""

import argparse

from otklik.cli.started import say, with_django

WRONG = 1


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `jobs list` and `jobs retry`."""
    parser = subparsers.add_parser("jobs", help="фоновая работа: что ждёт и что не удалось, повторить")
    actions = parser.add_subparsers(metavar="ДЕЙСТВИЕ", required=True)

    show = actions.add_parser(
        "list",
        help="показать незаконченное и неудавшееся",
        epilog="Код завершения: 0; 1 - рабочий процесс молчит дольше минуты.",
    )
    show.add_argument("--state", choices=("waiting", "running", "done", "dead"), help="только в этом состоянии")
    show.add_argument("--kind", default="", help="только этого вида")
    show.add_argument("--limit", type=int, default=100, help="не больше стольких строк (100)")
    show.set_defaults(run=with_django(show_jobs))

    again = actions.add_parser("retry", help="вернуть неудавшееся в работу")
    again.add_argument("job", type=int, nargs="*", help="номера из «otklik jobs list»")
    again.add_argument("--all", action="store_true", help="всё неудавшееся")
    again.add_argument("--kind", default="", help="с --all: только этого вида")
    again.set_defaults(run=with_django(retry))


def show_jobs(options: argparse.Namespace) -> int:
    """0; 1: no work process is at work."""
    from django.utils import timezone

    from otklik.jobs import queries
    from otklik.jobs.models import JobState
    from otklik.project.transactions import EVERYTHING, read

    with read(EVERYTHING):
        state = JobState(options.state) if options.state else None
        for job in queries.jobs(state=state, kind=options.kind, limit=options.limit):
            what = f"{job.kind} {job.key}".strip()
            print(f"{job.pk:>8}  {job.get_state_display():<11} {job.run_at:%d.%m.%Y %H:%M:%S} UTC  {what}")
            if job.problem:
                print(f"{'':>10}попыток: {job.attempts}; {job.problem}")
        counts = queries.counts()
        failing = queries.failing_ticks()
        silent = queries.is_silent(timezone.now())
    for tick in failing:
        print(f"Часы: {tick.name} не удалось: {tick.problem}")
    print(f"Ждёт: {counts.waiting}, выполняется: {counts.running}, не удалось: {counts.dead}, сделано: {counts.done}.")
    if silent:
        print("Фоновая работа молчит: рабочий процесс не запущен или остановился. Запустите «otklik work».")
    return WRONG if silent else 0


def retry(options: argparse.Namespace) -> int:
    """0: all are back; 1: some could not be put back; 2: nothing was named."""
    from django.utils import timezone

    from otklik.jobs import actions, queries
    from otklik.jobs.models import JobState
    from otklik.project.transactions import EVERYTHING, read

    if not options.job and not options.all:
        return say("Назовите номера («otklik jobs list --state dead») или укажите --all.")
    numbers = list(options.job)
    if options.all:
        with read(EVERYTHING):
            numbers += [job.pk for job in queries.jobs(state=JobState.DEAD, kind=options.kind, limit=10_000)]
    now = timezone.now()
    back = {number: actions.retry(number, now=now) for number in dict.fromkeys(numbers)}
    for number, is_back in back.items():
        if not is_back:
            print(f"{number}: не возвращено: такого неудавшегося нет, или такая же работа уже ждёт.")
    print(f"Возвращено в работу: {sum(back.values())}.")
    return 0 if all(back.values()) else WRONG
