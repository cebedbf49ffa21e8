"""What the desk keeps: unsaved text, notes to ourselves, and its number of queries however much there is."""

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from otklik.channels.models import Publication
from otklik.incidents import actions
from otklik.incidents.models import Incident
from otklik.messages.actions import HandMade, enter_by_hand
from otklik.orgs.models import Person
from otklik.process import commands as c
from otklik.regulation.model.people import OurRole
from tests.cast import Cast, make_cast, make_person, make_unit
from tests.web.test_desk import post

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def altai() -> Cast:
    return make_cast(act="altai-2020-132")


def incident_of(cast: Cast, text: str = "Яма на Садовой") -> Incident:
    made = HandMade(network="vk", text=text, topic="дороги")
    taken = enter_by_hand(cast.organisation, cast.operator, made, now=timezone.now() - dt.timedelta(minutes=5))
    return Incident.objects.get(message=taken.message)


def do(incident: Incident, person: Person, *commands: c.Command) -> Incident:
    for command in commands:
        outcome = actions.perform(incident.pk, command, person=person, command_id=uuid4(), now=timezone.now())
        assert outcome.refusal is None, f"{command}: {outcome.refusal}"
    incident.refresh_from_db()
    return incident


@pytest.fixture
def routed(altai: Cast) -> Incident:
    incident = incident_of(altai)
    return do(incident, altai.curator, c.Select(critical=True), c.Route(unit=altai.unit.key))


def typed(client: Client, incident: Incident, text: str, base_version: int = 0) -> None:
    fields = {"kind": "final", "text": text, "base_version": base_version}
    assert client.post(f"/incidents/{incident.pk}/draft/check/", fields).status_code == 200


def card(client: Client, incident: Incident) -> str:
    return client.get(f"/incidents/{incident.pk}/").content.decode()


