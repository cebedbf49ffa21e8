"""Events after publication, of terms, and of keeping the incident."""

import datetime as dt
from dataclasses import replace

from otklik.process.events import Event, EventKind
from otklik.process.facts import TermSet
from otklik.process.fold.reading import (
    instant,
    maybe_instant,
    maybe_number,
    maybe_text,
    number,
    slot,
    text,
    truth,
)
from otklik.process.records import ExtensionGranted, LinkTo, Verdict
from otklik.process.state import Document, DocumentStatus, Phase, Promise, ReplyKind, State

_WITH_AUTHORS = frozenset({DocumentStatus.DRAFT, DocumentStatus.SENT_BACK})

# --- The author, promises, closing ---


def _author_answered(state: State, event: Event) -> State:
    """A new message: what was being written for the one before falls, and can be read as an earlier draft."""
    documents = tuple(
        document if document.slot.reply is ReplyKind.CORRECTION else _dropped(document) for document in state.documents
    )
    answering = text(event, "message")
    return replace(state, phase=Phase.WORK, silent=False, answering=answering, documents=documents)


def _author_silent(state: State, _event: Event) -> State:
    return replace(state, phase=Phase.WORK, silent=True)


def _promised(state: State, event: Event) -> State:
    due_on = dt.date.fromisoformat(text(event, "due_on"))
    promise = Promise(number(event, "promise"), due_on, slot(event))
    return replace(state, promises=(*state.promises, promise))


def _settled(state: State, event: Event) -> State:
    about = number(event, "promise")
    kept = event.kind is EventKind.PROMISE_KEPT

    def settle(promise: Promise) -> Promise:
        if promise.number != about:
            return promise
        at = event.happened_at
        return replace(promise, kept_at=at) if kept else replace(promise, released_at=at)

    return replace(state, promises=tuple(settle(promise) for promise in state.promises))


def _closed(state: State, event: Event) -> State:
    """Drafts that nobody sent fall. What the reply term is owed was settled by the publication before."""
    documents = tuple(_dropped(document) for document in state.documents)
    return replace(state, phase=Phase.CLOSED, outcome=text(event, "outcome"), documents=documents)


def _dropped(document: Document) -> Document:
    return replace(document, status=DocumentStatus.DROPPED) if document.status in _WITH_AUTHORS else document


def _reopened(state: State, event: Event) -> State:
    to = Phase(text(event, "to"))
    anew = to is Phase.DETECTED
    return replace(
        state,
        phase=to,
        selected_at=None if anew else state.selected_at,
        unit=None if anew else state.unit,
        past_units=(*state.past_units, state.unit) if anew and state.unit else state.past_units,
        parts=() if anew else state.parts,
        consolidator=None if anew else state.consolidator,
        round=number(event, "round"),
        outcome=None,
        exclusion=None,
        procedure=None,
        silent=False,
        facts=replace(state.facts, closed_at=None),
    )


# --- Terms ---


def _term_set(state: State, event: Event) -> State:
    minutes = maybe_number(event, "working_minutes")
    term = TermSet(
        step=text(event, "step"),
        set_at=event.happened_at,
        by=text(event, "by"),
        due_at=maybe_instant(event, "due_at"),
        working_time=None if minutes is None else dt.timedelta(minutes=minutes),
        part=maybe_number(event, "part"),
    )
    return replace(state, facts=replace(state.facts, terms_set=(*state.facts.terms_set, term)))


def _extended(state: State, event: Event) -> State:
    granted = ExtensionGranted(text(event, "step"), truth(event, "announce"))
    return replace(_term_set(state, event), extensions=(*state.extensions, granted))


def _told(state: State, event: Event) -> State:
    step = text(event, "step")
    told = tuple(replace(item, told=True) if item.step == step else item for item in state.extensions)
    return replace(state, extensions=told)


def _warned(state: State, event: Event) -> State:
    count = (text(event, "step"), instant(event, "starts_at"), maybe_number(event, "part"))
    return replace(state, warned=state.warned | {count})


def _verdict(state: State, event: Event) -> State:
    verdict = Verdict(
        step=text(event, "step"),
        starts_at=instant(event, "starts_at"),
        state=text(event, "state"),
        due_at=maybe_instant(event, "due_at"),
        clause=text(event, "clause"),
        calendar_version=text(event, "calendar_version"),
        ended_at=maybe_instant(event, "ended_at"),
        part=maybe_number(event, "part"),
        recommended=truth(event, "recommended"),
    )
    others = tuple(item for item in state.verdicts if not _same_count(item, event))
    return replace(state, verdicts=(*others, verdict))


def _same_count(verdict: Verdict, event: Event) -> bool:
    return (verdict.step, verdict.starts_at, verdict.part) == (
        text(event, "step"),
        instant(event, "starts_at"),
        maybe_number(event, "part"),
    )


def _verdict_corrected(state: State, event: Event) -> State:
    def correct(verdict: Verdict) -> Verdict:
        if not _same_count(verdict, event):
            return verdict
        return replace(verdict, state=text(event, "state"), corrected=True)

    return replace(state, verdicts=tuple(correct(verdict) for verdict in state.verdicts))


def _unchanged(state: State, _event: Event) -> State:
    """Told for the record: the due time itself is computed from the facts and the calendar."""
    return state


# --- Keeping ---


def _holder(state: State, event: Event) -> State:
    key = "to" if event.kind is EventKind.HANDED_OVER else "person"
    holders = dict(state.assigned) | {text(event, "role"): text(event, key)}
    return replace(state, assigned=tuple(sorted(holders.items())))


def _reminded(state: State, event: Event) -> State:
    about = (text(event, "step"), maybe_number(event, "part"))
    others = [one for one in state.reminded if one[:2] != about]
    found = sorted((*others, (*about, event.happened_at)), key=lambda one: (one[0], one[1] or 0))
    return replace(state, reminded=tuple(found))


def _linked(state: State, event: Event) -> State:
    link = LinkTo(text(event, "incident"), text(event, "relation"), maybe_text(event, "organisation"))
    return replace(state, links=(*state.links, link))


def _unlinked(state: State, event: Event) -> State:
    gone = text(event, "incident")
    return replace(state, links=tuple(one for one in state.links if one.incident != gone))


FOLDS = {
    EventKind.AUTHOR_ANSWERED: _author_answered,
    EventKind.AUTHOR_SILENT: _author_silent,
    EventKind.PROMISE_MADE: _promised,
    EventKind.PROMISE_KEPT: _settled,
    EventKind.PROMISE_RELEASED: _settled,
    EventKind.CLOSED: _closed,
    EventKind.REOPENED: _reopened,
    EventKind.TERM_SET: _term_set,
    EventKind.EXTENDED: _extended,
    EventKind.AUTHOR_TOLD: _told,
    EventKind.WARNED: _warned,
    EventKind.VERDICT: _verdict,
    EventKind.VERDICT_CORRECTED: _verdict_corrected,
    EventKind.REDATED: _unchanged,
    EventKind.TAKEN: _holder,
    EventKind.ASSIGNED: _holder,
    EventKind.HANDED_OVER: _holder,
    EventKind.NOTE_ADDED: _unchanged,
    EventKind.REMINDED: _reminded,
    EventKind.LINKED: _linked,
    EventKind.UNLINKED: _unlinked,
}
