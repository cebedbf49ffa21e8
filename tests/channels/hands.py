"""Hands for the tests of channels: a page in the demo network with its account, a work process that is one function,
and the ways in which it may be killed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from otklik.channels import actions, sending
from otklik.channels.models import Account, Publication
from otklik.connectors.demo.connector import DemoConnector
from otklik.demo_network import actions as network
from otklik.demo_network.models import Comment, Community, Post
from otklik.jobs import actions as jobs
from otklik.jobs import execution
from otklik.jobs.models import Job
from otklik.messages.models import Message
from otklik.orgs.models import Organisation
from otklik.process.state import ReplyKind, Slot
from otklik.project.tenancy import tenant
from otklik.project.transactions import EVERYTHING, write

NOON = dt.datetime(2026, 11, 27, 9, 0, tzinfo=dt.UTC)
"""Friday, noon in Moscow."""
SECOND = dt.timedelta(seconds=1)
MINUTE = dt.timedelta(minutes=1)
HOUR = dt.timedelta(hours=1)


class Killed(BaseException):
    """The process died here: nothing after this line happened."""


@dataclass
class Clock:
    now: dt.datetime = NOON

    def __call__(self) -> dt.datetime:
        return self.now


@dataclass
class Page:
    """A page in the demo network, the account behind it, and the work process."""

    account: Account
    community: Community
    clock: Clock = field(default_factory=Clock)

    def post(self, text: str = "На Садовой яма", visitor: str = "irina") -> Post:
        return network.post(
            self.community, author="Ирина", text=text, place="Садовая", visitor=visitor, now=self.clock.now
        )

    def comment(self, post: Post, text: str, visitor: str = "irina") -> Comment:
        return network.comment(post, author="Ирина", text=text, visitor=visitor, now=self.clock.now)

    def work(self, kind: str = "") -> list[execution.Ended]:
        """Do everything that is due now, until nothing is."""
        ended: list[execution.Ended] = []
        while claims := self.claim(kind):
            with tenant(()):  # as the work process: a job sees what it asks to see
                ended += [execution.execute(claim, self.clock) for claim in claims]
        return ended

    def claim(self, kind: str = "") -> list[jobs.Claim]:
        if kind and not Job.objects.filter(kind=kind, run_at__lte=self.clock.now).exists():
            return []
        return jobs.claim(limit=20, now=self.clock.now)

    def later(self, by: dt.timedelta, kind: str = "") -> list[execution.Ended]:
        """Let time pass, and the work process work."""
        self.clock.now += by
        return self.work(kind)

    def misbehave(self, how: str) -> None:
        self.account.settings = {"misbehaves": how} if how else {}
        self.account.save(update_fields=["settings"])

    def standing(self) -> list[str]:
        """The official comments that a reader sees."""
        rows = Comment.objects.filter(is_official=True, deleted_at__isnull=True, post__community=self.community)
        return list(rows.order_by("pk").values_list("text", flat=True))

    def message(self) -> Message:
        """A post of now, read into a message."""
        post = self.post()
        self.work()
        return Message.objects.get(external_id=f"p{post.pk}")


def make_page(organisation: Organisation, key: str = "town") -> Page:
    account = actions.create_account(
        organisation, "demo", "Демосеть", secret={"delivery": "secret of the demo network"}, now=NOON
    )
    return Page(account, network.open_community(account, key=key, name="Администрация"))


def order(message: Message, text: str = "Яму засыпали.", number: int = 1, **more: Any) -> actions.Order:
    slot = Slot(str(message.pk), ReplyKind.FINAL, number)
    given: dict[str, Any] = {"incident_id": 7, "message": message, "slot_key": slot.key, "kind": "final", "text": text}
    return actions.Order(**(given | more))


def queue(page: Page, ordered: actions.Order) -> Publication:
    with write(EVERYTHING):
        return actions.queue(ordered, now=page.clock.now)


def again(publication: Publication) -> Publication:
    """The row as it stands now."""
    publication.refresh_from_db()
    return publication


def killed_at(monkeypatch: pytest.MonkeyPatch, where: str) -> Callable[[], None]:
    """Let the work process die at a point of the next attempt; the result puts everything right again."""
    if where == "before_send":
        monkeypatch.setattr(DemoConnector, "publish", _die)
    elif where == "after_send":
        monkeypatch.setattr(DemoConnector, "publish", _send_and_die)
    elif where == "before_record":
        monkeypatch.setattr(actions, "record_published", _die)
    elif where == "before_call":
        monkeypatch.setattr(sending, "_publish", _die)
    elif where == "in_hook":
        monkeypatch.setattr("otklik.channels.hooks.result", _die)
    else:
        raise AssertionError(where)
    return monkeypatch.undo


def _die(*_given: object, **_named: object) -> None:
    raise Killed


_publish = DemoConnector.publish


def _send_and_die(*given: Any, **named: Any) -> None:
    _publish(*given, **named)
    raise Killed
