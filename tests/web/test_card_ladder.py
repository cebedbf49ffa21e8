"""The ladder of a broken term names who answers for it."""

import datetime as dt

import pytest

from otklik.incidents import queries
from otklik.process import commands as c
from otklik.web.card.desk import Desk as Card
from otklik.web.card.ladder import ladder
from tests.incidents.desk import A, N, make_desk

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("act", "said"), [(N, "за срок отвечает специалист администрации (п. 11)"), (A, "")])
def test_n_11_specialists_answer_for_the_draft_that_the_executor_sends_late(act: str, said: str) -> None:
    here = make_desk(act)
    if act == N:
        here.do(c.Receive(), here.cast.executor)
    here.do(c.Select(critical=act == A), here.cast.curator if act == A else here.cast.executor)
    now = here.now + dt.timedelta(days=7)
    card = Card.for_viewer(queries.card(here.incident, here.cast.head, now), here.cast.head, now)
    (draft,) = [step for step in ladder(card) if step.title == "Направить на согласование"]
    assert draft.failed
    assert draft.note == said
