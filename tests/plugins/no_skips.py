"""``--no-skips``: a skipped test is a failed one. `.ci/run` asks for it: what CI skips nobody ever runs.

Skips are turned into failures where they arise, in the process that runs the test, so that it works with xdist too. An
expected failure (``xfail``) is no skip: it ran.
"""

from collections.abc import Generator
from typing import TypeVar

import pytest
from _pytest.reports import BaseReport

Report = TypeVar("Report", bound=BaseReport)

FORBIDDEN = "Skipped, and --no-skips forbids it: {reason}"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--no-skips``."""
    parser.addoption("--no-skips", action="store_true", help="a skipped test or module is a failure")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Of one phase of one test."""
    return _refuse((yield), item.config)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Of the collection of one file: `pytest.skip(allow_module_level=True)`, `importorskip`."""
    return _refuse((yield), collector.config)


def _refuse(report: Report, config: pytest.Config) -> Report:
    expected = hasattr(report, "wasxfail")
    if report.skipped and not expected and config.getoption("--no-skips"):
        report.outcome = "failed"
        report.longrepr = FORBIDDEN.format(reason=_reason(report))
    return report


def _reason(report: BaseReport) -> str:
    """pytest keeps where and why as (path, line, reason)."""
    where = report.longrepr
    return f"{where[0]}:{where[1]}: {where[2]}" if isinstance(where, tuple) else str(where)
