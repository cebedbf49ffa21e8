"""The manager's page: whose it is, what its numbers count, the lists behind them, reminders."""

import datetime as dt
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from otklik.incidents import load
from otklik.jobs import actions as jobs
from otklik.jobs import execution
from otklik.orgs import actions as orgs
from otklik.orgs.models import Person, Unit
from otklik.process import commands as c
from otklik.regulation.model.people import OurRole
from otklik.web.manager.page import manager_page
from otklik.web.manager.realm import desk_of
from otklik.web.manager.tasks import Wanted, What, tasks_page
from otklik.web.manager.view import ManagerPage
from tests.cast import LONG_AGO, Cast, by, make_cast, make_person, make_unit
from tests.incidents.desk import MINUTE, NOON, A, Desk, K, make_desk
from tests.web.test_desk_keeping import do, incident_of

pytestmark = pytest.mark.django_db

ClientOf = Callable[[Person], Client]
MONDAY = dt.datetime(2026, 11, 30, 6, 0, tzinfo=dt.UTC)
"""Nine in the morning in Moscow."""


@pytest.fixture
def altai() -> Cast:
    return make_cast(act=A)


def routed(cast: Cast, unit: Unit | None = None, text: str = "На Садовой яма") -> Desk:
    """Detected at noon on Friday, two minutes later in a body."""
    desk = make_desk(A, cast, text=text)
    desk.do(c.Select(critical=True), cast.curator)
    desk.do(c.Route(unit=(unit or cast.unit).key), cast.curator)
    return desk


def page_of(person: Person, cast: Cast, now: dt.datetime) -> ManagerPage:
    return manager_page(desk_of(person, cast.organisation, now))


def counts(page: ManagerPage) -> dict[str, int]:
    return {one.label: one.count for one in page.numbers}


class TestRights:
    @pytest.mark.parametrize("role", OurRole)
    def test_for_those_who_answer_for_others(self, altai: Cast, client_of: ClientOf, role: OurRole) -> None:
        client = client_of(altai.of_role[role])
        seen = role in load.MANAGERS
        assert client.get(f"/manager/{altai.organisation.pk}/").status_code == (200 if seen else 403)
        assert client.get("/manager/").status_code == (302 if seen else 403)
        assert ("Руководителю" in client.get("/act/").content.decode()) is seen

    @pytest.mark.parametrize("path", ["", "tasks/", "remind/"])
    def test_another_organisations_page_is_absent(self, altai: Cast, client_of: ClientOf, path: str) -> None:
        outsider = client_of(altai.outsider)
        method = outsider.post if path == "remind/" else outsider.get
        assert method(f"/manager/{altai.organisation.pk}/{path}").status_code == 404

    def test_an_executor_here_who_curates_elsewhere_is_told_no(self, altai: Cast, client_of: ClientOf) -> None:
        orgs.give_role(altai.executor, OurRole.CURATOR, organisation=altai.elsewhere, since_at=LONG_AGO, by=by())
        assert client_of(altai.executor).get(f"/manager/{altai.organisation.pk}/").status_code == 403

    def test_the_head_of_a_body_sees_that_body_alone(self, altai: Cast) -> None:
        parks = make_unit(altai.organisation, "parks")
        below = make_unit(altai.organisation, "gardens", parent=parks)
        chief = make_person(altai.organisation, "chief", OurRole.RESPONSIBLE, unit=parks)
        for unit in (altai.unit, parks, below):
            routed(altai, unit)
        page = page_of(chief, altai, NOON + 10 * MINUTE)
        assert [row.name for row in page.bodies] == [parks.name, below.name]
        assert counts(page)["Никто не взял"] == 2
        assert counts(page_of(altai.head, altai, NOON + 10 * MINUTE))["Никто не взял"] == 3


