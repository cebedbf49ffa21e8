"""Who does which kind of job, and what the clock does: the two decorators of an app's `jobs.py`.

@job("outbox.send", atomic=False, lease=dt.timedelta(minutes=5))
def send(run: Run) -> None: ...

@periodic(seconds=30)
def sweep(now: dt.datetime) -> None: ...
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.module_loading import autodiscover_modules

if TYPE_CHECKING:
    from otklik.jobs.execution import Run

JobFunction = Callable[["Run"], None]
TickFunction = Callable[[dt.datetime], None]


@dataclass(frozen=True, slots=True)
class Handler:
    """How jobs of one kind are done.

    `atomic`: the whole function is one transaction with the job's completion. Else (work with a network) it keeps its
    own transactions and makes the last of them `with run.finishing():`.
    `lease`: how long a worker may be silent before the job is taken from it; `attempts`: after so many the job is dead.
    """

    kind: str
    function: JobFunction
    atomic: bool
    lease: dt.timedelta
    attempts: int


@dataclass(frozen=True, slots=True)
class Periodic:
    """What the clock does. `every_process`: each work process does it, without a row (it must bear that)."""

    name: str
    function: TickFunction
    interval: dt.timedelta
    every_process: bool


class UnknownKind(LookupError):
    """No app has registered this kind of job."""


_handlers: dict[str, Handler] = {}
_periodics: dict[str, Periodic] = {}


def job(
    kind: str, *, atomic: bool = True, lease: dt.timedelta = dt.timedelta(minutes=1), attempts: int = 10
) -> Callable[[JobFunction], JobFunction]:
    """Register a function for jobs of `kind` («app.verb»). It must bear being started again after a failure."""

    def register(function: JobFunction) -> JobFunction:
        _refuse_second(kind, _handlers.get(kind), function)
        _handlers[kind] = Handler(kind, function, atomic, lease, attempts)
        return function

    return register


def periodic(*, seconds: float, every_process: bool = False) -> Callable[[TickFunction], TickFunction]:
    """Register a function to be called every so many seconds with the time; a call that is late is made once."""

    def register(function: TickFunction) -> TickFunction:
        name = f"{function.__module__}.{function.__qualname__}"
        _periodics[name] = Periodic(name, function, dt.timedelta(seconds=seconds), every_process)
        return function

    return register


def handler(kind: str) -> Handler:
    """Who does jobs of `kind`.

    :raises UnknownKind: naming the kinds there are.
    """
    load()
    try:
        return _handlers[kind]
    except KeyError:
        known = ", ".join(sorted(_handlers)) or "none"
        raise UnknownKind(
            f"No handler for jobs of kind {kind!r}. Register it in the app's jobs.py; known: {known}."
        ) from None


def periodics() -> Mapping[str, Periodic]:
    """Everything the clock does, by name."""
    load()
    return dict(_periodics)


def load() -> None:
    """Import `jobs.py` of every installed app; quick the second time."""
    autodiscover_modules("jobs")


def _refuse_second(kind: str, there: Handler | None, function: JobFunction) -> None:
    if there is not None and there.function.__qualname__ != function.__qualname__:
        raise ValueError(f"Two handlers for jobs of kind {kind!r}: {there.function.__module__}, {function.__module__}.")
