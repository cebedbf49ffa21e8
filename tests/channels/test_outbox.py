"""The outbox: a reply goes out once, whatever dies, and whatever the platform says."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import httpx
import pytest

from otklik.channels import actions, inbox, queries, sending
from otklik.channels.models import AccountState, PublicationState
from otklik.connectors.base import Idempotency, Temporary, UnknownOutcome
from otklik.connectors.demo import connector
from otklik.connectors.demo.connector import DemoConnector
from otklik.demo_network.transport import DemoTransport
from otklik.jobs import execution
from otklik.jobs.models import Job, JobState
from otklik.project.transactions import EVERYTHING, write
from tests.channels.hands import HOUR, MINUTE, SECOND, Killed, Page, again, killed_at, order, queue

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


def test_a_reply_stands_under_the_post_and_the_listeners_are_told_once(page: Page, told: list[str]) -> None:
    publication = queue(page, order(page.message()))
    page.work()
    assert page.standing() == ["Яму засыпали."]
    assert again(publication).state == PublicationState.PUBLISHED
    assert publication.url.startswith("/demo-network/town/#comment-")
    assert publication.unanswered_at is None
    assert told == ["published"]
    assert page.later(HOUR) == []


def test_the_same_slot_is_queued_once(page: Page) -> None:
    message = page.message()
    first, second = queue(page, order(message)), queue(page, order(message))
    assert first.pk == second.pk
    page.work()
    assert queue(page, order(message)).state == PublicationState.PUBLISHED
    page.work()
    assert page.standing() == ["Яму засыпали."]


# --- Kill points ---


@pytest.mark.parametrize("where", ["before_call", "before_send", "after_send", "before_record", "in_hook"])
def test_killed_anywhere_it_stands_once(page: Page, told: list[str], where: str) -> None:
    publication = queue(page, order(page.message()))
    with pytest.MonkeyPatch.context() as patched:
        killed_at(patched, where)
        with pytest.raises(Killed):
            page.work()
    assert again(publication).state == PublicationState.SENDING
    assert len(page.standing()) == (where in {"after_send", "before_record", "in_hook"})
    page.later(4 * MINUTE)  # the lease still runs: nobody touches it
    assert publication.attempts == again(publication).attempts
    page.later(2 * MINUTE)
    page.later(MINUTE)
    assert page.standing() == ["Яму засыпали."]
    assert again(publication).state == PublicationState.PUBLISHED
    assert told[-1] == "published"
    assert told.count("published") == 1


def test_killed_between_two_parts_the_others_follow(page: Page) -> None:
    text = " ".join(f"слово{number}" for number in range(600))
    assert 4000 < len(text) < 6000
    publication = queue(page, order(page.message(), text))
    written = 0
    write_one = connector._write

    def die_at_second(*given: object) -> object:
        nonlocal written
        written += 1
        if written == 2:
            raise Killed
        return write_one(*given)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(connector, "_write", die_at_second)
        with pytest.raises(Killed):
            page.work()
    assert len(page.standing()) == 1
    page.later(6 * MINUTE)
    assert "".join(page.standing()).split() == text.split()
    assert again(publication).state == PublicationState.PUBLISHED
    assert len(publication.parts) == len(page.standing()) == 3


def test_a_part_that_was_refused_for_a_while_goes_on_from_there(page: Page) -> None:
    text = " ".join(f"слово{number}" for number in range(600))
    publication = queue(page, order(page.message(), text))
    write_one, written = connector._write, 0

    def slow_down_at_second(*given: object) -> object:
        nonlocal written
        written += 1
        if written == 2:
            page.misbehave("slow_down")
            given = (replace(given[0], http=_client(page)), *given[1:])  # type: ignore[type-var]
        return write_one(*given)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(connector, "_write", slow_down_at_second)
        page.work()
    assert again(publication).state == PublicationState.QUEUED
    assert len(publication.parts) == 1
    page.misbehave("")
    page.later(5 * SECOND)
    assert "".join(page.standing()).split() == text.split()


def _client(page: Page) -> Callable[[], httpx.Client]:
    return lambda: httpx.Client(transport=DemoTransport(page.account))


# --- An answer that does not come ---


def test_no_answer_after_taking_it_is_found_and_not_sent_again(page: Page, told: list[str]) -> None:
    publication = queue(page, order(page.message()))
    page.misbehave("timeout_after")
    page.work()
    assert again(publication).state == PublicationState.UNKNOWN
    assert told == ["unknown"]
    page.later(30 * SECOND)
    assert again(publication).state == PublicationState.PUBLISHED
    assert told == ["unknown", "published"]
    assert page.standing() == ["Яму засыпали."]


def test_no_answer_and_not_there_is_sent_again_when_it_had_time_to_appear(page: Page, told: list[str]) -> None:
    publication = queue(page, order(page.message()))
    page.misbehave("timeout_before")
    page.work()
    page.misbehave("")
    page.later(30 * SECOND)  # half a minute after the call: it may still appear
    assert again(publication).state == PublicationState.UNKNOWN
    assert page.standing() == []
    page.later(30 * SECOND)
    assert again(publication).state == PublicationState.PUBLISHED
    assert page.standing() == ["Яму засыпали."]
    assert told == ["unknown", "published"]


def test_doubt_outlives_a_look_that_failed(page: Page) -> None:
    """Unanswered, then «slow down» at the look: the next attempt still looks before it sends."""
    publication = queue(page, order(page.message()))
    page.misbehave("timeout_after")
    page.work()
    page.misbehave("slow_down")
    page.later(30 * SECOND)
    assert again(publication).state == PublicationState.UNKNOWN
    page.misbehave("")
    page.later(5 * MINUTE)
    assert page.standing() == ["Яму засыпали."]
    assert again(publication).state == PublicationState.PUBLISHED


def test_doubt_outlives_being_given_to_a_person_and_asked_for_again(page: Page) -> None:
    message = page.message()
    publication = queue(page, order(message))
    page.misbehave("timeout_after")
    page.work()
    page.misbehave("dead_token")
    page.later(30 * SECOND)
    assert again(publication).state == PublicationState.NEEDS_PERSON
    assert publication.problem.startswith("Возможно, ответ уже размещён")
    page.misbehave("")
    page.account.state = AccountState.ACTIVE
    page.account.save(update_fields=["state"])
    queue(page, order(message))
    page.later(MINUTE)
    assert page.standing() == ["Яму засыпали."]


def test_where_a_platform_can_tell_nothing_a_person_looks(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    can = replace(DemoConnector.capabilities, idempotency=Idempotency.NONE)
    monkeypatch.setattr(DemoConnector, "capabilities", can)
    publication = queue(page, order(page.message()))
    page.misbehave("timeout_after")
    page.work()
    page.misbehave("")
    page.later(5 * MINUTE)
    assert again(publication).state == PublicationState.NEEDS_PERSON
    assert publication.problem_code == "unknown_outcome"
    assert page.standing() == ["Яму засыпали."]


# --- Two workers, and people ---


def test_a_worker_that_was_given_up_changes_nothing_when_it_wakes(page: Page, told: list[str]) -> None:
    """Its lease ran out while the platform kept it waiting; another has published meanwhile."""
    publication = queue(page, order(page.message()))
    (slow,) = page.claim()
    attempt = actions.begin(publication.pk, organisation_id=page.account.organisation_id, now=page.clock.now)
    assert attempt is not None
    actions.calling(attempt, now=page.clock.now)
    page.later(6 * MINUTE)
    assert again(publication).state == PublicationState.PUBLISHED
    run = execution.Run(slow, page.clock, slow.lease_until - page.clock.now)
    for error in (Temporary("позже"), UnknownOutcome("не ответила")):
        with pytest.raises(actions.Superseded):
            sending._again_later(run, attempt, error)
    assert again(publication).state == PublicationState.PUBLISHED
    assert page.standing() == ["Яму засыпали."]
    assert told == ["published"]


def test_two_workers_claim_it_once(page: Page) -> None:
    queue(page, order(page.message()))
    assert len(page.claim()) == 1
    assert page.claim() == []


def test_published_by_hand_it_is_not_sent(page: Page, told: list[str]) -> None:
    publication = queue(page, order(page.message()))
    with write(EVERYTHING):
        actions.record_by_hand(7, publication.slot_key, url="https://vk.com/wall-1_2", now=page.clock.now)
    page.work()
    assert page.standing() == []
    assert again(publication).url == "https://vk.com/wall-1_2"
    assert told == []


def test_cancelled_it_is_not_sent_and_can_be_asked_for_again(page: Page) -> None:
    message = page.message()
    publication = queue(page, order(message))
    with write(EVERYTHING):
        assert actions.cancel(7, publication.slot_key)
    page.work()
    assert page.standing() == []
    queue(page, order(message, "Другой текст"))
    page.work()
    assert page.standing() == ["Другой текст"]


def test_a_text_in_doubt_is_not_followed_by_another_text(page: Page) -> None:
    message = page.message()
    publication = queue(page, order(message))
    page.misbehave("timeout_after")
    page.work()
    page.misbehave("dead_token")
    page.later(30 * SECOND)
    queue(page, order(message, "Другой текст"))
    page.misbehave("")
    page.later(HOUR)
    assert page.standing() == ["Яму засыпали."]
    assert again(publication).problem_code == "earlier_text"


def test_a_message_without_a_channel_is_a_persons_at_once(page: Page) -> None:
    message = page.message()
    message.account_id = None
    publication = queue(page, order(message))
    assert publication.state == PublicationState.NEEDS_PERSON
    assert publication.problem_code == "no_account"
    assert list(queries.waiting_for_a_person(page.account.organisation_id)) == [publication]


# --- Taking down ---


def test_a_published_reply_is_taken_down_once(page: Page) -> None:
    message = page.message()
    published = queue(page, order(message))
    page.work()
    down = order(message, "", number=2, kind="withdrawal", takes_down=published.slot_key)
    withdrawal = queue(page, down)
    page.work()
    assert page.standing() == []
    assert again(withdrawal).state == PublicationState.PUBLISHED


def test_a_reply_placed_by_hand_is_taken_down_by_hand(page: Page) -> None:
    message = page.message()
    published = queue(page, order(message))
    with write(EVERYTHING):
        actions.record_by_hand(7, published.slot_key, url="https://vk.com/wall-1_2", now=page.clock.now)
    withdrawal = queue(page, order(message, "", number=2, kind="withdrawal", takes_down=published.slot_key))
    page.work()
    assert again(withdrawal).state == PublicationState.NEEDS_PERSON
    assert withdrawal.problem_code == "by_hand"


def test_the_job_of_a_reply_that_is_done_ends(page: Page) -> None:
    queue(page, order(page.message()))
    page.work()
    assert not Job.objects.exclude(kind__startswith="incidents.").exclude(state=JobState.DONE).exists()
    assert inbox.PARSE in set(Job.objects.values_list("kind", flat=True))
    assert dt.timedelta(0) < sending.SETTLE < sending.KEEP_TRYING
