"""The plugin that makes a skipped test a failed one, run as pytest runs it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def outcome(folder: Path, test: str, *options: str) -> tuple[int, str]:
    (folder / "test_it.py").write_text("import pytest\n" + test, "utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.plugins.no_skips", *options]
    done = subprocess.run(
        [*command, "-c", "/dev/null", "--rootdir", folder, folder],
        cwd=ROOT,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    "test",
    [
        "@pytest.mark.skip(reason='no chromium')\ndef test(): pass\n",
        "pytest.skip('no chromium', allow_module_level=True)\n",
    ],
    ids=["test", "module"],
)
def test_a_skip_fails_and_its_reason_is_told(tmp_path: Path, test: str) -> None:
    status, said = outcome(tmp_path, test, "--no-skips")
    assert status != 0
    assert "no chromium" in said
    assert "--no-skips forbids it" in said


def test_without_the_option_a_skip_is_a_skip(tmp_path: Path) -> None:
    status, said = outcome(tmp_path, "@pytest.mark.skip(reason='no')\ndef test(): pass\n")
    assert (status, "1 skipped" in said) == (0, True)


def test_an_expected_failure_is_no_skip(tmp_path: Path) -> None:
    status, said = outcome(tmp_path, "@pytest.mark.xfail\ndef test(): assert 0\n", "--no-skips")
    assert (status, "1 xfailed" in said) == (0, True)
