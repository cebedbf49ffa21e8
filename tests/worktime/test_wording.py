"""Every code that can be raised has a sentence in both languages, and no sentence waits for a code that is gone."""

import re
from pathlib import Path

import otklik.worktime
from otklik.worktime import Problem, ScheduleError, describe
from otklik.worktime.wording import CODES

_RAISED = re.compile(
    r"""(?:ScheduleError\(|Problem\(|\.problem\()\s*["'](\w+)["']|["'](unreadable|bad_syntax|missing_key|bad_type)["']"""
)


def test_codes_and_sentences_match() -> None:
    folder = Path(otklik.worktime.__file__).parent
    raised = set()
    for path in folder.glob("*.py"):
        if path.name != "wording.py":
            text = path.read_text(encoding="utf-8")
            raised |= {code for found in _RAISED.findall(text) for code in found if code}
    assert raised == CODES


def test_a_sentence_has_the_place_in_front() -> None:
    problem = Problem("bad_date", "dates.x", {"found": "x"}, 7)
    assert describe(problem) == "строка 7, dates.x: дата x не разобрана. Пишите ГГГГ-ММ-ДД"
    assert describe(problem, "en") == "line 7, dates.x: bad date x. Write YYYY-MM-DD"


def test_an_error_carries_the_first_problem_and_says_all() -> None:
    error = ScheduleError.of([Problem("bad_days", facts={"days": 0}), Problem("bad_date", "a", {"found": "x"})])
    assert (error.code, error.facts) == ("bad_days", {"days": 0})
    assert str(error) == "the number of working days must be at least 1, not 0; a: bad date x. Write YYYY-MM-DD"
