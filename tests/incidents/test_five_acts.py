"""The whole loop under each of the five acts, as people act in the database: the clause that runs after each step, to
the published reply. After every step the read models agree with the journal."""

import datetime as dt

import pytest

from otklik.incidents import access, queries, queue
from otklik.incidents.models import Participant, WorkItem
from otklik.orgs.actions import give_role
from otklik.orgs.models import OrganisationKind, Person, Unit
from otklik.process import commands as c
from otklik.process.actor import OnBehalf
from otklik.process.refusal import RefusalCode
from otklik.process.state import Attachment, PublicationPlace, ReplyKind, Stage
from otklik.regulation.model.people import OurRole
from tests.cast import LONG_AGO, by, make_cast, make_organisation, make_person, make_unit
from tests.incidents.desk import NOON, A, Desk, K, L, N, U, make_desk

pytestmark = pytest.mark.django_db

TEXT = "Здравствуйте! Яму на Садовой засыплют до 1 декабря."
URL = "https://vk.com/wall-1_2?reply=3"
PHOTO = (Attachment("1", "photo"),)


class Loop(Desk):
    """Every step says which clause runs next, and leaves the read models in agreement with the journal."""

    def step(
        self,
        command: c.Command,
        person: Person | None,
        clause: str,
        *,
        on_behalf_of: OnBehalf | None = None,
        after: float = 1,
    ) -> None:
        self.do(command, person, on_behalf_of=on_behalf_of, after=after)
        assert self.next_clause == clause, f"after {command.name}: {self.next_clause}, not {clause}"
        assert self.differences() == []

    def waits_for(self, person: Person, step: str) -> None:
        """The step stands in this person's queue, and in nobody's who cannot take it."""
        assert step in {one.step for one in queue.work_of(person, self.now)}

    def ends_published(self) -> None:
        assert self.incident.stage == Stage.ANSWERED
        assert self.incident.next_due_at is None
        assert self.states()["reply"] == "met"
        (published,) = self.events("published")
        assert published.payload["url"] == URL
        late = [one for one in self.events("verdict") if one.payload["state"] != "met"]
        assert late == []
        assert queries.reply_url(self.incident.pk) == URL
        self.do(c.Close(outcome="answered"), self.cast.curator)
        assert self.incident.closed_at is not None
        assert not WorkItem.objects.filter(incident=self.incident).exists()
        assert self.differences() == []


def loop(act: str, cast: object = None) -> Loop:
    desk = make_desk(act, cast)  # type: ignore[arg-type]
    assert desk.differences() == []
    return Loop(desk.cast, desk.incident)


def test_novoalekseevskaya_with_the_curator_of_another_institution_without_an_account() -> None:
    """N 8, 14: the region's centre sends and approves; it has no account, so our people record its steps."""
    cast = make_cast(act=N)
    centre = make_organisation(kind=OrganisationKind.OUTSIDE)
    there = make_person(centre, "")
    give_role(there, OurRole.CURATOR, organisation=cast.organisation, since_at=LONG_AGO, by=by())
    here = loop(N, cast)
    assert here.next_clause == "13"  # the draft is owed four hours before the reply
    curator = OnBehalf(role="curator", holder=str(there.pk), evidence="письмо центра № 12")
    executor = cast.executor
    here.step(c.Receive(), executor, "10")
    here.step(c.Select(), executor, "10")
    here.step(c.Route(unit=cast.unit.key), executor, "13")
    here.step(c.SaveDraft(text=TEXT), cast.specialist, "13")
    here.step(c.SubmitDraft(version=1), executor, "14")
    here.refused(c.Approve(version=1), executor, RefusalCode.NOT_YOUR_ROLE)
    here.step(c.Approve(version=1), executor, "16", on_behalf_of=curator)
    (approved,) = here.events("approved")
    assert approved.actor_id == executor.pk
    assert approved.on_behalf_of == {"role": "curator", "holder": str(there.pk), "evidence": "письмо центра № 12"}
    assert {one.on_behalf_of for one in here.events("verdict")} == {None}
    here.step(c.ConfirmPublished(url=URL), executor, "")
    assert here.incident.stage == Stage.ANSWERED
    here.do(c.Close(outcome="answered"), executor)
    assert here.differences() == []
    assert here.events("published")[0].payload["url"] == URL


