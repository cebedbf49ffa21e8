"""Everything a person holds, given to others when they leave or fall ill: preview, results one by one, and back."""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from otklik.incidents import handing
from otklik.incidents.actions import perform
from otklik.incidents.models import Incident
from otklik.journal.queries import events_of
from otklik.orgs import actions as orgs
from otklik.orgs.models import Absence, Person, Substitution
from otklik.process import commands as c
from otklik.regulation.model.people import OurRole
from tests.cast import Cast, by, make_cast, make_person, make_unit
from tests.web.test_desk_keeping import do, incident_of

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]


@pytest.fixture
def altai() -> Cast:
    return make_cast(act="altai-2020-132")


@pytest.fixture
def colleague(altai: Cast) -> Person:
    return make_person(altai.organisation, "colleague", OurRole.EXECUTOR, unit=altai.unit, full_name="Яшина Раиса")


def taken(cast: Cast, text: str = "Яма на Садовой") -> Incident:
    """In the executor's hands."""
    incident = do(incident_of(cast, text), cast.curator, c.Select(critical=True), c.Route(unit=cast.unit.key))
    return do(incident, cast.executor, c.Take())


def address(cast: Cast, holder: Person, path: str = "") -> str:
    return f"/manager/{cast.organisation.pk}/people/{holder.pk}/{path}"


def hand_over(client: Client, cast: Cast, status: int = 200, **fields: Any) -> str:
    given = {"command_id": str(uuid4()), "reason": "illness", **fields}
    answer = client.post(address(cast, cast.executor), given)
    assert answer.status_code == status, answer.content.decode()
    return str(answer.content.decode())


def to(cast: Cast, person: Person) -> dict[str, Any]:
    return {f"to-executor-{cast.unit.pk}": person.pk}


def holder_of(incident: Incident) -> str:
    rows = [one for one in incident.work_items.all() if one.person_id]
    return rows[0].person.full_name if rows and rows[0].person else ""


def test_the_preview_shows_everything_and_who_can_get_it(altai: Cast, colleague: Person, client_of: ClientOf) -> None:
    incident = taken(altai)
    lies_with_the_curator = taken(altai, "Фонарь у школы")
    do(lies_with_the_curator, altai.executor, c.SaveDraft(text="Заменим."), c.SubmitDraft(version=1))
    make_person(altai.organisation, "elsewhere-here", OurRole.EXECUTOR, unit=make_unit(altai.organisation, "parks"))
    page = client_of(altai.head).get(address(altai, altai.executor)).content.decode()
    assert f"№ {incident.number}" in page
    assert "Фонарь у школы" in page
    receivers = re.findall(r'<option value="(\d+)"', page)
    assert receivers[0] == str(colleague.pk)
    assert str(altai.executor.pk) not in receivers


@pytest.mark.usefixtures("colleague")
def test_a_part_goes_to_the_people_of_the_body_that_was_asked(altai: Cast, client_of: ClientOf) -> None:
    parks = make_unit(altai.organisation, "parks")
    make_person(altai.organisation, "gardener", OurRole.EXECUTOR, unit=parks, full_name="Садовник")
    incident = do(incident_of(altai), altai.curator, c.Select(critical=True))
    asked = (c.PartRequest(altai.unit.key, question="Когда?"), c.PartRequest(parks.key))
    do(incident, altai.curator, c.RequestParts(parts=asked, consolidator=parks.key))
    do(incident, altai.executor, c.Take())
    page = client_of(altai.head).get(address(altai, altai.executor)).content.decode()
    assert f"to-executor-{altai.unit.pk}" in page
    assert f"to-executor-{parks.pk}" not in page
    assert "Яшина Раиса" in page


def test_each_is_handed_over_by_the_journal_and_given_back(altai: Cast, colleague: Person, client_of: ClientOf) -> None:
    found = [taken(altai, f"Яма {number}") for number in range(2)]
    curator = client_of(altai.curator)
    page = hand_over(curator, altai, note="Звонить жителю", **to(altai, colleague))
    assert "Передано: 2\N{NO-BREAK SPACE}дела" in page
    assert {holder_of(one) for one in found} == {"Яшина Раиса"}
    card = curator.get(f"/incidents/{found[0].pk}/").content.decode()
    assert "Передано другому" in card
    assert "Болеет. Звонить жителю" in card
    items = re.findall(r'name="item" value="([^"]+)"', page)
    assert len(items) == 2
    back = curator.post(address(altai, altai.executor, "back/"), {"item": items, "command_id": str(uuid4())})
    assert "Возвращено: 2\N{NO-BREAK SPACE}дела" in back.content.decode()
    assert {holder_of(one) for one in found} == {altai.executor.full_name}


def test_what_went_further_is_not_taken_back(altai: Cast, colleague: Person, client_of: ClientOf) -> None:
    incident = taken(altai)
    third = make_person(altai.organisation, "third", OurRole.EXECUTOR, unit=altai.unit, full_name="Третий")
    page = hand_over(client_of(altai.head), altai, **to(altai, colleague))
    do(incident, colleague, c.HandOver(role="executor", to=str(third.pk)))
    items = re.findall(r'name="item" value="([^"]+)"', page)
    back = client_of(altai.head).post(address(altai, altai.executor, "back/"), {"item": items}).content.decode()
    assert "Остались у других: 1" in back
    assert holder_of(incident) == "Третий"


