"""The outbox: what a platform refuses or cannot do, and how often replies may go out."""

import io
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from otklik.channels import sending
from otklik.channels.models import AccountState, PublicationState
from otklik.connectors import registry
from otklik.connectors.demo.connector import DemoConnector
from otklik.demo_network.models import Comment
from otklik.files import actions as files
from otklik.regulation.model.policies import NetworkLimit
from tests.channels.hands import HOUR, MINUTE, NOON, SECOND, Page, again, order, queue
from tests.files.samples import PDF

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]


# --- Refusals ---


@pytest.mark.parametrize(
    ("how", "state", "code"),
    [
        ("refuses", PublicationState.FAILED, "403"),
        ("dead_token", PublicationState.NEEDS_PERSON, "401"),
    ],
)
def test_what_a_platform_refuses_is_told(
    page: Page, told: list[str], how: str, state: PublicationState, code: str
) -> None:
    publication = queue(page, order(page.message()))
    page.misbehave(how)
    page.work()
    assert again(publication).state == state
    assert publication.problem_code == code
    assert told == [state.value]
    assert page.later(HOUR) == []


def test_a_dead_token_stops_the_account(page: Page) -> None:
    message = page.message()
    queue(page, order(message))
    page.misbehave("dead_token")
    page.work()
    page.account.refresh_from_db()
    assert page.account.state == AccountState.NEEDS_SIGN_IN
    assert "token" in page.account.problem
    other = queue(page, order(message, number=2))
    page.misbehave("")
    page.work()
    assert again(other).state == PublicationState.NEEDS_PERSON
    assert other.problem_code == "account_stopped"
    assert page.standing() == []


def test_slow_down_for_hours_becomes_a_persons_task(page: Page, told: list[str]) -> None:
    publication = queue(page, order(page.message()))
    page.misbehave("slow_down")
    page.work()
    assert again(publication).state == PublicationState.QUEUED
    page.later(2 * HOUR - SECOND)
    assert again(publication).state == PublicationState.QUEUED
    assert told == []
    page.later(5 * SECOND)
    assert again(publication).state == PublicationState.NEEDS_PERSON
    assert told == ["needs_person"]


def test_asked_for_again_after_hours_it_has_its_two_hours_anew(page: Page) -> None:
    message = page.message()
    publication = queue(page, order(message))
    page.misbehave("slow_down")
    page.work()
    page.later(3 * HOUR)
    assert again(publication).state == PublicationState.NEEDS_PERSON
    queue(page, order(message))
    page.work()
    assert again(publication).state == PublicationState.QUEUED
    page.misbehave("")
    page.later(5 * SECOND)
    assert page.standing() == ["Яму засыпали."]


def test_silence_for_hours_becomes_a_persons_task_with_a_warning(page: Page) -> None:
    publication = queue(page, order(page.message()))
    page.misbehave("timeout_before")
    for _ in range(8):
        page.work()
        page.clock.now += 20 * MINUTE
    assert again(publication).state == PublicationState.NEEDS_PERSON
    assert publication.problem.startswith("Возможно, ответ уже размещён")


def test_an_error_of_ours_before_the_call_is_not_an_unknown_outcome(page: Page, told: list[str]) -> None:
    def broken(*_given: object) -> None:
        raise RuntimeError("a bug")

    publication = queue(page, order(page.message()))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sending, "context_for", broken)
        page.work()
    assert again(publication).state == PublicationState.QUEUED
    assert told == []
    page.later(30 * SECOND)
    assert page.standing() == ["Яму засыпали."]


# --- What the platform cannot do ---


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"on_own_page": True}, "no_own_page"),
        ({"attachments": (str(uuid4()),)}, "no_file"),
        ({"takes_down": "1/final/1"}, "by_hand"),
    ],
)
def test_what_cannot_be_done_is_a_persons_and_nothing_is_sent(page: Page, more: dict[str, Any], code: str) -> None:
    publication = queue(page, order(page.message(), **more))
    page.work()
    assert again(publication).state == PublicationState.NEEDS_PERSON
    assert publication.problem_code == code
    assert publication.problem
    assert page.standing() == []


