"""The demo connector keeps the contract; and the contract catches a connector that does not."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import httpx
import pytest

from otklik.channels.models import Account
from otklik.connectors.base import Context, Delivery, Permanent, Place, Publication, Published, PublishedPart
from otklik.connectors.demo import DemoConnector
from otklik.connectors.testkit import Behaviour, ConnectorContract
from otklik.demo_network.models import Comment, Post
from otklik.demo_network.transport import DemoTransport
from otklik.orgs.models import Organisation
from tests.channels.hands import NOON, make_page

pytestmark = pytest.mark.django_db


class FromPart(httpx.BaseTransport):
    """Behaves well until the given part is written."""

    def __init__(self, bench: "DemoBench") -> None:
        self._bench = bench

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        bench = self._bench
        if request.method == "POST":
            bench.written += 1
        is_well = request.method == "POST" and bench.written < bench.from_part
        how = "" if is_well or bench.how is Behaviour.WELL else bench.how.value
        account = Account(pk=bench.account.pk, settings={"misbehaves": how})
        return DemoTransport(account).handle_request(request)


@dataclass
class DemoBench:
    """See `testkit.Bench`."""

    account: Account
    post: Post
    connector: DemoConnector = field(default_factory=DemoConnector)
    how: Behaviour = Behaviour.WELL
    from_part: int = 0
    written: int = 0

    def behave(self, how: Behaviour) -> None:
        self.how, self.from_part = how, 0

    def behave_from_part(self, how: Behaviour, part: int) -> None:
        self.how, self.from_part, self.written = how, part, 0

    def context(self) -> Context:
        return Context(
            account=str(self.account.pk),
            settings={},
            secrets={"delivery": "секрет"},
            now=NOON,
            http=lambda: httpx.Client(transport=FromPart(self)),
        )

    def genuine(self) -> Delivery:
        return self._delivery({"x-demo-secret": "секрет"})

    def forged(self) -> Delivery:
        return self._delivery({"x-demo-secret": "угадал"})

    def unsigned(self) -> Delivery:
        return self._delivery({})

    def _delivery(self, headers: dict[str, str]) -> Delivery:
        told = {
            "id": f"p{self.post.pk}",
            "post": str(self.post.pk),
            "author": "Ирина",
            "author_id": "irina",
            "text": "На Садовой яма",
            "at": NOON.isoformat(),
            "url": "/demo-network/town/#post-1",
        }
        body = json.dumps({"event": f"post-{self.post.pk}", "object": told}).encode()
        return Delivery("POST", "/", headers, {}, body, "127.0.0.1")

    def publication(self, text: str, done: tuple[PublishedPart, ...] = ()) -> Publication:
        return Publication("7/1/final/1", Place(str(self.post.pk), f"p{self.post.pk}"), text, done_parts=done)

    def standing(self) -> list[str]:
        rows = Comment.objects.filter(is_official=True, deleted_at__isnull=True)
        return list(rows.order_by("pk").values_list("text", flat=True))


@pytest.fixture
def demo_bench(organisation_factory: Callable[..., Organisation]) -> DemoBench:
    page = make_page(organisation_factory(act="altai-2020-132"))
    return DemoBench(page.account, Post.objects.create(community=page.community, author="Ирина", posted_at=NOON))


class TestDemo(ConnectorContract):
    @pytest.fixture
    def bench(self, demo_bench: DemoBench) -> DemoBench:
        return demo_bench


def test_what_is_attached_goes_with_the_last_part(demo_bench: DemoBench) -> None:
    from otklik.connectors.base import OutgoingAttachment

    picture = OutgoingAttachment("picture", "яма.jpg", "image/jpeg", lambda: b"")
    long = replace(demo_bench.publication("слово " * 400), attachments=(picture,))
    demo_bench.connector.publish(demo_bench.context(), long)
    assert [comment.attachments for comment in Comment.objects.order_by("pk")] == [
        [],
        [{"kind": "picture", "name": "яма.jpg"}],
    ]
    assert Comment.objects.latest("pk").shown.endswith("📎 яма.jpg")


def test_it_sees_nothing_of_another_community(demo_bench: DemoBench) -> None:
    demo_bench.account = Account(pk=demo_bench.account.pk + 1)
    with pytest.raises(Permanent):
        demo_bench.connector.publish(demo_bench.context(), demo_bench.publication("Ответ"))
    assert demo_bench.standing() == []


# --- The contract notices ---


class SendsBlindly(DemoConnector):
    """Calls a time-out a refusal: the host would send again."""

    def publish(self, context: Context, publication: Publication) -> Published:
        try:
            return super().publish(context, publication)
        except Exception as error:
            raise Permanent("не вышло") from error


class TrustsAnybody(DemoConnector):
    def receive(self, context: Context, delivery: Delivery) -> object:  # type: ignore[override]
        return super().receive(context, replace(delivery, headers={"x-demo-secret": context.secrets["delivery"]}))


class FindsNothing(DemoConnector):
    def find_own(self, context: Context, publication: Publication) -> None:
        del context, publication


@pytest.mark.parametrize(
    ("liar", "check"),
    [
        (SendsBlindly, "test_no_answer_after_the_reply_was_taken_is_an_unknown_outcome"),
        (SendsBlindly, "test_no_answer_is_never_called_a_refusal"),
        (TrustsAnybody, "test_a_delivery_without_the_right_signature_is_refused"),
        (FindsNothing, "test_a_reply_stands_once_and_is_found"),
        (FindsNothing, "test_looking_for_our_own_reply_fails_as_temporary"),
    ],
)
def test_a_connector_that_breaks_the_contract_fails_it(
    demo_bench: DemoBench, liar: type[DemoConnector], check: str
) -> None:
    demo_bench.connector = liar()
    with pytest.raises((AssertionError, Permanent)):
        getattr(ConnectorContract(), check)(demo_bench)