def test_what_was_typed_survives_the_sign_out(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    client = client_of(altai.executor)
    typed(client, routed, "Здравствуйте! Яму засып")
    client.post("/sign-out/")
    again = card(client_of(altai.executor), routed)
    assert "Здравствуйте! Яму засып</textarea>" in again
    assert "версией ещё не сохранён" in again
    assert "Здравствуйте! Яму засып" not in card(client_of(altai.specialist), routed)


def test_a_copy_older_than_the_version_is_shown_beside_it(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    """Typed on version 1; meanwhile a colleague saves version 2. Both texts stand, and the next is version 3."""
    client = client_of(altai.executor)
    colleague = make_person(altai.organisation, "colleague", OurRole.EXECUTOR, unit=altai.unit)
    do(routed, altai.executor, c.SaveDraft(text="Первая версия"))
    typed(client, routed, "Мой текст", base_version=1)
    assert 'class="conflict"' not in card(client, routed)
    do(routed, colleague, c.SaveDraft(text="Текст сослуживца", base_version=1))
    page = card(client, routed)
    beside = page.partition('class="conflict"')[2].partition('id="draft-form"')[0]
    assert "версию 2" in beside
    assert colleague.full_name in beside
    assert "Текст сослуживца" in beside
    assert "Мой текст" in beside
    assert "Мой текст</textarea>" in page
    assert 'name="base_version" value="2"' in page
    assert 'class="conflict"' not in card(client_of(colleague), routed)
    post(client, routed, "draft/", action="save", kind="final", text="Общий текст", base_version="2")
    page = card(client, routed)
    assert 'class="conflict"' not in page
    assert "Общий текст</textarea>" in page
    assert "Версия 3" in page


def test_a_copy_that_became_a_version_is_gone(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    client = client_of(altai.executor)
    typed(client, routed, "Готовый текст")
    post(client, routed, "draft/", action="save", kind="final", text="Готовый текст")
    assert "версией ещё не сохранён" not in card(client, routed)


def test_a_note_is_for_ourselves(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    note = "Автор известен, осторожнее"
    do(routed, altai.curator, c.AddNote(note=note))
    do(routed, altai.executor, c.SaveDraft(text="Яму засыпали"), c.SubmitDraft(version=1))
    do(routed, altai.curator, c.Approve(version=1))
    do(routed, altai.executor, c.RequestPublication())
    page = card(client_of(altai.executor), routed)
    thread, _, rest = page.partition('id="reply"')
    assert note not in thread
    assert note in rest
    assert [one.text for one in Publication.objects.all()] == ["Яму засыпали"]


def test_whoever_takes_it_is_named_in_the_queue(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    client = client_of(altai.executor)
    page = client.get(f"/incidents/{routed.pk}/do/take/").content.decode()
    assert "Взять себе" in page
    answer = client.post(f"/incidents/{routed.pk}/do/take/", {"command_id": str(uuid4())})
    assert answer.status_code == 303, answer.content.decode()
    assert altai.executor.full_name in client_of(altai.curator).get("/?section=open").content.decode()


def test_work_is_assigned_by_name(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    client = client_of(altai.curator)
    assert client.get(f"/incidents/{routed.pk}/do/assign/").status_code == 200
    fields = {"role": "executor", "person": str(altai.executor.pk), "command_id": str(uuid4())}
    answer = client.post(f"/incidents/{routed.pk}/do/assign/", fields)
    assert answer.status_code == 303, answer.content.decode()
    assert "Яма на Садовой" in client_of(altai.executor).get("/").content.decode()


def test_what_is_answered_is_not_in_work(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    curator = client_of(altai.curator)
    assert "Яма на Садовой" in curator.get("/?section=open").content.decode()
    do(routed, altai.executor, c.SaveDraft(text="Яму засыпали"), c.SubmitDraft(version=1))
    do(routed, altai.curator, c.Approve(version=1))
    do(routed, altai.executor, c.ConfirmPublished(url="https://vk.com/wall-1_2?reply=3"))
    assert routed.closed_at is None
    assert "Яма на Садовой" not in curator.get("/?section=open").content.decode()
    assert "Яма на Садовой" in curator.get("/?section=all").content.decode()
    do(routed, altai.executor, c.Correct(reason="опечатка"))
    assert "Яма на Садовой" in curator.get("/?section=open").content.decode()


def test_a_fault_of_the_program_is_said_in_words(
    altai: Cast, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object, **_named: object) -> None:
        raise RuntimeError("broken on purpose")

    monkeypatch.setattr("otklik.web.queue.views.queue_page", broken)
    client = client_of(altai.curator)
    client.raise_request_exception = False
    answer = client.get("/")
    assert answer.status_code == 500
    assert "<h1" in answer.content.decode()
    assert "broken on purpose" not in answer.content.decode()


def queries_of(client: Client, address: str) -> int:
    client.get(address)  # what is remembered from page to page is remembered now
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_queue_asks_as_much_for_fifty_rows_as_for_five(altai: Cast, client_of: ClientOf) -> None:
    client = client_of(altai.curator)
    for number in range(5):
        incident_of(altai, f"Яма № {number}")
    few = queries_of(client, "/?section=all")
    for number in range(5, 50):
        incident_of(altai, f"Яма № {number}")
    assert client.get("/?section=all").content.decode().count('class="row-link"') == 50
    assert queries_of(client, "/?section=all") == few
    assert few <= 40, few


def test_the_card_asks_as_much_for_fifty_events_as_for_five(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    client, address = client_of(altai.curator), f"/incidents/{routed.pk}/"
    do(routed, altai.executor, c.SaveDraft(text="Версия 1"))
    few = queries_of(client, address)
    for number in range(1, 50):
        do(routed, altai.executor, c.SaveDraft(text=f"Версия {number + 1}", base_version=number))
    assert queries_of(client, address) == few
    assert few <= 40, few


def test_nobody_is_sent_a_message_by_a_slip(altai: Cast, client_of: ClientOf) -> None:
    """The body is chosen, never the first of the list; without a choice nothing happens and the form says so."""
    make_unit(altai.organisation, "schools", name="Управление образования")
    incident = do(incident_of(altai), altai.curator, c.Select(critical=True))
    client = client_of(altai.curator)
    assert '<option value="">выберите орган</option>' in card(client, incident)
    answer = client.post(f"/incidents/{incident.pk}/do/route/", {"unit": "", "command_id": str(uuid4())})
    assert answer.status_code == 422
    assert "Заполните обязательные поля" in answer.content.decode()
    post(client, incident, "do/route/", unit=altai.unit.key)
    assert incident.stage == "drafting"


def test_a_refused_publication_keeps_what_was_typed(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    do(routed, altai.executor, c.SaveDraft(text="Яму засыпали"), c.SubmitDraft(version=1))
    do(routed, altai.curator, c.Approve(version=1))
    fields = {"way": "by_hand_own", "url": "https://vk.com/wall-9_9", "command_id": str(uuid4())}
    answer = client_of(altai.executor).post(f"/incidents/{routed.pk}/publish/", fields)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Укажите, почему нельзя разместить" in page
    assert 'value="https://vk.com/wall-9_9"' in page
    assert 'value="by_hand_own" checked' in page
    assert 'value="by_hand" checked' not in page


def test_a_promise_is_told_with_its_words_and_asked_about_once(
    altai: Cast, routed: Incident, client_of: ClientOf
) -> None:
    day = timezone.now().date() + dt.timedelta(days=2)
    text = f"Здравствуйте! Яму засыплем до {day:%d.%m.%Y}."
    client = client_of(altai.executor)
    do(routed, altai.executor, c.SaveDraft(text=text))
    assert "Поставить на контроль?" in card(client, routed)
    promise = c.Promised(due_on=day, what="яма засыпана")
    do(routed, altai.executor, c.SaveDraft(text=text, base_version=1, promises=(promise,)), c.SubmitDraft(version=2))
    assert "Поставить на контроль?" not in card(client_of(altai.curator), routed)
    do(routed, altai.curator, c.Approve(version=2))
    do(routed, altai.executor, c.ConfirmPublished(url="https://vk.com/wall-1_2?reply=3"))
    assert "Обещано: яма засыпана, к " in card(client, routed)
    post(client, routed, "do/keep_promise/")
    assert "Обещано: яма засыпана" not in card(client, routed)


def test_the_ladder_folds_what_most_messages_never_need(altai: Cast, routed: Incident, client_of: ClientOf) -> None:
    ladder = card(client_of(altai.executor), routed).partition('id="ladder-title"')[2].partition("</section>")[0]
    steps, _, folded = ladder.partition('class="ladder-more"')
    assert "Разместить ответ" in steps
    assert "Вернуть куратору" in steps  # the body may return it now
    assert "Направить информацию куратору" in folded
    assert "Доложить Губернатору" in folded
