"""What every connector must keep, as tests that its own test class inherits.

A connector's tests build a `Bench` (the connector with its platform in the test's hands, no network) and give it as the
fixture `bench` of a class that inherits `ConnectorContract`:

class TestVk(ConnectorContract):
    @pytest.fixture
    def bench(self) -> Bench: ...

Tests of what a platform cannot do check that the connector says so. Assumes nothing of pytest itself.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol, TypeVar

from otklik.connectors.base import (
    Connector,
    ConnectorError,
    Context,
    Delivery,
    Idempotency,
    Permanent,
    Publication,
    Published,
    PublishedPart,
    RawPayload,
    Reauthorise,
    Temporary,
    UnknownOutcome,
)

CLIENT_ERROR, SERVER_ERROR = 400, 500


Kind = TypeVar("Kind", bound=ConnectorError)


class Behaviour(StrEnum):
    """How the platform on the bench behaves from now on."""

    WELL = "well"
    TIMEOUT_AFTER = "timeout_after"
    """Takes a reply, then does not answer."""
    TIMEOUT_BEFORE = "timeout_before"
    """Neither takes it nor answers."""
    REFUSES = "refuses"
    """Comments are closed here, for good."""
    SLOW_DOWN = "slow_down"
    """Too many requests; says how long to wait."""
    DEAD_TOKEN = "dead_token"  # noqa: S105  # no secret
    BREAKS = "breaks"
    """An error of the server, without a word of what became of the request."""


class Bench(Protocol):
    """A connector and its platform, in the test's hands."""

    @property
    def connector(self) -> Connector: ...

    def behave(self, how: Behaviour) -> None:
        """Let the platform behave so from the next request on."""

    def behave_from_part(self, how: Behaviour, part: int) -> None:
        """Let the platform behave so from the part with this number on (1: the first), well before."""

    def context(self) -> Context:
        """As the host hands it over."""

    def genuine(self) -> Delivery:
        """A delivery with one message, as the platform signs it; the same one at each call."""

    def forged(self) -> Delivery:
        """The same delivery from somebody who does not know the secret."""

    def unsigned(self) -> Delivery:
        """The same delivery without a signature at all."""

    def publication(self, text: str, done: tuple[PublishedPart, ...] = ()) -> Publication:
        """A reply to that message, always under the same key; `done`: the parts that already stand."""

    def standing(self) -> list[str]:
        """The texts of our replies that a reader sees now, in order."""


