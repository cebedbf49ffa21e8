"""The whole loop: a post in the demo network to the official comment under it, through desk and outbox."""

from uuid import uuid4

import pytest

from otklik.demo_network.models import Comment
from otklik.incidents import actions
from otklik.incidents.models import DeadlineRow, Incident
from otklik.journal.queries import events_of
from otklik.messages.models import Message
from otklik.orgs.models import Person
from otklik.process import commands as c
from otklik.process.state import ReplyKind, Stage
from tests.cast import Cast, make_cast
from tests.channels.hands import HOUR, MINUTE, SECOND, Page, make_page

pytestmark = pytest.mark.django_db

REPLY = "Здравствуйте! Яму на Садовой засыпали 27 ноября. Министерство транспорта."


@pytest.fixture
def cast() -> Cast:
    return make_cast(act="altai-2020-132")


@pytest.fixture
def page(cast: Cast) -> Page:
    return make_page(cast.organisation)


def do(page: Page, incident: Incident, person: Person, *commands: c.Command) -> None:
    for command in commands:
        page.clock.now += MINUTE
        outcome = actions.perform(incident.pk, command, person=person, command_id=uuid4(), now=page.clock.now)
        assert outcome.refusal is None, f"{command} was refused: {outcome.refusal}"
    incident.refresh_from_db()


def detected(page: Page) -> Incident:
    page.post("На Садовой яма, вторую неделю никто не чинит")
    assert not Incident.objects.exists()  # the delivery is stored; reading it is the work process's
    page.later(SECOND, "channels.parse")
    return Incident.objects.get()


def requested(page: Page, cast: Cast) -> Incident:
    incident = detected(page)
    do(page, incident, cast.curator, c.Select(critical=True), c.Route(unit=cast.unit.key))
    do(page, incident, cast.executor, c.SaveDraft(text=REPLY), c.SubmitDraft(version=1))
    do(page, incident, cast.curator, c.Approve(version=1))
    do(page, incident, cast.executor, c.RequestPublication())
    return incident


def kinds(incident: Incident) -> list[str]:
    return [event.kind for event in events_of(incident.pk)]


def test_the_reply_stands_once_and_the_incident_knows_where(page: Page, cast: Cast) -> None:
    incident = requested(page, cast)
    assert page.standing() == []
    page.later(SECOND)
    assert page.standing() == [REPLY]
    published = [event for event in events_of(incident.pk) if event.kind == "published"]
    assert len(published) == 1
    assert published[0].actor_id is None
    comment = Comment.objects.get(is_official=True)
    assert published[0].payload["url"] == f"/demo-network/town/#comment-{comment.pk}"
    states = dict(DeadlineRow.objects.filter(incident=incident).values_list("step", "state"))
    assert states["publish"] == states["reply"] == "met"
    page.later(HOUR)
    assert page.standing() == [REPLY]


def test_no_answer_from_the_network_ends_in_one_comment_too(page: Page, cast: Cast) -> None:
    incident = requested(page, cast)
    page.misbehave("timeout_after")
    page.later(SECOND)
    assert kinds(incident)[-1] == "publication_unknown"
    assert len(page.standing()) == 1
    page.later(30 * SECOND)
    page.later(HOUR)
    assert page.standing() == [REPLY]
    assert kinds(incident).count("published") == 1
    assert kinds(incident).count("publication_unknown") == 1


def test_a_refusal_comes_back_to_the_desk_and_can_be_asked_for_again(page: Page, cast: Cast) -> None:
    incident = requested(page, cast)
    page.misbehave("refuses")
    page.later(SECOND)
    assert "publication_failed" in kinds(incident)
    assert page.standing() == []
    page.misbehave("")
    do(page, incident, cast.executor, c.RequestPublication())
    page.later(SECOND)
    assert page.standing() == [REPLY]
    assert kinds(incident).count("published") == 1


def test_published_by_hand_meanwhile_it_is_not_sent(page: Page, cast: Cast) -> None:
    incident = requested(page, cast)
    do(page, incident, cast.executor, c.ConfirmPublished(url="https://demo.example/1"))
    page.later(SECOND)
    assert page.standing() == []
    assert kinds(incident).count("published") == 1


def test_the_authors_comment_goes_to_the_incident_that_asked(page: Page, cast: Cast) -> None:
    post = page.post("Не работает")
    page.later(SECOND, "channels.parse")
    incident = Incident.objects.get()
    do(page, incident, cast.curator, c.Select(critical=True), c.Route(unit=cast.unit.key))
    ask = c.SaveDraft(kind=ReplyKind.CLARIFICATION, text="Здравствуйте! Что именно не работает?")
    do(page, incident, cast.executor, ask, c.SubmitDraft(version=1, kind=ReplyKind.CLARIFICATION))
    do(page, incident, cast.curator, c.Approve(version=1))
    do(page, incident, cast.executor, c.RequestPublication(kind=ReplyKind.CLARIFICATION))
    page.later(SECOND)
    incident.refresh_from_db()
    assert incident.stage == Stage.WAITING_AUTHOR
    page.comment(post, "Это и ко мне относится", visitor="somebody else")
    page.later(SECOND, "channels.parse")
    assert Incident.objects.count() == 2
    incident.refresh_from_db()
    assert incident.stage == Stage.WAITING_AUTHOR
    page.comment(post, "Фонарь у дома 5")
    page.later(SECOND, "channels.parse")
    incident.refresh_from_db()
    assert Incident.objects.count() == 2
    assert kinds(incident).count("author_answered") == 1
    assert incident.stage != Stage.WAITING_AUTHOR
    answer = Message.objects.get(text="Фонарь у дома 5")
    assert answer.thread_id == str(post.pk)


def test_what_we_have_published_does_not_come_back_as_a_message(page: Page, cast: Cast) -> None:
    requested(page, cast)
    page.later(SECOND)
    page.later(HOUR)
    assert Message.objects.count() == Incident.objects.count() == 1
