"""Puts the card together."""

from django.urls import reverse

from otklik.incidents import access
from otklik.incidents.models import Incident
from otklik.process.legal import legal_standing, legal_words
from otklik.process.refusal_words import stage_words
from otklik.process.state import Stage
from otklik.regulation.model import Act, StepKind
from otklik.web.card import journal, ladder, next_step, parts, publishing, reply, thread
from otklik.web.card.desk import Desk
from otklik.web.card.fields import RELATIONS
from otklik.web.card.presence import presence
from otklik.web.card.reply_view import DraftView
from otklik.web.card.view import CardPage, RelatedIncident, TagKind, TagView
from otklik.web.chronometer import Chronometer
from otklik.web.clocks import clock_of, row_clock
from otklik.web.networks import network
from otklik.web.view import Link, Notice, Person
from otklik.web.words import first_words


def card_page(desk: Desk, *, notices: tuple[Notice, ...] = (), draft: DraftView | None = None) -> CardPage:
    """The whole card. `draft`: the workspace as a refused POST left it, so that no word is lost."""
    incident, act = desk.data.incident, desk.data.act
    return CardPage(
        key=incident.pk,
        number=str(incident.number),
        title=" · ".join(filter(None, (incident.topic or first_words(incident.excerpt), incident.place)))
        or "(без текста)",
        network=network(incident.network),
        state=stage_words(Stage(desk.data.state.stage)),
        messages=thread.thread(desk),
        next_step=next_step.next_step(desk),
        ladder=ladder.ladder(desk),
        journal=journal.journal(desk),
        act=Link(label=act.short_title, url=reverse("act"), hint=f"редакция {incident.act_hash[:8]}"),
        notices=notices,
        reply_term=_reply_term(desk),
        task=next_step.task(desk),
        draft=draft or reply.draft(desk),
        review=publishing.review(desk),
        publications=publishing.publications(desk),
        parts=parts.parts(desk),
        actions=next_step.actions(desk),
        tags=_tags(desk),
        people=_people(desk),
        related=_related(desk),
        here=presence.others(incident.pk, desk.viewer, desk.now),
        back_url=reverse("queue"),
        legal_note=_legal_note(act),
        zone_note=_zone_note(desk),
    )


def _reply_term(desk: Desk) -> Chronometer | None:
    rows = [row for row in desk.data.deadlines if row.kind is StepKind.REPLY]
    return clock_of(rows[-1], desk.data.schedules, desk.now, key="reply") if rows else None


def _tags(desk: Desk) -> tuple[TagView, ...]:
    state, policies = desk.data.state, desk.data.act.policies
    tags = dict(state.tags)
    found = []
    if tags.get("topic"):
        found.append(TagView(kind=TagKind.TOPIC, label=tags["topic"]))
    if tags.get("place"):
        found.append(TagView(kind=TagKind.PLACE, label=tags["place"]))
    kind = next((one.words for one in policies.message_kinds if one.kind == state.kind), "")
    if kind:
        found.append(TagView(kind=TagKind.KIND, label=kind))
    if state.importance and state.importance != policies.importance[0].importance:
        words = next((one.words for one in policies.importance if one.importance == state.importance), state.importance)
        found.append(TagView(kind=TagKind.IMPORTANCE, label=words, loud=True))
    if "significance" in state.confirmed:
        found.append(TagView(kind=TagKind.SIGNIFICANCE, label="общественно значимое", loud=True))
    if "surge" in state.confirmed:
        found.append(TagView(kind=TagKind.SURGE, label="всплеск активности", loud=True))
    return tuple(found)


def _people(desk: Desk) -> tuple[Person, ...]:
    assigned = [
        Person(name=desk.person_name(person), role=desk.role_words(role)) for role, person in desk.data.state.assigned
    ]
    unit = desk.data.state.unit
    body = (Person(name=desk.unit_name(unit), role="орган, у которого сообщение"),) if unit else ()
    return (*body, *assigned)


def _related(desk: Desk) -> tuple[RelatedIncident, ...]:
    """The earlier question that this one repeats, and linked incidents, as far as the viewer may see them."""
    repeat = desk.data.state.repeat_of
    wanted = {int(repeat.earlier): "тот же вопрос"} if repeat and repeat.earlier.isdecimal() else {}
    wanted |= {
        int(one.incident): RELATIONS.get(one.relation, "связано")
        for one in desk.data.state.links
        if one.incident.isdecimal()
    }
    seen = access.visible_to(desk.viewer, desk.now).in_bulk(list(wanted))
    return tuple(
        RelatedIncident(
            number=str(incident.number),
            excerpt=incident.excerpt,
            state=stage_words(Stage(incident.stage)),
            relation=wanted[key],
            key=key,
            at=incident.detected_at.astimezone(desk.now.tzinfo),
            chronometer=_clock_of_other(desk, incident),
        )
        for key, incident in seen.items()
    )


def _clock_of_other(desk: Desk, incident: Incident) -> Chronometer | None:
    if incident.closed_at or incident.next_due_at is None:
        return None
    return row_clock(
        desk.data.schedules.own,
        desk.now,
        key=f"related-{incident.pk}",
        title="",
        starts_at=incident.next_starts_at,
        due_at=incident.next_due_at,
    )


def _legal_note(act: Act) -> str:
    source = legal_standing(act).source
    return f"{legal_words(act)} (п. {source.clause})" if source else legal_words(act)


def _zone_note(desk: Desk) -> str:
    zone = desk.data.incident.organisation.zone
    if desk.viewer.local_zone == zone:
        return ""
    return f"Время организации: {zone}."