class TestNumbers:
    def test_not_taken_until_somebody_takes_it(self, altai: Cast) -> None:
        desk = routed(altai)
        (body,) = page_of(altai.head, altai, desk.now).bodies
        assert (body.open.count, body.untaken.count, body.taken.count) == (1, 1, 0)
        assert body.oldest_at == desk.term("draft").starts_at
        desk.do(c.Take(), altai.executor)
        page = page_of(altai.head, altai, desk.now)
        assert (page.bodies[0].untaken.count, page.bodies[0].taken.count) == (0, 1)
        assert [(row.name, row.open.count) for row in page.people] == [(altai.executor.full_name, 1)]

    def test_who_writes_is_at_it_until_it_is_sent_to_another_body(self, altai: Cast) -> None:
        parks = make_unit(altai.organisation, "parks")
        desk = routed(altai)
        desk.do(c.SaveDraft(text="Засыплем."), altai.executor)
        page = page_of(altai.head, altai, desk.now)
        assert (page.bodies[0].untaken.count, page.people[0].name) == (0, altai.executor.full_name)
        desk.do(c.Route(unit=parks.key), altai.curator)
        assert page_of(altai.head, altai, desk.now).bodies[0].untaken.count == 1

    def test_at_risk_all_of_its_last_day(self, altai: Cast) -> None:
        desk = routed(altai)
        assert counts(page_of(altai.head, altai, desk.now))["Под угрозой"] == 1  # till 17:45 today

    def test_late_the_moment_the_term_has_passed(self, altai: Cast) -> None:
        desk = routed(altai)
        due_at = desk.term("draft").due_at
        assert due_at is not None
        assert counts(page_of(altai.head, altai, due_at))["Просрочено"] == 0
        page = page_of(altai.head, altai, due_at + MINUTE)
        assert counts(page)["Просрочено"] == 1
        (row,) = page.late.rows
        assert (row.whose, row.clause, row.untaken) == (altai.unit.name, desk.term("draft").clause, True)

    def test_at_risk_when_40_percent_of_working_time_is_left_or_it_ends_today(self) -> None:
        """K 4: eight working hours from Friday noon, till 11:45 on Monday; 40 % of them are 3:12."""
        cast = make_cast(act=K)
        make_desk(K, cast)
        edge = dt.datetime(2026, 11, 27, 14, 33, tzinfo=dt.UTC)  # 17:33: 0:27 today and 2:45 on Monday
        for now, is_at_risk in ((edge - MINUTE, 0), (edge, 1), (MONDAY, 1)):
            assert counts(page_of(cast.head, cast, now))["Под угрозой"] == is_at_risk

    def test_what_lies_in_no_body_is_shown_by_role(self, altai: Cast) -> None:
        desk = make_desk(A, altai)
        page = page_of(altai.head, altai, desk.now)
        assert page.bodies == ()
        assert [(row.name, row.open.count) for row in page.roles] == [("Куратор", 1)]

    def test_absence_and_substitute_stand_beside_the_name(self, altai: Cast) -> None:
        desk = routed(altai)
        desk.do(c.Take(), altai.executor)
        until_at = NOON + dt.timedelta(days=3)
        orgs.note_absence(altai.executor, since_at=NOON, until_at=until_at, by=by())
        orgs.substitute(altai.executor, altai.specialist, since_at=NOON, until_at=until_at, ground="Приказ", by=by())
        (person,) = page_of(altai.head, altai, desk.now).people
        assert person.note == f"отсутствует до 30\N{NO-BREAK SPACE}ноября, замещает {altai.specialist.full_name}"

    def test_as_many_queries_for_twenty_as_for_two(self, altai: Cast, client_of: ClientOf) -> None:
        def cost() -> int:
            with CaptureQueriesContext(connection) as context:
                assert client_of(altai.head).get(f"/manager/{altai.organisation.pk}/").status_code == 200
            return len(context)

        for number in range(2):
            routed(altai, text=f"Яма {number}").do(c.Take(), altai.executor)
        routed(altai)
        cost()  # acts and schedules are made once
        few = cost()
        for number in range(10):
            unit = make_unit(altai.organisation, f"unit-{number}")
            person = make_person(altai.organisation, f"person-{number}", OurRole.EXECUTOR, unit=unit)
            routed(altai, unit).do(c.Take(), person)
            routed(altai, unit)
        assert cost() == few


class TestLists:
    def test_a_number_counts_what_its_list_shows(self, altai: Cast) -> None:
        parks = make_unit(altai.organisation, "parks")
        routed(altai)
        routed(altai, parks).do(c.Take(), make_person(altai.organisation, "gardener", OurRole.EXECUTOR, unit=parks))
        make_desk(A, altai)
        desk = desk_of(altai.head, altai.organisation, MONDAY)
        for wanted in (
            Wanted(),
            Wanted(What.UNTAKEN),
            Wanted(What.TAKEN, unit=parks.pk),
            Wanted(role=OurRole.CURATOR),
            Wanted(unit=altai.unit.pk),
        ):
            assert len(tasks_page(desk, wanted, 1).rows) == len(wanted.of(desk.tasks))
        assert [len(wanted.of(desk.tasks)) for wanted in (Wanted(), Wanted(What.TAKEN), Wanted(unit=parks.pk))] == [
            3,
            1,
            1,
        ]

    def test_what_is_not_understood_narrows_nothing(self, altai: Cast, client_of: ClientOf) -> None:
        make_desk(A, altai)
        query = "what=нечто&unit=x&role=царь&person=9999999999999&page=-1"
        answer = client_of(altai.head).get(f"/manager/{altai.organisation.pk}/tasks/?{query}")
        assert "На Садовой яма" in answer.content.decode()

    def test_an_empty_list_congratulates(self, altai: Cast, client_of: ClientOf) -> None:
        page = client_of(altai.head).get(f"/manager/{altai.organisation.pk}/tasks/?what=late").content.decode()
        assert "Все сроки соблюдаются" in page


