"""Two incidents of one event: linked and unlinked on both cards, by whoever sees both, or on neither."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from otklik.incidents import linking
from otklik.incidents.models import Incident
from otklik.journal.models import Event
from otklik.orgs.models import Person
from otklik.process import commands as c
from tests.cast import Cast, make_cast
from tests.web.test_desk_keeping import card, do, incident_of

pytestmark = pytest.mark.django_db
ClientOf = Callable[[Person], Client]


@pytest.fixture
def altai() -> Cast:
    return make_cast(act="altai-2020-132")


@pytest.fixture
def hole(altai: Cast) -> Incident:
    return do(incident_of(altai), altai.curator, c.Select(critical=True), c.Route(unit=altai.unit.key))


@pytest.fixture
def pipe(altai: Cast) -> Incident:
    return incident_of(altai, "Прорвало трубу на Садовой")


def related(client: Client, incident: Incident) -> str:
    return card(client, incident).partition('id="related-title"')[2].partition("</section>")[0]


def link(client: Client, incident: Incident, number: object, relation: str = "same_event") -> tuple[int, str]:
    fields = {"incident": number, "relation": relation, "command_id": uuid4()}
    answer = client.post(f"/incidents/{incident.pk}/do/link/", fields)
    return answer.status_code, answer.content.decode()


def test_each_card_shows_the_other_until_they_are_unlinked(
    altai: Cast, hole: Incident, pipe: Incident, client_of: ClientOf
) -> None:
    curator = client_of(altai.curator)
    assert link(curator, hole, f"№ {pipe.number}")[0] == 303
    here = related(curator, hole)
    assert "Прорвало трубу на Садовой" in here
    assert "то же событие" in here
    assert 'class="clock' in here
    assert "Яма на Садовой" in related(curator, pipe)
    assert Event.objects.filter(kind="linked").count() == 2
    answer = curator.post(f"/incidents/{pipe.pk}/do/unlink/", {"incident": hole.number, "command_id": uuid4()})
    assert answer.status_code == 303
    assert related(curator, hole) == related(curator, pipe) == ""


def test_what_cannot_be_linked(altai: Cast, hole: Incident, pipe: Incident, client_of: ClientOf) -> None:
    curator = client_of(altai.curator)
    for number in (hole.number, 9_999, "", "x", "9" * 30):
        status, page = link(curator, hole, number)
        assert status == 422, number
        assert "role=" in page
    link(curator, hole, pipe.number)
    status, page = link(curator, hole, pipe.number)
    assert status == 422
    assert "уже связаны" in page
    assert Event.objects.filter(kind="linked").count() == 2


def test_an_incident_out_of_sight_is_neither_linked_nor_shown(
    altai: Cast, hole: Incident, pipe: Incident, client_of: ClientOf
) -> None:
    executor = client_of(altai.executor)
    status, page = link(executor, hole, pipe.number)
    assert status == 422
    assert "которое вы видите" in page
    assert "Прорвало" not in page
    assert not Event.objects.filter(kind="linked").exists()
    link(client_of(altai.curator), hole, pipe.number)
    assert related(executor, hole) == ""


def test_a_refusal_on_the_other_side_leaves_nothing_on_this(altai: Cast, hole: Incident, pipe: Incident) -> None:
    do(pipe, altai.curator, c.Link(str(hole.pk), "same_event"))
    now = timezone.now()
    outcome = linking.link(hole, pipe, "same_event", person=altai.curator, command_id=uuid4(), now=now)
    assert outcome.refusal is not None
    assert not Event.objects.filter(kind="linked", incident_id=hole.pk).exists()
    assert linking.unlink(pipe, hole, person=altai.curator, command_id=uuid4(), now=now).refusal is None


def test_only_two_incidents_of_one_organisation_are_linked(altai: Cast, hole: Incident) -> None:
    for other in (hole, Incident(pk=hole.pk + 1, organisation=altai.elsewhere)):
        with pytest.raises(ValueError, match="one organisation"):
            linking.link(hole, other, "other", person=altai.curator, command_id=uuid4(), now=timezone.now())
