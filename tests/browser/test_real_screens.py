"""Every screen of the real desk with real data, both themes, desk and phone: axe finds nothing, the console is silent,
nothing is wider than the window, no clock and no button is cut, and only the page itself scrolls."""

import datetime as dt
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.utils import timezone

from otklik.demo_network import actions as network
from otklik.demo_network.models import Community
from otklik.incidents import actions
from otklik.incidents.models import Incident
from otklik.messages.actions import HandMade, enter_by_hand
from otklik.orgs.models import Person
from otklik.process import commands as c
from otklik.process.state import ReplyKind
from tests.browser.looking import looked_at
from tests.browser.real import Town, run_jobs

pytestmark = pytest.mark.slow
LONG_WORD = "Здравствуйте! " + "оченьдлинноеслово" * 8 + ". Ответим до 1 декабря."


def do(incident: Incident, login: str, *commands: c.Command) -> Incident:
    person = Person.objects.get(username=login)
    for command in commands:
        outcome = actions.perform(incident.pk, command, person=person, command_id=uuid4(), now=timezone.now())
        assert outcome.refusal is None, f"{command}: {outcome.refusal}"
    incident.refresh_from_db()
    return incident


def posted(organisation: str, text: str) -> Incident:
    community = Community.objects.get(key=organisation)
    network.post(community, author="Ирина", text=text, place="ул. Садовая, 5", visitor="", now=timezone.now())
    run_jobs()
    return Incident.objects.get(message__text=text)


def late(login: str, text: str, ago: dt.timedelta) -> Incident:
    """A message that has lain for a while."""
    person = Person.objects.select_related("organisation").get(username=login)
    made = HandMade(network="vk", text=text, topic="дороги", place_name="ул. Вокзальная, дом 17, корпус 2")
    taken = enter_by_hand(person.organisation, person, made, now=timezone.now() - ago)
    return Incident.objects.get(message=taken.message)


def published(incident: Incident, reply: c.SaveDraft) -> None:
    do(incident, "a.transport", reply, c.SubmitDraft(version=1, kind=reply.kind))
    do(incident, "a.curator", c.Approve(version=1))
    do(incident, "a.transport", c.RequestPublication(kind=reply.kind))
    run_jobs()


def altai_cards() -> dict[str, Incident]:
    """Incidents of Алтай in every state, by what they show."""
    drafted = ("draft", "review", "approved")
    names = ("detected", "excluded", "selected", *drafted, "answered")
    found = {name: posted("altai", f"Яма на Садовой, {name}") for name in names}
    do(found["excluded"], "a.curator", c.Exclude(ground="insult"))
    do(found["selected"], "a.curator", c.Select(critical=True))
    for name in (*drafted, "answered"):
        do(found[name], "a.curator", c.Select(critical=True), c.Route(unit="transport"))
    for name in drafted:
        do(found[name], "a.transport", c.SaveDraft(text=LONG_WORD, states=frozenset({"measures"})))
    better = c.SaveDraft(text=LONG_WORD + " Спасибо!", base_version=1)
    do(found["draft"], "a.transport", better, c.SubmitDraft(version=2))
    do(found["draft"], "a.curator", c.SendBack(version=2, grounds=("format",), reason="Проще и короче."))
    for name in ("review", "approved"):
        do(found[name], "a.transport", c.SubmitDraft(version=1))
    do(found["approved"], "a.curator", c.Approve(version=1))
    promise = c.Promised(due_on=timezone.now().date() + dt.timedelta(days=9), what="засыплем")
    published(found["answered"], c.SaveDraft(text=LONG_WORD, kind=ReplyKind.INTERIM, promises=(promise,)))
    published(found["answered"], c.SaveDraft(text=LONG_WORD))
    do(found["answered"], "a.curator", c.AddNote(note="Для своих: проверить через неделю"))
    parts = do(posted("altai", "Яма на Садовой, parts"), "a.curator", c.Select(critical=True))
    requests = (c.PartRequest("transport", question="Когда?"), c.PartRequest("education"))
    do(parts, "a.curator", c.RequestParts(parts=requests, consolidator="transport"))
    do(parts, "a.education", c.SubmitPart(part=2, text="Ограждение у школы поставлено"))
    return {**found, "parts": parts}


def waits_outside() -> Incident:
    """An incident that waits for a curator without an account."""
    incident = posted("novoalekseevskaya", "Фонарь не горит")
    do(incident, "n.executor", c.Receive(), c.Select(), c.Route(unit="general"))
    do(incident, "n.general", c.SaveDraft(text="Починим"))
    return do(incident, "n.executor", c.SubmitDraft(version=1))