def test_one_that_is_gone_meanwhile_says_so_and_the_rest_goes(
    altai: Cast, colleague: Person, client_of: ClientOf
) -> None:
    found = [taken(altai, f"Яма {number}") for number in range(2)]
    third = make_person(altai.organisation, "third", OurRole.EXECUTOR, unit=altai.unit, full_name="Третий")
    do(found[0], altai.executor, c.HandOver(role="executor", to=str(third.pk)))
    shown = [f"{one.pk}/executor" for one in found]
    page = hand_over(client_of(altai.head), altai, held=shown, **to(altai, colleague))
    assert "Передано: 1\N{NO-BREAK SPACE}дело. Не передано: 1." in page
    assert "Уже не за этим человеком" in page
    assert [holder_of(one) for one in found] == ["Третий", "Яшина Раиса"]


def test_a_refusal_of_the_process_is_said(
    altai: Cast, colleague: Person, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    incident = taken(altai)
    refused = perform(incident.pk, c.AddNote(note=" "), person=altai.head, command_id=uuid4(), now=timezone.now())
    monkeypatch.setattr(handing, "perform", lambda *_, **__: refused)
    page = hand_over(client_of(altai.head), altai, **to(altai, colleague))
    assert "Не передано: 1." in page
    assert "result-why" in page


def test_absence_and_substitution_in_the_same_act(altai: Cast, colleague: Person, client_of: ClientOf) -> None:
    taken(altai)
    until = timezone.localdate() + dt.timedelta(days=5)
    page = hand_over(
        client_of(altai.head),
        altai,
        absence="1",
        until=until.isoformat(),
        substitute=colleague.pk,
        ground="Приказ 12",
        **to(altai, colleague),
    )
    assert "Отсутствие отмечено." in page
    absence, substitution = Absence.objects.get(), Substitution.objects.get()
    assert (absence.person_id, absence.reason) == (altai.executor.pk, "illness")
    assert (substitution.substitute_id, substitution.role, substitution.ground) == (
        colleague.pk,
        "executor",
        "Приказ 12",
    )
    assert absence.until_at == substitution.until_at


def test_the_same_form_twice_is_done_once(altai: Cast, colleague: Person, client_of: ClientOf) -> None:
    incident = taken(altai)
    fields: dict[str, Any] = {"command_id": str(uuid4()), "absence": "1", **to(altai, colleague)}
    fields["held"] = [f"{incident.pk}/executor"]
    for _ in range(2):
        assert "Передано: 1" in hand_over(client_of(altai.head), altai, **fields)
    incident.refresh_from_db()
    assert Absence.objects.count() == 1
    handed = [one for one in events_of(incident.pk) if one.kind == "handed_over"]
    assert len(handed) == 1


BAD: list[tuple[dict[str, Any], str]] = [
    ({}, "Ничего не выбрано"),
    ({"absence": "1", "reason": "нечто"}, "Укажите причину"),
    ({"absence": "1", "until": "вчера"}, "нужна дата"),
    ({"absence": "1", "until": "2020-01-01"}, "уже прошёл"),
    ({"absence": "1", "until": "9999-12-31"}, "нужна дата"),
    ({"substitute": "colleague", "ground": " "}, "укажите основание"),
    ({"substitute": "999999", "ground": "Приказ"}, "выберите человека"),
]


@pytest.mark.parametrize(("fields", "words"), BAD)
def test_what_cannot_be_obeyed_says_what_to_mend(
    altai: Cast, colleague: Person, client_of: ClientOf, fields: dict[str, Any], words: str
) -> None:
    taken(altai)
    if fields.get("substitute") == "colleague":
        fields = {**fields, "substitute": colleague.pk}
    page = hand_over(client_of(altai.head), altai, 422, **fields)
    assert words in page
    assert not Absence.objects.exists()


def test_not_to_somebody_without_the_role_or_away(altai: Cast, colleague: Person, client_of: ClientOf) -> None:
    incident = taken(altai)
    head = client_of(altai.head)
    assert "передать нельзя" in hand_over(head, altai, 422, **to(altai, altai.operator))
    now = timezone.now() - dt.timedelta(minutes=1)
    orgs.note_absence(colleague, since_at=now, until_at=None, by=by(now=now))
    assert "передать нельзя" in hand_over(head, altai, 422, **to(altai, colleague))
    assert "Передать некому" in head.get(address(altai, altai.executor)).content.decode()
    assert holder_of(incident) == altai.executor.full_name


def test_a_curator_names_no_substitute(altai: Cast, colleague: Person, client_of: ClientOf) -> None:
    taken(altai)
    curator = client_of(altai.curator)
    assert "Кто замещает" not in curator.get(address(altai, altai.executor)).content.decode()
    page = hand_over(curator, altai, 422, substitute=colleague.pk, ground="Приказ")
    assert "назначает ответственное должностное лицо" in page


def test_no_right_to_what_is_an_administrators_to_give(altai: Cast, client_of: ClientOf) -> None:
    orgs.give_role(altai.executor, OurRole.ADMINISTRATOR, since_at=timezone.now() - dt.timedelta(days=1), by=by())
    head = client_of(altai.head)
    hand_over(head, altai, substitute=altai.specialist.pk, ground="Приказ")
    assert {one.role for one in Substitution.objects.all()} == {"executor"}


def test_the_head_of_another_body_does_not_see_the_person(altai: Cast, client_of: ClientOf) -> None:
    chief = make_person(altai.organisation, "chief", OurRole.RESPONSIBLE, unit=make_unit(altai.organisation, "parks"))
    client = client_of(chief)
    assert client.get(address(altai, altai.executor)).status_code == 404
    assert altai.executor.full_name not in client.get(f"/manager/{altai.organisation.pk}/people/").content.decode()
    assert client_of(altai.executor).get(address(altai, altai.executor)).status_code == 403
    assert client_of(altai.outsider).get(address(altai, altai.executor)).status_code == 404
