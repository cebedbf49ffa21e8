"""The outbox records a result at the moment when a person does something to the same incident: nobody is thrown out."""

import threading
import time
from uuid import uuid4

import pytest
from django.db import connection

from otklik.channels import actions as channels
from otklik.channels import hooks
from otklik.channels.models import Publication, PublicationState
from otklik.connectors.base import NeedsPerson, Published, PublishedPart
from otklik.incidents import actions
from otklik.incidents.models import Incident
from otklik.process import commands as c
from otklik.project.transactions import EVERYTHING, read, write
from tests.cast import make_cast
from tests.channels.hands import MINUTE, SECOND, Page, make_page
from tests.incidents.desk import A, Desk
from tests.incidents.test_races import at_once

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgresql]

PATIENCE = 10.0
STANDS = Published((PublishedPart("1", "/demo-network/town/#comment-1"),))


@pytest.fixture
def desk() -> Desk:
    """A reply that has been handed to the outbox."""
    cast = make_cast(act=A)
    page: Page = make_page(cast.organisation)
    page.post()
    page.later(SECOND, "channels.parse")
    desk = Desk(cast, Incident.objects.get(), page.clock.now)
    desk.do(c.Select(critical=True), cast.curator)
    desk.do(c.Route(unit=cast.unit.key), cast.curator)
    desk.do(c.SaveDraft(text="Яму засыпали."), cast.executor)
    desk.do(c.SubmitDraft(version=1), cast.executor)
    desk.do(c.Approve(version=1), cast.curator)
    desk.do(c.RequestPublication(), cast.executor)
    return desk


def somebody_waits() -> bool:
    """Whether somebody waits for what this connection holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))")
        return bool(cursor.fetchone()[0])


@pytest.mark.parametrize("stands", [True, False])
def test_a_result_and_a_publication_by_hand_at_once(desk: Desk, monkeypatch: pytest.MonkeyPatch, stands: bool) -> None:
    """By one order of locks the second waits for the first; crosswise, the database would throw one of them out."""
    publication = Publication.objects.get()
    attempt = channels.begin(publication.pk, organisation_id=desk.cast.organisation.pk, now=desk.now)
    assert attempt is not None
    holds = threading.Event()
    tell = hooks.result

    def tell_late(*given: object) -> None:
        holds.set()
        until = time.monotonic() + PATIENCE
        while not somebody_waits():
            assert time.monotonic() < until, "the person has not come to wait"
        tell(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(hooks, "result", tell_late)

    def record() -> None:
        with write(EVERYTHING):
            if stands:
                channels.record_published(attempt, STANDS, now=desk.now)
            else:
                channels.record_unsent(
                    attempt, PublicationState.NEEDS_PERSON, NeedsPerson("разместите сами"), now=desk.now
                )

    def by_hand() -> actions.Outcome:
        assert holds.wait(PATIENCE)
        with read(EVERYTHING):
            return actions.perform(
                desk.incident.pk,
                c.ConfirmPublished(url="https://demo.example/1"),
                person=desk.cast.executor,
                command_id=uuid4(),
                now=desk.now + MINUTE,
            )

    _, outcome = at_once(record, by_hand)
    assert outcome is not None
    assert (outcome.refusal is not None) is stands
    assert len(desk.events("published")) == 1
    publication.refresh_from_db()
    assert publication.state == PublicationState.PUBLISHED