def test_novoalekseevskaya_shortened_by_the_executor() -> None:
    cast = make_cast(act=N)
    here = loop(N, cast)
    here.step(c.Receive(), cast.executor, "10")
    here.step(c.Select(), cast.executor, "10")
    here.step(c.Shorten(ground="авария"), cast.executor, "10")
    reply = here.term("reply")
    assert (reply.clause, reply.due_at) == ("10", NOON + dt.timedelta(hours=4, minutes=45))  # 4 wh of 9–18, lunch out


@pytest.mark.parametrize("kind", ["incident", "publication"])
def test_kalininsky_where_the_kind_of_message_chooses_the_curator(kind: str) -> None:
    """K 4, 5: the control department curates incidents, the media department publications."""
    cast = make_cast(act=K)
    control = make_person(cast.organisation, "control")
    media = make_person(cast.organisation, "media")
    for person, role in ((control, "curator"), (media, "media")):
        give_role(person, OurRole.CURATOR, act_role=role, since_at=LONG_AGO, by=by())
    here = loop(K, cast)
    assert here.next_clause == "9"

    def waits_for() -> list[Person]:
        return [one for one in (control, media) if queue.Queue(one, here.now).section(queue.Section.MINE).exists()]

    assert waits_for() == [control]  # an incident until it is found to be something else
    if kind == "publication":
        here.step(c.Select(kind="publication"), cast.executor, "9")  # K 7: the body that found it
        assert waits_for() == []  # it lies before the executors, whoever curates
        here.refused(c.Route(unit=cast.unit.key), control, RefusalCode.NOT_YOUR_ROLE)
        here.step(c.Route(unit=cast.unit.key), media, "9")
        here.step(c.SaveDraft(text=TEXT), cast.executor, "9")
        here.refused(c.SubmitDraft(version=1), cast.executor, RefusalCode.NO_REVIEW)  # 10 to 17 are of incidents
        here.step(c.RequestPublication(), cast.executor, "9")
    else:
        here.refused(c.Select(), media, RefusalCode.NOT_YOUR_ROLE)
        here.step(c.Select(), control, "9")
        assert waits_for() == [control]
        here.step(c.Route(unit=cast.unit.key), control, "9")
        here.step(c.SaveDraft(text=TEXT), cast.executor, "9")
        here.step(c.SubmitDraft(version=1), cast.executor, "9")
        here.refused(c.SendBack(version=1), control, RefusalCode.GROUND_REQUIRED)
        here.step(c.Approve(version=1), control, "9")
    here.step(c.ConfirmPublished(url=URL), cast.executor, "")
    here.ends_published()


def test_ukhta_with_the_gate_of_evidence() -> None:
    """U 10: no measures, progress or refutation without a photo, a video or a scanned act."""
    here = loop(U)
    cast = here.cast
    assert here.next_clause == "8"
    here.step(c.Select(), cast.curator, "8")
    here.step(c.Route(unit=cast.unit.key), cast.curator, "10")
    here.step(c.SaveDraft(text=TEXT, states=frozenset({"measures"})), cast.executor, "10")
    here.refused(c.SubmitDraft(version=1), cast.executor, RefusalCode.EVIDENCE_REQUIRED)
    here.step(
        c.SaveDraft(text=TEXT, states=frozenset({"measures"}), attachments=PHOTO, base_version=1), cast.executor, "10"
    )
    here.step(c.SubmitDraft(version=2), cast.executor, "11")
    here.waits_for(cast.curator, "review")
    here.step(c.SendBack(version=2, grounds=("formal",)), cast.curator, "13")
    here.step(
        c.SaveDraft(text=TEXT + " Спасибо!", states=frozenset({"measures"}), attachments=PHOTO, base_version=2),
        cast.executor,
        "13",
    )
    here.step(c.SubmitDraft(version=3), cast.executor, "11")
    here.step(c.Approve(version=3), cast.curator, "14")
    here.step(c.ConfirmPublished(url=URL), cast.curator, "")
    here.ends_published()


def test_lesozavodsk_where_one_hand_writes_and_approves() -> None:
    """L R4: the press centre may be author and reviewer; the journal says so."""
    cast = make_cast(act=L)
    press = make_person(cast.organisation, "press", OurRole.CURATOR, OurRole.EXECUTOR, unit=cast.unit)
    here = loop(L, cast)
    assert here.next_clause == "7"
    here.step(c.Select(), press, "7")
    here.step(c.Route(unit=cast.unit.key), press, "10")
    here.step(c.SaveDraft(text=TEXT), press, "10")
    here.step(c.SubmitDraft(version=1, approve=True), press, "8")
    (approved,) = here.events("approved")
    assert approved.payload["self_review"] is True
    here.step(c.ConfirmPublished(url=URL), press, "")
    here.ends_published()


