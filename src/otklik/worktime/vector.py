"""Adding and subtracting for whole arrays of instants at once, in UTC seconds."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from otklik.worktime.errors import ScheduleError
from otklik.worktime.index import Index, index_of, out_of_range
from otklik.worktime.schedule import Schedule
from otklik.worktime.table import Table
from otklik.worktime.zones import FIRST_YEAR, LAST_YEAR, SECOND

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Seconds = NDArray[np.int64]


class _Arrays:
    """A table of the index as arrays, its edges made plain numbers."""

    def __init__(self, table: Table) -> None:
        import numpy as np  # here, because most users of the package add one instant at a time

        self.table = table
        self.total = table.total // SECOND
        self.opens: Seconds = np.array([at // SECOND for at in table.opens], dtype=np.int64)
        self.after: Seconds = np.array([done // SECOND for done in table.after], dtype=np.int64)
        self.idle: Seconds = np.array([*(idle // SECOND for idle in table.idle[:-1]), 0], dtype=np.int64)

    def passed(self, at: "Seconds") -> "Seconds":
        import numpy as np

        row = np.searchsorted(self.opens, at, side="right") - 1
        done: Seconds = np.minimum(at - self.idle[row], self.after[row])
        return done


def add_many(schedule: Schedule, starts: "ArrayLike", amount: "timedelta | ArrayLike") -> "Seconds":
    """``add`` for every start: UTC seconds in, UTC seconds out.

    ``amount`` is one term for all, or working seconds for each. Raises ScheduleError: ``negative_amount``,
    ``bad_amount`` for a fraction of a second, ``out_of_range``.
    """
    import numpy as np

    at, seconds = _arguments(starts, amount)
    arrays = _covering(schedule, at)
    while True:
        done = arrays.passed(at) + seconds
        if done.size == 0 or done.max() <= arrays.total:
            break
        arrays = _longer(schedule, arrays, forward=True)
    ends = done + arrays.idle[np.searchsorted(arrays.after, done, side="left")]
    return np.where(seconds == 0, at, ends)


def subtract_many(schedule: Schedule, ends: "ArrayLike", amount: "timedelta | ArrayLike") -> "Seconds":
    """``subtract`` for every end: UTC seconds in, UTC seconds out. Arguments and errors as for ``add_many``."""
    import numpy as np

    at, seconds = _arguments(ends, amount)
    arrays = _covering(schedule, at)
    while True:
        left = arrays.passed(at) - seconds
        if left.size == 0 or left.min() >= 0:
            break
        arrays = _longer(schedule, arrays, forward=False)
    starts = left + arrays.idle[np.searchsorted(arrays.after, left, side="right")]
    return np.where(seconds == 0, at, starts)


def _arguments(instants: "ArrayLike", amount: "timedelta | ArrayLike") -> "tuple[Seconds, Seconds]":
    import numpy as np

    if isinstance(amount, timedelta):
        if amount.microseconds:
            raise ScheduleError("bad_amount", amount=str(amount))
        amount = amount // SECOND
    seconds = np.asarray(amount, dtype=np.int64)
    if seconds.size and seconds.min() < 0:
        raise ScheduleError("negative_amount", amount=f"{int(seconds.min())} s")
    return np.asarray(instants, dtype=np.int64), seconds


def _covering(schedule: Schedule, at: "Seconds") -> _Arrays:
    index = index_of(schedule)
    if not at.size:
        return _arrays(index, index.cover(FIRST_YEAR, FIRST_YEAR))
    years = _local_year(schedule, int(at.min())), _local_year(schedule, int(at.max()))
    return _arrays(index, index.cover(*years))


def _local_year(schedule: Schedule, at: int) -> int:
    try:
        return datetime.fromtimestamp(at, schedule.tzinfo).year
    except (ValueError, OverflowError, OSError) as error:
        raise out_of_range(at) from error


def _longer(schedule: Schedule, arrays: _Arrays, *, forward: bool) -> _Arrays:
    index = index_of(schedule)
    table = index.longer(arrays.table, forward=forward)
    if table is None:
        raise out_of_range(LAST_YEAR + 1 if forward else FIRST_YEAR - 1)
    return _arrays(index, table)


def _arrays(index: Index, table: Table) -> _Arrays:
    held = _HELD.get(index)
    if held is None or held.table is not table:
        held = _HELD[index] = _Arrays(table)
    return held


_HELD: WeakKeyDictionary[Index, _Arrays] = WeakKeyDictionary()
