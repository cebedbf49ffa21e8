"""The feed: messages whole, decided on one by one or many at once, and what their authors wrote before."""

import re
from collections.abc import Callable
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from otklik.incidents.models import Incident
from otklik.messages.models import Author
from otklik.orgs.models import Person
from otklik.process import commands as c
from otklik.process.state import Stage
from otklik.regulation.model.people import OurRole
from tests.cast import Cast, make_cast, make_person
from tests.incidents.desk import A, Desk, K, L, N, U, make_desk

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]
LONG = "Здравствуйте! " + "На Садовой яма, вторую неделю никто не чинит. " * 9 + "Конец сообщения."


@pytest.fixture
def cast() -> Cast:
    return make_cast(act=A)


def shown(client: Client, url: str = "/feed/", **given: str) -> str:
    answer = client.get(url, given)
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def sent(client: Client, **fields: object) -> str:
    """What the page says after a decision, wherever that leads."""
    given = {"command_id": str(uuid4()), "back": "/feed/", **fields}
    return unescape(client.post("/queue/bulk/", given, follow=True).content.decode())


def answers(page: str) -> list[str]:
    """What the buttons of the messages would send."""
    return re.findall(r'name="do" value="([^"]*)"', page)


def stage(desk: Desk) -> str:
    return Incident.objects.get(pk=desk.incident.pk).stage


def same_author(*desks: Desk) -> Author:
    author = Author.objects.create(
        organisation=desks[0].cast.organisation, network="vk", external_id="7", name="Ирина", url="https://vk.com/id7"
    )
    for desk in desks:
        desk.incident.message.author = author
        desk.incident.message.author_name = "Ирина"
        desk.incident.message.save()
    return author


# --- looking


def test_the_whole_message_can_be_read(cast: Cast, client_of: ClientOf) -> None:
    desk = make_desk(A, cast, text=LONG)
    desk.incident.message.url = "https://vk.com/wall-1_2"
    desk.incident.message.place_name = "ул. Садовая"
    desk.incident.message.save()
    page = shown(client_of(cast.curator))
    assert "Конец сообщения." in page
    assert 'href="https://vk.com/wall-1_2"' in page
    assert 'data-clock="row-' in page
    assert "внесено вручную" in page
    assert f"/incidents/{desk.incident.pk}/" in page


def test_only_what_is_not_selected_stands_in_it(cast: Cast, client_of: ClientOf) -> None:
    desk, gone = make_desk(A, cast, text="Яма"), make_desk(A, cast, text="Отобрано уже")
    gone.do(c.Select(critical=True), cast.curator)
    page = shown(client_of(cast.curator))
    assert "Яма" in page
    assert "Отобрано уже" not in page
    ids = f"{desk.incident.pk},{gone.incident.pk},x"
    fresh = shown(client_of(cast.curator), "/feed/changes/", ids=ids)
    assert f'id="row-i{desk.incident.pk}"' in fresh
    assert f'id="row-i{gone.incident.pk}"' not in fresh
    assert 'data-count="selection">1<' in fresh


def test_a_row_is_the_same_at_each_asking(cast: Cast, client_of: ClientOf) -> None:
    desk = make_desk(A, cast, text="Яма")
    client = client_of(cast.curator)
    first, second = (shown(client, "/feed/changes/", ids=str(desk.incident.pk)) for _ in range(2))
    assert re.findall(r'name="do" value="[^"]*"', first) == re.findall(r'name="do" value="[^"]*"', second)
    assert "csrfmiddlewaretoken" not in first


def test_filters_and_search_narrow_it(cast: Cast, client_of: ClientOf) -> None:
    make_desk(A, cast, text="Яма")
    other = make_desk(A, cast, text="Снег")
    Incident.objects.filter(pk=other.incident.pk).update(network="ok")
    client = client_of(cast.curator)
    found = shown(client, network="ok", page="9" * 9)
    assert "Снег" in found
    assert "Яма" not in found
    assert "Площадка: Одноклассники" in found
    assert "Яма" not in shown(client, q="снега")
    assert "Ничего не нашлось" in shown(client, q="нетакогослова")
    assert 'href="/feed/?network=ok"' in shown(client, "/", section="selection", network="ok")


def test_an_empty_feed_congratulates(cast: Cast, client_of: ClientOf) -> None:
    assert "Всё разобрано" in shown(client_of(cast.curator))


