"""The file `run` itself: old Pythons can read it, and it hands over or says what is needed."""

import ast
import importlib.machinery
import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

RUN = Path(__file__).parents[2] / "run"


@pytest.fixture
def script() -> ModuleType:
    loader = importlib.machinery.SourceFileLoader("run_script", str(RUN))
    spec = importlib.util.spec_from_loader("run_script", loader)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module


def test_python_3_6_can_read_it() -> None:
    ast.parse(RUN.read_text("utf-8"), feature_version=(3, 6))


def test_it_is_executable_and_starts_with_python3() -> None:
    assert RUN.stat().st_mode & 0o111
    assert RUN.read_text("utf-8").startswith("#!/usr/bin/env python3\n")


def test_help_needs_nothing_but_python() -> None:
    done = subprocess.run([sys.executable, "-S", "-I", RUN, "help"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "./run test" in done.stdout


def test_without_a_newer_python_it_says_which_one(
    script: ModuleType, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(SystemExit) as left:
        script.use_newer_python()
    said = capfd.readouterr().err
    assert left.value.code == 2
    assert "Нужен Python 3.11 или новее" in said
    assert "Otklik needs Python 3.11 or newer" in said


def test_a_newer_python_on_path_takes_over(script: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "python3.13").write_text("#!/bin/sh\nexit 127\n")  # a shim without a Python behind it
    (tmp_path / "python3.12").write_text("#!/bin/sh\nexit 0\n")
    for name in ("python3.13", "python3.12"):
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))

    assert script.newer_python() == str(tmp_path / "python3.12")
