"""From detection to the published reply under each of the five acts, by the roles that each act names."""

import pytest

from otklik.process.commands import Close
from otklik.process.events import EventKind as E
from otklik.process.state import Stage
from tests.process.decide.desk import CURATOR, EXECUTOR, FIVE, N, U, desk


@pytest.mark.parametrize("name", FIVE)
def test_a_message_comes_to_its_published_reply(name: str) -> None:
    here = desk(name)
    here.routed()
    here.published()
    here.stands_at(Stage.ANSWERED)
    wanted = [
        E.DETECTED,
        E.SELECTED,
        E.ROUTED,
        E.DRAFT_SAVED,
        E.DRAFT_IN,
        E.APPROVED,
        E.PUBLICATION_REQUESTED,
        E.PUBLISHED,
    ]
    assert [kind for kind in here.kinds() if kind is not E.RECEIVED] == wanted
    here.do(Close("answered"), EXECUTOR if name == N else CURATOR)
    here.stands_at(Stage.CLOSED)


def test_receipt_comes_with_detection_in_u_and_from_the_curator_in_n() -> None:
    assert desk(U).detected().kinds() == [E.DETECTED, E.RECEIVED]
    assert desk(N).detected().kinds() == [E.DETECTED]
    assert desk(N).selected().kinds() == [E.DETECTED, E.RECEIVED, E.SELECTED]
