"""The invented acts and the template are sound: the checker finds no error in them, and does not fall over any."""

from pathlib import Path

import pytest

from otklik.process.checker import Severity, check, words
from otklik.regulation.editions import editions
from otklik.regulation.parse import SHIPPED

INVENTED = Path(__file__).resolve().parents[2] / "acts"
FOLDERS = [folder.parent for folder in sorted(INVENTED.glob("*/act.yaml"))] + [SHIPPED / "_template"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_error(folder: Path) -> None:
    for edition in editions(folder):
        found = check(edition).findings
        errors = [words.said(one, edition.act) for one in found if one.severity is Severity.ERROR]
        assert errors == []
        assert all("{" not in words.said(one, edition.act, "en") for one in found)
