"""The inbox: stored and acknowledged before it is read; asked at the platform's pace."""

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from otklik.channels import actions, inbox, jobs, queries
from otklik.channels.models import Account, AccountState
from otklik.connectors import registry
from otklik.connectors.base import Delivery, Polled, RawPayload, Reauthorise, Temporary
from otklik.connectors.demo.connector import DemoConnector
from otklik.jobs.models import Job
from otklik.messages.models import Message, RawMessage
from otklik.orgs.models import Organisation
from otklik.project import keyring
from tests.channels.hands import MINUTE, NOON, SECOND, Page, make_page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("told")]

SECRET = "secret of the demo network"


def delivery(body: bytes, secret: str = SECRET) -> Delivery:
    return Delivery("POST", "/", {"x-demo-secret": secret}, {}, body, "127.0.0.1")


def post(number: int = 1, text: str = "Яма") -> bytes:
    told = {
        "id": f"p{number}",
        "post": str(number),
        "author": "Ирина",
        "author_id": "irina",
        "text": text,
        "at": NOON.isoformat(),
        "url": f"/demo-network/town/#post-{number}",
    }
    return json.dumps({"event": f"post-{number}", "type": "post", "object": told}).encode()


def test_stored_and_acknowledged_before_it_is_read(page: Page) -> None:
    receipt = inbox.deliver(page.account, delivery(post()), now=NOON)
    assert receipt.accepted
    assert receipt.answer == b"ok"
    assert RawMessage.objects.get().parsed_at is None
    assert not Message.objects.exists()
    page.work()
    assert Message.objects.get().text == "Яма"
    assert RawMessage.objects.get().parsed_at == NOON


def test_a_replay_is_stored_once(page: Page) -> None:
    for _ in range(3):
        assert inbox.deliver(page.account, delivery(post()), now=NOON).accepted
    page.work()
    assert RawMessage.objects.count() == Message.objects.count() == 1
    assert Message.objects.get().copies == 0


def test_a_forged_delivery_leaves_nothing(page: Page) -> None:
    for secret in ("", "wrong", SECRET + "x", "\udcff"):
        receipt = inbox.deliver(page.account, delivery(post(), secret), now=NOON)
        assert receipt.status == 403
    assert not RawMessage.objects.exists()


@pytest.mark.parametrize(
    "body",
    [b"not json", b"[]", b"{}", b'{"event": "e\\u0000", "object": {"id": 1}}', b"\xff\xfe\x00"],
)
def test_what_cannot_be_read_is_kept_with_the_problem(page: Page, body: bytes) -> None:
    assert inbox.deliver(page.account, delivery(body), now=NOON).accepted
    page.work()
    raw = RawMessage.objects.get()
    assert bytes(raw.body) == body
    assert raw.problem
    assert raw.parsed_at == NOON
    assert not Message.objects.exists()
    inbox.deliver(page.account, delivery(post()), now=NOON)
    page.work()
    assert Message.objects.count() == 1


def test_a_key_longer_than_the_column_stays_its_own(page: Page) -> None:
    for ending in "ab":
        body = json.dumps({"event": "e" * 400 + ending, "object": {}}).encode()
        inbox.deliver(page.account, delivery(body), now=NOON)
    assert RawMessage.objects.count() == 2


def test_when_the_secrets_do_not_open_the_payload_waits(page: Page) -> None:
    """A key ring that is away for an hour must not mark payloads as unreadable."""
    inbox.deliver(page.account, delivery(post()), now=NOON)

    def away(*_given: object) -> None:
        raise keyring.KeyRingError("the key ring is away")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(inbox, "context_for", away)
        page.work()
    raw = RawMessage.objects.get()
    assert (raw.parsed_at, raw.problem) == (None, "")
    page.later(10 * SECOND)
    assert Message.objects.count() == 1