Screens = Iterator[tuple[str, str, str]]
"""(what it is, whose browser, address)."""


def lists() -> Screens:
    altai_cards()
    for number, days in enumerate((3, 8, 40)):
        late("a.curator", f"Просрочено давно: {number}", dt.timedelta(days=days, hours=5, minutes=7))
    for section in ("mine", "late", "open", "review", "all", "promised"):
        yield f"queue: {section}", "a.curator", f"/?section={section}"
    feed = posted("altai", "Яма у школы, в ленту")
    yield "feed", "a.curator", "/feed/"
    yield "feed: nothing found", "a.curator", "/feed/?q=нетакогослова"
    yield "feed: author", "a.curator", f"/feed/{feed.pk}/author/"
    yield "feed: join", "a.curator", f"/feed/{feed.pk}/join/?q=яма"
    yield "search", "a.curator", "/?section=all&q=нетакогослова"
    yield "administrator", "a.admin", "/"
    yield "nothing to do", "a.head", "/"


def pages() -> Screens:
    yield "sign-in", "", "/sign-in/"
    yield "demo network", "", "/demo-network/altai/"
    yield "new message", "a.curator", "/messages/new/"
    yield "password", "a.curator", "/password/"
    yield "act", "a.curator", "/act/"
    yield "no such page", "a.curator", "/incidents/999999/"
    yield "no right", "a.transport", "/messages/new/"


def cards() -> Screens:
    altai, outside = altai_cards(), waits_outside()

    def card(name: str) -> str:
        return f"/incidents/{altai[name].pk}/"

    yield "selection", "a.curator", card("detected")
    yield "draft", "a.transport", card("draft")
    yield "review", "a.curator", card("review")
    yield "waiting", "a.transport", card("review")
    yield "routing", "a.curator", card("selected")
    yield "publication", "a.transport", card("approved")
    yield "excluded", "a.curator", card("excluded")
    yield "answered", "a.transport", card("answered")
    yield "part", "a.transport", card("parts")
    yield "somebody without an account", "n.executor", f"/incidents/{outside.pk}/"


def commands() -> Screens:
    detected, answered, outside = posted("altai", "Яма"), posted("altai", "Яма и люк"), waits_outside()
    do(answered, "a.curator", c.Select(critical=True), c.Route(unit="transport"))
    published(answered, c.SaveDraft(text=LONG_WORD))
    for command in ("exclude", "request_parts", "send_elsewhere", "assign", "hand_over", "tag", "add_note"):
        yield f"command: {command}", "a.curator", f"/incidents/{detected.pk}/do/{command}/"
    for command in ("correct", "withdraw"):
        yield f"command: {command}", "a.transport", f"/incidents/{answered.pk}/do/{command}/"
    yield "recorded for another", "n.executor", f"/incidents/{outside.pk}/do/approve--curator/"


def managers() -> Screens:
    altai_cards()
    late("a.curator", "Просрочено давно", dt.timedelta(days=8, hours=5))
    transport = Person.objects.get(username="a.transport")
    do(posted("altai", "Яма, взятая в работу"), "a.curator", c.Select(critical=True), c.Route(unit="transport"))
    do(Incident.objects.get(message__text="Яма, взятая в работу"), "a.transport", c.Take())
    desk = f"/manager/{transport.organisation_id}/"
    yield "manager", "a.head", desk
    for what in ("open", "late", "untaken"):
        yield f"tasks: {what}", "a.head", f"{desk}tasks/?what={what}"
    yield "whose work", "a.head", f"{desk}people/"
    yield "hand over", "a.responsible", f"{desk}people/{transport.pk}/"
    yield "rota", "a.head", f"{desk}rota/"
    yield "rota of five weeks", "a.head", f"{desk}rota/?days=35"
    yield "duty", "a.transport", "/duty/"
    yield "lesson", "a.transport", "/duty/training/"


@pytest.mark.parametrize(
    "screens", [lists, pages, cards, commands, managers], ids=lambda screens: str(screens.__name__)
)
def test_every_screen(town: Town, screens: Callable[[], Screens]) -> None:
    faults = []
    for name, login, address in screens():
        page = town.person(login) if login else town.citizen()
        page.goto(f"{town.address}{address}")
        faults += [f"{name}: {fault}" for fault in looked_at(page)]
    assert not faults, "\n".join(faults)