def test_the_number_of_queries_does_not_grow(cast: Cast, client_of: ClientOf) -> None:
    client = client_of(cast.curator)
    same_author(make_desk(A, cast, text="Яма 0"), make_desk(A, cast, text="Яма 1"))
    shown(client)
    with CaptureQueriesContext(
        connection,
    ) as few:
        shown(client)
    for number in range(2, 9):
        make_desk(A, cast, text=f"Яма {number}")
    with CaptureQueriesContext(connection) as many:
        shown(client)
    assert len(many) == len(few)


# --- deciding on one


@pytest.mark.parametrize(
    ("act", "offered"),
    [
        (A, {"select::critical", "select:high:critical", "exclude:insult", "leave_out:"}),
        (K, {"select:", "select:high", "exclude:insult", "leave_out:"}),
        (L, {"select:", "select:high", "exclude:spam", "leave_out:"}),
    ],
)
def test_the_act_says_what_may_be_decided(act: str, offered: set[str], client_of: ClientOf) -> None:
    desk = make_desk(act)
    page = shown(client_of(desk.cast.curator))
    found = {value.replace(f":{desk.incident.pk}:", ":") for value in answers(page)}
    assert offered <= found


@pytest.mark.parametrize(
    ("act", "do", "becomes"),
    [
        (A, "select::critical", Stage.SELECTED),
        (L, "select:high", Stage.SELECTED),
        (A, "exclude:insult", Stage.EXCLUDED),
    ],
)
def test_one_press_decides(act: str, do: str, becomes: Stage, client_of: ClientOf) -> None:
    desk = make_desk(act)
    client = client_of(desk.cast.curator)
    kind, _, target = do.partition(":")
    value = f"{kind}:{desk.incident.pk}:{target}"
    assert value in answers(shown(client))
    page = sent(client, do=value)
    assert "feed-done" in page
    assert f"№ {desk.incident.number}:" in page
    assert stage(desk) == becomes.value


def test_a_high_class_is_given_with_the_selection(client_of: ClientOf) -> None:
    desk = make_desk(L)
    sent(client_of(desk.cast.curator), do=f"select:{desk.incident.pk}:high")
    assert Incident.objects.get(pk=desk.incident.pk).importance == "high"


def test_another_procedure_says_where_to_turn(client_of: ClientOf) -> None:
    desk = make_desk(U)
    client = client_of(desk.cast.curator)
    value = next(one for one in answers(shown(client)) if one.startswith("elsewhere:"))
    said = sent(client, do=value)
    assert "идёт своим порядком" in said
    assert "data-undo" in said


def test_an_exclusion_is_taken_back_by_one_press(cast: Cast, client_of: ClientOf) -> None:
    desk = make_desk(A, cast, text="Яма")
    client = client_of(cast.curator)
    page = sent(client, do=f"exclude:{desk.incident.pk}:insult")
    assert "Ответа не будет" in page or "ответа не будет" in page
    undo = re.findall(r'name="undo" value="([^"]*)"', page)
    assert undo == [f"{desk.incident.pk}:reopen:"]
    again = sent(client, act="undo", of="exclude", undo=undo)
    assert "возвращено к отбору" in again
    assert stage(desk) == Stage.DETECTED.value
    assert f'id="row-i{desk.incident.pk}"' in again


def test_leaving_out_asks_why(cast: Cast, client_of: ClientOf) -> None:
    desk = make_desk(A, cast, text="Яма")
    client = client_of(cast.curator)
    asked = sent(client, do=f"leave_out:{desk.incident.pk}:")
    assert "Почему реагирования не требуется" in asked
    assert stage(desk) == Stage.DETECTED.value
    said = sent(client, act="leave_out", ids=[desk.incident.pk], target="Благодарность", decided="1")
    assert "реагирования не требует" in said
    assert stage(desk) == Stage.LEFT_OUT.value


def test_a_refusal_says_which_rule(cast: Cast, client_of: ClientOf) -> None:
    desk = make_desk(A, cast, text="Яма")
    said = sent(client_of(cast.curator), do=f"exclude:{desk.incident.pk}:нет-такого")
    assert "Ответа не будет: 0 из 1" in said
    assert "is-refused" in said
    assert stage(desk) == Stage.DETECTED.value


# --- many