def run_jobs() -> None:
    """What has fallen due within a minute; letters sent before are forgotten."""
    mail.outbox.clear()
    later = timezone.now() + MINUTE
    while claims := jobs.claim(limit=20, now=later):
        for claim in claims:
            assert execution.execute(claim, lambda: later) is execution.Ended.DONE


class TestReminders:
    def remind(self, client: Client, cast: Cast, **fields: object) -> str:
        answer = client.post(f"/manager/{cast.organisation.pk}/remind/", fields)
        assert answer.status_code == 200
        return str(answer.content.decode())

    def test_to_the_body_that_is_silent_by_one_letter(self, altai: Cast, client_of: ClientOf) -> None:
        Person.objects.filter(pk=altai.executor.pk).update(email="executor@example.org")
        found = [incident_of(altai, f"Яма {number}") for number in range(2)]
        for one in found:
            do(one, altai.curator, c.Select(critical=True), c.Route(unit=altai.unit.key))
        run_jobs()
        page = self.remind(client_of(altai.head), altai, unit=altai.unit.pk)
        assert "Отправлено: 2\N{NO-BREAK SPACE}напоминания" in page
        run_jobs()
        (letter,) = mail.outbox
        assert letter.to == ["executor@example.org"]
        assert all(f"/incidents/{one.pk}/" in letter.body for one in found)
        assert "Яма" not in letter.body

    def test_not_again_within_the_hour_and_the_page_says_when(self, altai: Cast, client_of: ClientOf) -> None:
        incident = do(incident_of(altai), altai.curator, c.Select(critical=True), c.Route(unit=altai.unit.key))
        head = client_of(altai.head)
        self.remind(head, altai, incident=incident.pk)
        again = self.remind(client_of(altai.curator), altai, incident=incident.pk)
        assert "чаще раза в час не напоминаем" in again
        assert "напомнили сегодня" in head.get(f"/manager/{altai.organisation.pk}/").content.decode()
        assert "Отправлено напоминание" in head.get(f"/incidents/{incident.pk}/").content.decode()

    def test_from_the_card_too(self, altai: Cast, client_of: ClientOf) -> None:
        incident = do(incident_of(altai), altai.curator, c.Select(critical=True), c.Route(unit=altai.unit.key))
        head, where = client_of(altai.head), f"/incidents/{incident.pk}/do/remind/"
        assert "Напомнить" in head.get(where).content.decode()
        assert head.post(where, {"command_id": str(uuid4())}).status_code == 303
        again = head.post(where, {"command_id": str(uuid4())})
        assert again.status_code == 422
        assert "чаще раза в час не напоминаем" in again.content.decode()

    def test_whoever_is_away_is_not_written_to_but_their_substitute(self, altai: Cast, client_of: ClientOf) -> None:
        for person in (altai.executor, altai.specialist):
            Person.objects.filter(pk=person.pk).update(email=f"{person.username}@example.org")
        incident = do(incident_of(altai), altai.curator, c.Select(critical=True), c.Route(unit=altai.unit.key))
        do(incident, altai.executor, c.Take())
        run_jobs()
        since_at = timezone.now() - MINUTE
        orgs.note_absence(altai.executor, since_at=since_at, until_at=None, by=by(now=since_at))
        orgs.substitute(
            altai.executor, altai.specialist, since_at=since_at, until_at=None, ground="Приказ", by=by(now=since_at)
        )
        self.remind(client_of(altai.head), altai, person=altai.executor.pk, incident=incident.pk)
        run_jobs()
        assert [letter.to for letter in mail.outbox] == [["specialist@example.org"]]

    def test_nobody_outside_the_realm(self, altai: Cast, client_of: ClientOf) -> None:
        parks = make_unit(altai.organisation, "parks")
        chief = make_person(altai.organisation, "chief", OurRole.RESPONSIBLE, unit=parks)
        incident = do(incident_of(altai), altai.curator, c.Select(critical=True), c.Route(unit=altai.unit.key))
        page = self.remind(client_of(chief), altai, incident=incident.pk)
        assert "Напоминать не о чем" in page
