"""What the card marks as not let through, no door lets through: a text is asked before it leaves its authors."""

from pathlib import Path

import pytest

from otklik.process import commands as c
from otklik.process.refusal import RefusalCode
from tests.incidents.desk import Desk, make_desk

pytestmark = pytest.mark.django_db

ACTS = Path(__file__).resolve().parents[1] / "acts"
URL = "https://vk.com/wall-1_2?reply=3"


def routed(act: str) -> Desk:
    here = make_desk(str(ACTS / act))
    here.do(c.Select(), here.cast.curator)
    here.do(c.Route(unit=here.cast.unit.key), here.cast.curator)
    return here


def test_a_banned_phrase_goes_no_further_than_the_draft() -> None:
    here = routed("banned-phrases")
    executor = here.cast.executor
    here.do(c.SaveDraft(text="Это не входит в компетенцию администрации."), executor)
    refused = here.refused(c.SubmitDraft(version=1), executor, RefusalCode.PHRASE_BANNED)
    assert refused.refusal is not None
    assert (refused.refusal.clause, refused.refusal.next) == ("5", (c.CommandName.SAVE_DRAFT,))
    assert refused.refusal.facts["phrase"] == "не входит в компетенцию"
    here.do(c.SaveDraft(text="Передали вопрос в район.", base_version=1), executor)
    here.do(c.SubmitDraft(version=2), executor)
    here.do(c.Approve(version=2), here.cast.curator)
    here.do(c.RequestPublication(), executor)


def test_the_hard_length_of_a_network_is_kept_to_the_character() -> None:
    here = routed("network-limits")
    executor = here.cast.executor
    here.do(c.SaveDraft(text="я" * 4097), executor)
    refused = here.refused(c.SubmitDraft(version=1), executor, RefusalCode.TEXT_TOO_LONG)
    assert refused.refusal is not None
    assert (refused.refusal.facts["length"], refused.refusal.facts["limit"]) == (4097, 4096)
    here.do(c.SaveDraft(text="я" * 4096, base_version=1), executor)
    here.do(c.SubmitDraft(version=2), executor)
    here.do(c.Approve(version=2), here.cast.curator)
    here.do(c.ConfirmPublished(url=URL), executor)