def test_many_are_excluded_each_with_its_own_outcome(cast: Cast, client_of: ClientOf) -> None:
    good, gone = make_desk(A, cast, text="Яма"), make_desk(A, cast, text="Снег")
    gone.do(c.LeaveOut(reason="Не о нас"), cast.curator)
    ids = [good.incident.pk, gone.incident.pk]
    client = client_of(cast.curator)
    asked = sent(client, act="exclude", ids=ids)
    assert 'value="insult"' in asked
    assert stage(good) == Stage.DETECTED.value
    said = sent(client, act="exclude", ids=ids, target="insult", note="Брань", decided="1")
    assert "Ответа не будет: 1 из 2" in said
    assert [one.texts.get("note") for one in good.events("excluded")] == ["Брань"]
    sent(client, act="undo", of="exclude", undo=re.findall(r'name="undo" value="([^"]*)"', said))
    assert stage(good) == Stage.DETECTED.value


def test_many_are_selected_after_what_the_act_asks(cast: Cast, client_of: ClientOf) -> None:
    desks = [make_desk(A, cast, text=text) for text in ("Яма", "Снег")]
    ids = [desk.incident.pk for desk in desks]
    client = client_of(cast.curator)
    asked = sent(client, act="select", ids=ids)
    assert 'name="critical"' in asked
    assert "Отобрано: 2 из 2" in sent(client, act="select", ids=ids, critical="1", target="high", decided="1")
    assert {Incident.objects.get(pk=pk).importance for pk in ids} == {"high"}
    refused = sent(client, act="select", ids=ids, decided="1")
    assert "Отобрано: 0 из 2" in refused


def test_reopening_is_only_a_way_back(cast: Cast, client_of: ClientOf) -> None:
    desk = make_desk(A, cast, text="Яма")
    desk.do(c.LeaveOut(reason="Не о нас"), cast.curator)
    sent(client_of(cast.curator), act="reopen", ids=[desk.incident.pk])
    assert stage(desk) == Stage.LEFT_OUT.value


# --- earlier messages


def test_the_authors_history_tells_outcomes(cast: Cast, client_of: ClientOf) -> None:
    old, new = make_desk(A, cast, text="Прежняя яма"), make_desk(A, cast, text="Новая яма")
    same_author(old, new)
    old.do(c.Exclude(ground="insult"), cast.curator)
    client = client_of(cast.curator)
    assert "ещё от автора: 1" in shown(client)
    page = shown(client, f"/feed/{new.incident.pk}/author/")
    assert "Прежняя яма" in page
    assert "Новая яма" not in page
    assert "https://vk.com/id7" in page
    assert re.search(r'class="chip">[^<]+: 1<', page)
    assert shown(client, f"/feed/{new.incident.pk}/author/", page="9" * 30)


def test_the_history_ends_at_the_viewers_sight(cast: Cast, client_of: ClientOf) -> None:
    hidden, mine = make_desk(A, cast, text="Чужой орган"), make_desk(A, cast, text="Мой орган")
    same_author(hidden, mine)
    mine.do(c.Select(critical=True), cast.curator)
    mine.do(c.Route(unit=cast.unit.key), cast.curator)
    page = shown(client_of(cast.executor), f"/feed/{mine.incident.pk}/author/")
    assert "Чужой орган" not in page


def test_an_unknown_author_has_no_history(cast: Cast, client_of: ClientOf) -> None:
    desk = make_desk(A, cast, text="Яма")
    make_desk(A, cast, text="Снег")
    assert "Снег" not in shown(client_of(cast.curator), f"/feed/{desk.incident.pk}/author/")


def test_a_repeat_is_selected_with_its_earlier_one(cast: Cast, client_of: ClientOf) -> None:
    old, new = make_desk(A, cast, text="Прежняя яма"), make_desk(A, cast, text="Новая яма")
    same_author(old, new)
    client, url = client_of(cast.curator), f"/feed/{new.incident.pk}/join/"
    page = shown(client, url)
    assert f'name="chosen" value="{old.incident.pk}"' in page
    form = {"command_id": str(uuid4()), "chosen": old.incident.pk, "way": "repeat", "critical": "1", "new_facts": "1"}
    for _ in range(2):  # the same form twice is done once
        answer = client.post(url, form)
        assert (answer.status_code, answer["Location"]) == (302, f"/feed/?done=join%3A{new.incident.pk}")
    (selected,) = new.events("selected")
    assert (selected.payload["repeat_of"], selected.payload["new_facts"]) == (str(old.incident.pk), True)
    assert Incident.objects.get(pk=new.incident.pk).is_repeat