class ConnectorContract:
    """Inherit, and give the fixture `bench`."""

    # --- What comes in ---

    def test_a_delivery_without_the_right_signature_is_refused(self, bench: Bench) -> None:
        if not bench.connector.capabilities.receives:
            return
        for delivery in (bench.forged(), bench.unsigned()):
            receipt = bench.connector.receive(bench.context(), delivery)
            assert not receipt.accepted
            assert not receipt.payloads
            assert CLIENT_ERROR <= receipt.status < SERVER_ERROR

    def test_a_replayed_delivery_has_the_same_keys(self, bench: Bench) -> None:
        if not bench.connector.capabilities.receives:
            return
        first, again = (bench.connector.receive(bench.context(), bench.genuine()) for _ in range(2))
        assert first.accepted
        assert [payload.key for payload in first.payloads] == [payload.key for payload in again.payloads]
        assert all(payload.body for payload in first.payloads)

    def test_a_payload_read_twice_gives_the_same(self, bench: Bench) -> None:
        if not bench.connector.capabilities.receives:
            return
        (payload,) = bench.connector.receive(bench.context(), bench.genuine()).payloads
        first, again = (bench.connector.parse(bench.context(), payload) for _ in range(2))
        assert first == again
        (message,) = first.messages
        assert message.external_id
        assert message.place.thread_id
        assert message.posted_at is None or message.posted_at.tzinfo is not None

    def test_no_message_is_made_of_garbage(self, bench: Bench) -> None:
        for body in (b"", b"\x00", b"\xff\xfe", b"[]", b"{}", b'"text"', b'{"object": null}'):
            try:
                parsed = bench.connector.parse(bench.context(), RawPayload("garbage", body))
            except Exception:  # noqa: BLE001, S112  # the host keeps the payload and the problem
                continue
            assert not parsed.messages

    # --- What goes out ---

    def test_a_reply_stands_once_and_is_found(self, bench: Bench) -> None:
        if not bench.connector.capabilities.replies:
            _raises(Permanent, lambda: bench.connector.publish(bench.context(), bench.publication("Ответ")))
            return
        publication = bench.publication("Яму на Садовой засыпали.")
        published = bench.connector.publish(bench.context(), publication)
        assert bench.standing() == ["Яму на Садовой засыпали."]
        assert published.parts
        assert published.is_whole
        if bench.connector.capabilities.idempotency is Idempotency.FIND_OWN:
            found = bench.connector.find_own(bench.context(), publication)
            assert found is not None
            assert found.parts == published.parts

    def test_nothing_is_found_before_anything_was_sent(self, bench: Bench) -> None:
        if bench.connector.capabilities.idempotency is Idempotency.FIND_OWN:
            assert bench.connector.find_own(bench.context(), bench.publication("Ответ")) is None

    def test_the_same_key_twice_makes_one(self, bench: Bench) -> None:
        if bench.connector.capabilities.idempotency is not Idempotency.CLIENT_KEY:
            return
        publication = bench.publication("Ответ")
        first, again = (bench.connector.publish(bench.context(), publication) for _ in range(2))
        assert first.parts == again.parts
        assert len(bench.standing()) == 1

    def test_no_answer_after_the_reply_was_taken_is_an_unknown_outcome(self, bench: Bench) -> None:
        if not bench.connector.capabilities.replies:
            return
        publication = bench.publication("Ответ")
        bench.behave(Behaviour.TIMEOUT_AFTER)
        _raises(UnknownOutcome, lambda: bench.connector.publish(bench.context(), publication))
        bench.behave(Behaviour.WELL)
        assert bench.standing() == ["Ответ"]
        if bench.connector.capabilities.idempotency is Idempotency.FIND_OWN:
            found = bench.connector.find_own(bench.context(), publication)
            assert found is not None
            assert found.is_whole

    def test_no_answer_is_never_called_a_refusal(self, bench: Bench) -> None:
        if not bench.connector.capabilities.replies:
            return
        for how in (Behaviour.TIMEOUT_BEFORE, Behaviour.BREAKS):
            bench.behave(how)
            _raises(UnknownOutcome, lambda: bench.connector.publish(bench.context(), bench.publication("Ответ")))
        bench.behave(Behaviour.WELL)
        assert bench.standing() == []

    def test_each_refusal_says_what_to_do(self, bench: Bench) -> None:
        if not bench.connector.capabilities.replies:
            return
        kinds = (
            (Behaviour.REFUSES, Permanent),
            (Behaviour.SLOW_DOWN, Temporary),
            (Behaviour.DEAD_TOKEN, Reauthorise),
        )
        for how, kind in kinds:
            bench.behave(how)
            error = _raises(kind, lambda: bench.connector.publish(bench.context(), bench.publication("Ответ")))
            assert str(error)
            if isinstance(error, Temporary):
                assert error.retry_after is not None
                assert error.retry_after.total_seconds() > 0
        bench.behave(Behaviour.WELL)
        assert bench.standing() == []

    def test_looking_for_our_own_reply_fails_as_temporary(self, bench: Bench) -> None:
        """A look that failed must not pass for «it is not there»."""
        if bench.connector.capabilities.idempotency is not Idempotency.FIND_OWN:
            return
        for how in (Behaviour.SLOW_DOWN, Behaviour.BREAKS):
            bench.behave(how)
            _raises(Temporary, lambda: bench.connector.find_own(bench.context(), bench.publication("Ответ")))

    def test_a_long_reply_resumes_between_its_parts(self, bench: Bench) -> None:
        can = bench.connector.capabilities
        if not (can.replies and can.parts and can.max_length):
            return
        text = " ".join(f"слово{number}" for number in range(can.max_length // 4))
        publication = bench.publication(text)
        bench.behave_from_part(Behaviour.SLOW_DOWN, 2)
        error = _raises(Temporary, lambda: bench.connector.publish(bench.context(), publication))
        assert len(error.done_parts) == 1
        bench.behave(Behaviour.WELL)
        if can.idempotency is Idempotency.FIND_OWN:
            found = bench.connector.find_own(bench.context(), publication)
            assert found is not None
            assert not found.is_whole
            assert found.parts == error.done_parts
        resumed = bench.publication(text, done=error.done_parts)
        published = bench.connector.publish(bench.context(), resumed)
        assert published.parts[:1] == error.done_parts
        assert "".join(bench.standing()).split() == text.split()
        assert all(len(part) <= can.max_length for part in bench.standing())

    def test_what_is_taken_down_stands_no_more(self, bench: Bench) -> None:
        if not bench.connector.capabilities.withdraws:
            _raises(Permanent, lambda: bench.connector.withdraw(bench.context(), Published(())))
            return
        published = bench.connector.publish(bench.context(), bench.publication("Ответ"))
        for _ in range(2):  # taking down twice is harmless: the host may not know that it was done
            bench.connector.withdraw(bench.context(), published)
        assert bench.standing() == []

    def test_what_is_not_polled_says_so(self, bench: Bench) -> None:
        if bench.connector.capabilities.polls:
            polled = bench.connector.poll(bench.context(), "")
            assert polled.again_after.total_seconds() > 0
        else:
            _raises(Permanent, lambda: bench.connector.poll(bench.context(), ""))


def _raises(kind: type[Kind], call: Callable[[], object]) -> Kind:
    try:
        call()
    except kind as error:
        return error
    raise AssertionError(f"{kind.__name__} was expected.")