def test_a_stopped_account_has_no_address(page: Page) -> None:
    assert queries.active_account(page.account.inbox_key) == page.account
    actions.stop_account(page.account, AccountState.NEEDS_SIGN_IN, "")
    assert queries.active_account(page.account.inbox_key) == page.account  # it still receives
    actions.stop_account(page.account, AccountState.STOPPED, "")
    assert queries.active_account(page.account.inbox_key) is None
    assert queries.active_account("") is None


def test_the_same_ids_on_two_accounts_of_two_organisations_are_two_messages(
    page: Page, organisation_factory: Callable[..., Organisation]
) -> None:
    other = make_page(organisation_factory(act="altai-2020-132"), key="village")
    for one in (page, other):
        inbox.deliver(one.account, delivery(post()), now=NOON)
    page.work()
    assert set(Message.objects.values_list("organisation_id", flat=True)) == {
        page.account.organisation_id,
        other.account.organisation_id,
    }


# --- Platforms that are asked ---


class Asked(DemoConnector):
    """Gives one post a time, and counts how often it was asked."""

    name = "asked"
    capabilities = replace(DemoConnector.capabilities, receives=False, polls=True)

    def __init__(self) -> None:
        self.cursors: list[str] = []
        self.error: Exception | None = None

    def poll(self, context: object, cursor: str) -> Polled:
        del context
        self.cursors.append(cursor)
        if self.error is not None:
            raise self.error
        number = int(cursor or "0") + 1
        payload = RawPayload(f"post-{number}", post(number))
        return Polled((payload,), str(number), again_after=dt.timedelta(minutes=2))


@pytest.fixture
def asked(page: Page, monkeypatch: pytest.MonkeyPatch) -> Asked:
    connector = Asked()
    monkeypatch.setattr(registry, "all_connectors", lambda: {"asked": connector})
    Account.objects.filter(pk=page.account.pk).update(connector="asked")
    page.account.refresh_from_db()
    return connector


def tick(page: Page, by: dt.timedelta = 0 * SECOND) -> None:
    page.clock.now += by
    jobs.ask(page.clock.now)
    page.work()


def test_asked_at_its_own_pace_from_where_it_stopped(page: Page, asked: Asked) -> None:
    tick(page)
    tick(page, 2 * MINUTE - SECOND)
    assert asked.cursors == [""]
    tick(page, SECOND)
    tick(page, MINUTE)
    assert asked.cursors == ["", "1"]
    assert Message.objects.count() == 2


def test_two_ticks_at_once_ask_once(page: Page, asked: Asked) -> None:
    jobs.ask(NOON)
    jobs.ask(NOON)
    assert Job.objects.filter(kind=inbox.POLL).count() == 1
    page.work()
    assert asked.cursors == [""]


def test_a_failure_keeps_the_cursor_and_waits_as_long_as_it_is_told(page: Page, asked: Asked) -> None:
    tick(page)
    asked.error = Temporary("подождите", retry_after=dt.timedelta(minutes=5))
    tick(page, 2 * MINUTE)
    asked.error = None
    tick(page, 5 * MINUTE - SECOND)
    assert asked.cursors == ["", "1"]
    page.account.refresh_from_db()
    assert page.account.problem == "подождите"
    tick(page, SECOND)
    assert asked.cursors == ["", "1", "1"]
    page.account.refresh_from_db()
    assert page.account.problem == ""
    assert Message.objects.count() == 2


def test_a_dead_token_stops_the_asking(page: Page, asked: Asked) -> None:
    asked.error = Reauthorise("вход истёк")
    tick(page)
    tick(page, 10 * MINUTE)
    assert asked.cursors == [""]
    page.account.refresh_from_db()
    assert page.account.state == AccountState.NEEDS_SIGN_IN


def test_who_is_not_asked_has_no_job(page: Page) -> None:
    jobs.ask(page.clock.now)
    assert not Job.objects.filter(kind=inbox.POLL).exists()