def test_an_earlier_one_is_found_by_number_and_words_and_linked(cast: Cast, client_of: ClientOf) -> None:
    old, new = make_desk(A, cast, text="Фонарь не горит"), make_desk(A, cast, text="Новая яма")
    client, url = client_of(cast.curator), f"/feed/{new.incident.pk}/join/"
    for query in (f"№ {old.incident.number}", str(old.incident.number), "фонари"):
        assert f'value="{old.incident.pk}"' in shown(client, url, q=query), query
    assert f'name="chosen" value="{new.incident.pk}"' not in shown(client, url, q="ямы")
    client.post(url, {"chosen": old.incident.pk, "way": "link"})
    (linked,) = new.events("linked")
    assert (linked.payload["incident"], linked.payload["relation"]) == (str(old.incident.pk), "other")
    (back,) = old.events("linked")  # both journals say it
    assert back.payload["incident"] == str(new.incident.pk)
    again = client.post(url, {"chosen": old.incident.pk, "way": "link"})
    assert again.status_code == 422
    assert stage(new) == Stage.DETECTED.value


@pytest.mark.parametrize("chosen", ["", "x", "9" * 40, "²", "{own}", "{foreign}"])
def test_joining_to_nothing_is_an_answer(cast: Cast, client_of: ClientOf, chosen: str) -> None:
    desk, foreign = make_desk(A, cast, text="Яма"), make_desk(A, cast, text="Чужое")
    Incident.objects.filter(pk=foreign.incident.pk).update(organisation=cast.elsewhere)
    given = chosen.format(own=desk.incident.pk, foreign=foreign.incident.pk)
    answer = client_of(cast.curator).post(f"/feed/{desk.incident.pk}/join/", {"chosen": given, "way": "repeat"})
    assert answer.status_code == 422
    assert "Выберите прежнее сообщение" in answer.content.decode()
    assert stage(desk) == Stage.DETECTED.value


def test_a_join_that_the_act_refuses_says_why(cast: Cast, client_of: ClientOf) -> None:
    old, new = make_desk(A, cast, text="Прежняя яма"), make_desk(A, cast, text="Новая яма")
    answer = client_of(cast.curator).post(
        f"/feed/{new.incident.pk}/join/", {"chosen": old.incident.pk, "way": "repeat"}
    )
    assert answer.status_code == 422  # not said to be critical (A 1)
    assert "notice-error" in answer.content.decode()


# --- rights and bad input


def test_who_may_only_read_is_offered_nothing(cast: Cast, client_of: ClientOf) -> None:
    desk = make_desk(A, cast, text="Яма")
    page = shown(client_of(cast.head))
    assert "Яма" in page
    assert answers(page) == []
    sent(client_of(cast.head), do=f"exclude:{desk.incident.pk}:insult")
    assert stage(desk) == Stage.DETECTED.value


@pytest.mark.parametrize("page", ["author", "join"])
def test_another_organisations_message_is_absent(cast: Cast, client_of: ClientOf, page: str) -> None:
    desk = make_desk(A, cast, text="Яма")
    for person in (cast.outsider, cast.administrator):
        client = client_of(person)
        assert client.get(f"/feed/{desk.incident.pk}/{page}/").status_code == 404
        assert "Яма" not in shown(client)
        assert "Яма" not in shown(client, done=f"exclude:{desk.incident.pk}")
        sent(client, do=f"exclude:{desk.incident.pk}:insult")
    assert client_of(cast.outsider).post(f"/feed/{desk.incident.pk}/join/").status_code == 404
    assert stage(desk) == Stage.DETECTED.value


@pytest.mark.parametrize(
    "do", ["", "x", "select", "select:x:", "нет:1:", f"exclude:{'9' * 40}:insult", "reopen:1:", ":"]
)
def test_what_cannot_be_read_does_nothing(cast: Cast, client_of: ClientOf, do: str) -> None:
    desk = make_desk(A, cast, text="Яма")
    sent(client_of(cast.curator), do=do)
    assert stage(desk) == Stage.DETECTED.value


@pytest.mark.parametrize("done", ["x", "exclude:", "exclude:x", "нет:1", f"exclude:{'9' * 40}", ":"])
def test_nothing_was_done_by_an_address(cast: Cast, client_of: ClientOf, done: str) -> None:
    assert "feed-done" not in shown(client_of(cast.curator), done=done)


@pytest.mark.parametrize("act", [N, K])
def test_whom_the_act_names_marks_a_publication(act: str, client_of: ClientOf) -> None:
    """K 7, N 5: publications are the executor's own find."""
    desk = make_desk(act)
    client = client_of(make_person(desk.cast.organisation, "media", OurRole.EXECUTOR))
    value = f"kind:{desk.incident.pk}:publication"
    assert value in answers(shown(client))
    assert "вид изменён" in sent(client, do=value)
    assert Incident.objects.get(pk=desk.incident.pk).kind == "publication"
