"""Wall time as people write it: «2026-11-27T16:40», «2026-11-27 16:40», «2026-11-27 24:00», or with an offset."""

import datetime as dt
import re

_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:?\d{2})?")


def read_time(text: str, zone: dt.tzinfo) -> dt.datetime:
    """The instant; without an offset it is wall time of `zone`; 24:00 is the midnight that ends the day.

    Raises ValueError where it is not understood.
    """
    if not _TIME.fullmatch(text):
        raise ValueError(text)
    ends_day = text[11:16] == "24:00" and text[16:19] in ("", ":00")
    try:
        at = dt.datetime.fromisoformat(text[:11] + "00:00" + text[16:] if ends_day else text)
        at = at + dt.timedelta(days=1) if ends_day else at
    except OverflowError as error:
        raise ValueError(text) from error
    return at if at.tzinfo else at.replace(tzinfo=zone)
