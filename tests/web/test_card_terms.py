"""Terms on the card: one that a person sets is asked for, done, shown on the ladder and in the journal."""

from collections.abc import Callable

import pytest
from django.test import Client

from otklik.incidents.models import Incident
from otklik.orgs.models import Person
from otklik.regulation.model.people import OurRole
from tests.cast import make_cast, make_person

pytestmark = pytest.mark.django_db

NOBODY_SET_IT = "срока нет, пока его не назначит должностное лицо, ответственное за организацию работы с сообщениями"


def test_n_13_under_the_shortened_term_the_responsible_official_sets_the_term_of_the_draft(
    client_of: Callable[[Person], Client],
) -> None:
    cast = make_cast(act="novoalekseevskaya-2020-129")
    whole = make_person(cast.organisation, "whole", OurRole.EXECUTOR)  # of the whole administration, as N has it
    executor, responsible = client_of(whole), client_of(cast.responsible)
    client_of(cast.operator).post("/messages/new/", {"network": "vk", "text": "Прорвало трубу на Садовой"})
    incident = Incident.objects.get()
    card, set_term = f"/incidents/{incident.pk}/", f"/incidents/{incident.pk}/do/set_term/"
    wanted = {"step": "draft", "working_minutes": "60", "due_at": "", "ground": "к планёрке"}
    for step in ("receive", "select"):
        executor.post(f"{card}do/{step}/", {})
    assert set_term not in responsible.get(card).content.decode()
    assert responsible.post(set_term, wanted).status_code == 422

    executor.post(f"{card}do/shorten/", {"ground": "авария"})
    page = responsible.get(card).content.decode()
    assert set_term in page
    assert NOBODY_SET_IT in page
    assert executor.post(set_term, wanted).status_code == 422
    assert '<option value="draft">Направить на согласование</option>' in responsible.get(set_term).content.decode()

    assert responsible.post(set_term, wanted).status_code == 303
    page = responsible.get(card).content.decode()
    assert NOBODY_SET_IT not in page
    assert "срок назначен человеком" in page
    assert "Назначен срок: Направить на согласование" in page
    assert "На 1 ч рабочего времени." in page
    assert "к планёрке" in page


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("novoalekseevskaya-2020-129", "Это не обращение по закону № 59-ФЗ: тот закон к нему не применяется. (п. 3)"),
        ("altai-2020-132", "О законе № 59-ФЗ акт молчит: обращение ли это, решает человек."),
    ],
)
def test_the_card_says_whether_it_is_an_appeal_with_the_clause(
    client_of: Callable[[Person], Client], act: str, words: str
) -> None:
    cast = make_cast(act=act)
    client_of(cast.operator).post("/messages/new/", {"network": "vk", "text": "Яма"})
    assert words in client_of(cast.curator).get(f"/incidents/{Incident.objects.get().pk}/").content.decode()