def test_altai_with_parts_and_a_responsible_executor_on_its_own_page() -> None:
    """A 14: parts to the curator, one executor writes the reply; A 12: where it stood is closed, so on our own page."""
    cast = make_cast(act=A)
    units = {key: make_unit(cast.organisation, key) for key in ("health", "parks")}
    health, parks = (
        make_person(cast.organisation, f"executor-{key}", OurRole.EXECUTOR, unit=unit) for key, unit in units.items()
    )
    here = loop(A, cast)
    assert here.next_clause == "6"
    here.step(c.Select(critical=True), cast.curator, "6")
    parts = (c.PartRequest("health"), c.PartRequest(cast.unit.key), c.PartRequest("parks", order=2))
    here.step(c.RequestParts(parts=parts, consolidator=cast.unit.key), cast.curator, "14")
    assert here.states()["route"] == "met"
    assert access.visible_to(health).filter(pk=here.incident.pk).exists()
    assert not access.visible_to(parks).filter(pk=here.incident.pk).exists()
    here.waits_for(health, "part")
    here.step(c.SubmitPart(part=1, text="Поликлиника принимает"), health, "14", after=30)
    assert not access.visible_to(parks).filter(pk=here.incident.pk).exists()
    here.step(c.SubmitPart(part=2, text="Яму засыплют"), cast.executor, "14")
    assert access.visible_to(parks).filter(pk=here.incident.pk).exists()
    here.step(c.SubmitPart(part=3, text="Дорожка засыпана"), parks, "14", after=30)
    here.step(c.SaveDraft(text=TEXT), cast.executor, "14")
    here.step(c.SubmitDraft(version=1), cast.executor, "10")
    here.step(c.Approve(version=1), cast.curator, "12")
    why = "комментарии под записью закрыты"
    own = PublicationPlace.OWN_ACCOUNT
    here.refused(c.ConfirmPublished(url=URL, place=own), cast.executor, RefusalCode.IMPOSSIBILITY_OF_PLACE_REQUIRED)
    here.step(
        c.ConfirmPublished(url=URL, place=own, why_impossible=why, author_link="https://vk.com/id7"), cast.executor, ""
    )
    here.ends_published()
    assert here.events("published")[0].payload["author_link"] == "https://vk.com/id7"
    assert Participant.objects.filter(incident=here.incident, unit__in=units.values()).count() == 2


def test_altai_an_interim_reply_then_the_final_one() -> None:
    """A 13: the final draft within seven working days of the interim reply."""
    here = loop(A)
    cast = here.cast
    here.step(c.Select(critical=True), cast.curator, "6")
    here.step(c.Route(unit=cast.unit.key), cast.curator, "9")
    here.step(c.SaveDraft(text=TEXT, kind=ReplyKind.INTERIM), cast.executor, "9")
    here.step(c.SubmitDraft(version=1, kind=ReplyKind.INTERIM), cast.executor, "10")
    here.step(c.Approve(version=1), cast.curator, "12")
    here.step(c.ConfirmPublished(kind=ReplyKind.INTERIM, url="https://vk.com/wall-1_2?reply=1"), cast.executor, "13")
    assert here.term("final_draft").due_at == dt.datetime(2026, 12, 8, 15, 0, tzinfo=dt.UTC)
    here.step(c.SaveDraft(text=TEXT), cast.executor, "13")
    here.step(c.SubmitDraft(version=1), cast.executor, "10")
    here.step(c.Approve(version=1), cast.curator, "12")
    here.step(c.ConfirmPublished(url=URL), cast.executor, "")
    here.ends_published()


@pytest.mark.parametrize("act", [N, K, U, L, A])
def test_a_unit_that_nobody_knows_is_refused(act: str) -> None:
    here = loop(act)
    cast = here.cast
    selector = cast.curator
    if act == N:
        here.do(c.Receive(), cast.executor)
        selector = cast.executor
    here.do(c.Select(critical=act == A), selector)
    refused = here.refused(c.Route(unit="nowhere"), selector, RefusalCode.UNKNOWN_NAME)
    assert refused.refusal is not None
    assert refused.refusal.facts["known"] == (cast.unit.key,)
    assert Unit.objects.filter(key="nowhere").count() == 0
