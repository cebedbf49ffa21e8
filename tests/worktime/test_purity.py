"""The package loads nothing but the standard library until it is needed: commands start quickly, doors stay thin."""

import subprocess
import sys

HEAVY = ("django", "numpy", "yaml", "pydantic")


def test_importing_loads_no_library() -> None:
    code = f"import sys, otklik.worktime; print(*[name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