def test_what_is_attached_goes_out_with_the_reply(page: Page) -> None:
    record = files.store(page.account.organisation_id, io.BytesIO(PDF), name="Акт.pdf", uploaded_by=None, now=NOON)
    publication = queue(page, order(page.message(), attachments=(str(record.pk),)))
    page.work()
    assert again(publication).state == PublicationState.PUBLISHED
    comment = Comment.objects.get(is_official=True)
    assert comment.attachments == [{"kind": "document", "name": "Акт.pdf"}]


def test_an_attachment_that_a_network_does_not_take_is_a_persons(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        DemoConnector, "capabilities", replace(DemoConnector.capabilities, attachments=frozenset({"picture"}))
    )
    record = files.store(page.account.organisation_id, io.BytesIO(PDF), name="Акт.pdf", uploaded_by=None, now=NOON)
    publication = queue(page, order(page.message(), attachments=(str(record.pk),)))
    page.work()
    assert again(publication).state == PublicationState.NEEDS_PERSON
    assert publication.problem_code == "attachments"
    assert page.standing() == []


def test_a_text_too_long_for_a_network_without_parts_fails_before_it_is_sent(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    can = replace(DemoConnector.capabilities, parts=False, max_length=10)
    monkeypatch.setattr(DemoConnector, "capabilities", can)
    short, long = order(page.message(), "1234567890"), order(page.message(), "12345678901")
    fits, does_not = queue(page, short), queue(page, long)
    page.work()
    assert again(fits).state == PublicationState.PUBLISHED
    assert again(does_not).state == PublicationState.FAILED
    assert does_not.problem_code == "too_long"


def test_a_connector_that_is_gone_leaves_it_to_a_person(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    publication = queue(page, order(page.message()))
    monkeypatch.setattr(registry, "all_connectors", dict)
    page.work()
    assert again(publication).state == PublicationState.NEEDS_PERSON
    assert publication.problem_code == "no_connector"


# --- How often ---


def limit(**more: int) -> NetworkLimit:
    return NetworkLimit.model_validate({"network": "demo", "clause": "14", "quote": "не чаще", **more})


def test_identical_replies_wait_for_their_hour(page: Page) -> None:
    message, limits = page.message(), [limit(identical_replies_an_hour=2)]
    first, second, third = (queue(page, order(message, number=number, limits=limits)) for number in (1, 2, 3))
    other = queue(page, order(message, "Другой ответ", number=4, limits=limits))
    page.work()
    assert [again(one).state for one in (first, second, third, other)] == [
        *(PublicationState.PUBLISHED, PublicationState.PUBLISHED, PublicationState.QUEUED, PublicationState.PUBLISHED)
    ]
    assert third.problem == "Одинаковых ответов за час - уже 2, больше нельзя до 27.11.2026 13:00."
    page.later(HOUR - SECOND)
    assert again(third).state == PublicationState.QUEUED
    page.later(SECOND)
    assert again(third).state == PublicationState.PUBLISHED


def test_a_day_that_is_full_is_a_persons_at_once(page: Page) -> None:
    message, limits = page.message(), [limit(comments_a_day=1)]
    first, second = (queue(page, order(message, f"Ответ {number}", number, limits=limits)) for number in (1, 2))
    page.work()
    assert (again(first).state, again(second).state) == (PublicationState.PUBLISHED, PublicationState.NEEDS_PERSON)
    assert second.problem_code == "comments_a_day"
    page.clock.now += 12 * HOUR  # midnight in Moscow
    third = queue(page, order(message, "Ответ 3", 3, limits=limits))
    page.work()
    assert again(third).state == PublicationState.PUBLISHED


def test_a_call_without_an_answer_counts(page: Page) -> None:
    message, limits = page.message(), [limit(identical_replies_an_hour=1)]
    queue(page, order(message, number=1, limits=limits))
    page.misbehave("timeout_before")
    page.work("channels.send")
    page.misbehave("")
    second = queue(page, order(message, number=2, limits=limits))
    page.later(SECOND)
    assert again(second).state == PublicationState.QUEUED
    assert page.standing() == []
