"""Messages come in once, whatever they hold; what the author changes later is kept beside what it was."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from otklik.connectors.base import Author, ChangeKind, IncomingChange, IncomingMessage, Place
from otklik.incidents.models import Incident
from otklik.messages import actions
from otklik.messages.actions import Arrival, Coming, HandMade, MessageRefused
from otklik.messages.models import Author as AuthorRow
from otklik.messages.models import Message, MessageSource, RawMessage
from otklik.orgs.models import Organisation
from tests.cast import Cast, make_cast

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
ARRIVAL = Arrival(source=MessageSource.CHANNEL, now=NOON)


@pytest.fixture
def town(organisation_factory: Callable[..., Organisation]) -> Organisation:
    return organisation_factory(act="altai-2020-132")


def incoming(text: str = "На Садовой яма", number: str = "1", **more: Any) -> IncomingMessage:
    given: dict[str, Any] = {
        "external_id": f"wall-1_{number}",
        "place": Place("1", number, url=f"https://vk.com/wall-1_{number}"),
        "author": Author("id7", "Ирина", "https://vk.com/id7"),
        "text": text,
        "posted_at": NOON - HOUR,
    }
    return IncomingMessage(**(given | more))


def take(town: Organisation, message: IncomingMessage, network: str = "vk", **more: Any) -> actions.TakenIn:
    return actions.take_in(town, network, message, replace(ARRIVAL, **more))


# --- Once ---


def test_a_new_message_is_told_and_opens_one_incident(town: Organisation) -> None:
    taken = take(town, incoming())
    assert taken.is_new
    assert taken.message.detected_at == NOON
    assert Incident.objects.get().message == taken.message


def test_the_same_message_again_changes_nothing_but_its_copies(town: Organisation, news: list[list[Message]]) -> None:
    first = take(town, incoming())
    again = take(town, incoming("Другой текст"))
    assert not again.is_new
    assert again.message == first.message
    message = Message.objects.get()
    assert (message.text, message.copies) == ("На Садовой яма", 1)
    assert len(news) == 1


def test_the_same_id_elsewhere_is_another_message(
    town: Organisation, news: list[list[Message]], organisation_factory: Callable[..., Organisation]
) -> None:
    take(town, incoming())
    take(town, incoming(), network="ok")
    take(organisation_factory(), incoming())
    assert Message.objects.count() == len(news) == 3


def test_many_together_are_told_together_and_their_copies_counted(
    town: Organisation, news: list[list[Message]]
) -> None:
    take(town, incoming())
    coming = [Coming("vk", incoming(number=number), ARRIVAL) for number in "122133"]
    taken = actions.take_in_many(town, coming)
    assert [one.is_new for one in taken] == [False, True, False, False, True, False]
    assert dict(Message.objects.values_list("external_id", "copies")) == {"wall-1_1": 2, "wall-1_2": 1, "wall-1_3": 1}
    assert [[one.external_id for one in told] for told in news] == [["wall-1_1"], ["wall-1_2", "wall-1_3"]]


def test_our_own_and_what_is_no_news_are_not_told(town: Organisation, news: list[list[Message]]) -> None:
    take(town, incoming(is_own=True))
    take(town, incoming(number="2"), is_news=False)
    assert news == []
    assert Message.objects.count() == 2


def test_if_a_listener_fails_the_message_has_not_come(town: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_found: object) -> None:
        raise RuntimeError("no incident")

    monkeypatch.setattr("otklik.messages.hooks._on_detected", [fail])
    with pytest.raises(RuntimeError):
        take(town, incoming())
    assert not Message.objects.exists()
    assert not AuthorRow.objects.exists()


def test_an_author_is_one_and_takes_their_new_name(town: Organisation, news: list[list[Message]]) -> None:
    take(town, incoming())
    take(town, incoming(number="2", author=Author("id7", "Ирина Петрова")))
    take(town, incoming(number="3", author=Author("id7")))
    take(town, incoming(number="4", author=Author("")))
    author = AuthorRow.objects.get()
    assert author.name == "Ирина Петрова"
    assert author.messages.count() == 3
    assert Message.objects.get(external_id="wall-1_4").author is None
    assert len(news) == 4


# --- Whatever they hold ---


def test_five_megabytes_of_emoji(town: Organisation) -> None:
    text = "🕳️" * (5 * 1024 * 1024 // len("🕳️".encode()))
    assert len(text.encode()) > 5_000_000
    message = take(town, incoming(text)).message
    message.refresh_from_db()
    assert message.text == text
    assert Incident.objects.get().excerpt.startswith("🕳️")


def test_nul_and_lone_surrogates_anywhere(town: Organisation) -> None:
    bad = "а\x00б\ud83d"
    message = take(
        town,
        incoming(
            bad,
            external_id=bad,
            place=Place(bad, bad, bad, bad, {bad: bad}),
            author=Author(bad, bad, bad),
        ),
        topic=bad,
        place_name=bad,
    ).message
    message.refresh_from_db()
    good = "аб\N{REPLACEMENT CHARACTER}"
    assert (message.text, message.external_id, message.thread_id, message.url) == (good, good, good, good)
    assert (message.topic, message.place_name, message.author_name) == (good, good, good)
    assert message.place["extra"] == {good: good}
    assert Incident.objects.get().topic == good


@pytest.mark.parametrize(
    ("posted_at", "kept"),
    [
        (NOON, True),
        (NOON + dt.timedelta(days=1), True),  # clocks differ
        (NOON + dt.timedelta(days=1, seconds=1), False),
        (dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.UTC), False),
        (dt.datetime(1990, 1, 1, tzinfo=dt.UTC), True),
        (dt.datetime(1989, 12, 31, 23, 59, 59, tzinfo=dt.UTC), False),
        (dt.datetime(1, 1, 1, tzinfo=dt.timezone(dt.timedelta(hours=14))), False),
        (dt.datetime(2026, 11, 27), False),  # noqa: DTZ001  # the case: no zone
        (None, True),
    ],
)
def test_a_date_that_cannot_be_true_is_dropped_and_the_message_kept(
    town: Organisation, posted_at: dt.datetime | None, kept: bool
) -> None:
    message = take(town, incoming(posted_at=posted_at)).message
    message.refresh_from_db()
    assert message.posted_at == (posted_at if kept else None)
    assert Incident.objects.count() == 1


def test_ids_longer_than_a_column_stay_different(town: Organisation, news: list[list[Message]]) -> None:
    for ending in "ab":
        take(town, incoming(external_id="x" * 300 + ending, place=Place("t" * 301, "1", url="u" * 3000)))
    assert Message.objects.count() == 2
    assert len(news) == 2


def test_messages_without_an_id_stay_different(town: Organisation, news: list[list[Message]]) -> None:
    for text in ("Яма", "Фонарь", "Яма"):
        take(town, incoming(text, external_id=""))
    assert Message.objects.count() == len(news) == 2


# --- What changes later ---


def change(town: Organisation, kind: ChangeKind, text: str | None = None, at: dt.datetime | None = None) -> Message:
    changed = actions.change(town, "vk", IncomingChange(kind, "wall-1_1", text, at), now=NOON + 2 * HOUR)
    assert changed is not None
    changed.refresh_from_db()
    return changed


def test_an_edit_keeps_every_earlier_text(town: Organisation) -> None:
    take(town, incoming("Первый"))
    change(town, ChangeKind.EDITED, "Второй", NOON + HOUR)
    message = change(town, ChangeKind.EDITED, "Третий\x00")
    assert message.text == "Третий"
    assert message.edited_at == NOON + 2 * HOUR
    assert list(message.earlier_texts.values_list("text", "until_at")) == [
        ("Первый", NOON + HOUR),
        ("Второй", NOON + 2 * HOUR),
    ]
    assert Incident.objects.get().excerpt == "Третий"


def test_an_edit_that_changes_nothing_leaves_no_trace(town: Organisation) -> None:
    take(town, incoming("Первый"))
    assert change(town, ChangeKind.EDITED, "Первый").edited_at is None
    assert change(town, ChangeKind.EDITED, None).earlier_texts.count() == 0


def test_a_deleted_message_keeps_its_text(town: Organisation) -> None:
    take(town, incoming("Первый"))
    message = change(town, ChangeKind.DELETED, at=NOON + HOUR)
    assert (message.text, message.deleted_at) == ("Первый", NOON + HOUR)
    assert change(town, ChangeKind.DELETED).deleted_at == NOON + HOUR
    assert change(town, ChangeKind.RESTORED).deleted_at is None


def test_a_change_of_a_message_that_we_do_not_know_is_nothing(town: Organisation) -> None:
    changed = IncomingChange(ChangeKind.DELETED, "wall-1_404")
    assert actions.change(town, "vk", changed, now=NOON) is None


# --- Raw ---


def test_a_raw_payload_is_stored_once_by_its_key(town: Organisation) -> None:
    for body in (b"first", b"second"):
        raw, _ = actions.store_raw(town, account_id=1, key="k\x00", body=body, content_type="text/plain", now=NOON)
    assert bytes(RawMessage.objects.get().body) == b"first"
    actions.mark_parsed(raw, now=NOON, problem="не разобрано\x00\ud800")
    assert RawMessage.objects.get().problem == "не разобрано\N{REPLACEMENT CHARACTER}"


# --- By hand ---


@pytest.fixture
def cast() -> Cast:
    return make_cast(act="altai-2020-132")


def test_by_hand_the_same_address_is_the_same_message(cast: Cast) -> None:
    made = HandMade(network="vk", text="Яма", url=" https://vk.com/wall-1_2 ", author_name="Ирина")
    first = actions.enter_by_hand(cast.organisation, cast.curator, made, now=NOON)
    again = actions.enter_by_hand(cast.organisation, cast.curator, made, now=NOON)
    assert (first.is_new, again.is_new) == (True, False)
    assert first.message.entered_by == cast.curator
    assert Incident.objects.count() == 1


def test_by_hand_without_an_address_each_is_its_own(cast: Cast) -> None:
    for _ in range(2):
        actions.enter_by_hand(cast.organisation, cast.curator, HandMade(network="vk", text="Яма"), now=NOON)
    assert Incident.objects.count() == 2


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (HandMade(network="vk", text=" \n"), "text_required"),
        (HandMade(network="vk", text="Яма", posted_at=NOON + dt.timedelta(seconds=1)), "posted_in_future"),
    ],
)
def test_by_hand_what_cannot_be_is_refused(cast: Cast, made: HandMade, code: str) -> None:
    with pytest.raises(MessageRefused) as refused:
        actions.enter_by_hand(cast.organisation, cast.curator, made, now=NOON)
    assert refused.value.code == code
    assert not Message.objects.exists()


def test_who_monitors_sees_the_messages_of_their_organisation_alone(cast: Cast) -> None:
    from otklik.messages import access

    take(cast.organisation, incoming())
    assert access.visible_to(cast.curator).count() == access.visible_to(cast.operator).count() == 1
    for person in (cast.executor, cast.administrator, cast.outsider):
        assert not access.visible_to(person).exists()
