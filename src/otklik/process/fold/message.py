"""Events about the message itself: what it is, how important, whether it is answered here."""

from dataclasses import replace

from otklik.process.events import Event, EventKind
from otklik.process.facts import Facts
from otklik.process.fold.reading import mapping, maybe_text, text, truth
from otklik.process.records import Exclusion, Part, PartStatus, RepeatOf
from otklik.process.state import IN_FLIGHT, Document, DocumentStatus, Phase, State

_STOPPED = IN_FLIGHT | {DocumentStatus.SENT_BACK}
_AWAITED = frozenset({PartStatus.PLANNED, PartStatus.ASKED})


def _posted(state: State, _event: Event) -> State:
    return state


def _detected(state: State, event: Event) -> State:
    importance, message = text(event, "importance"), text(event, "message")
    earlier = maybe_text(event, "repeat_of")
    return replace(
        state,
        phase=Phase.DETECTED,
        facts=Facts(
            kind=text(event, "kind"),
            importance=importance,
            moments=state.facts.moments,
            repeat=earlier is not None,
        ),
        importance=importance,
        message=message,
        answering=message,
        network=text(event, "network"),
        found_by=text(event, "found_by"),
        detected_at=event.happened_at,
        repeat_of=RepeatOf(earlier) if earlier else None,
        tags=_tags(state, event),
    )


def _tags(state: State, event: Event) -> tuple[tuple[str, str], ...]:
    """Tags by name; an empty value takes one off."""
    tags = dict(state.tags) | {str(name): str(value) for name, value in mapping(event, "tags").items()}
    return tuple(sorted((name, value) for name, value in tags.items() if value))


def _selected(state: State, event: Event) -> State:
    """The class given at selection is the class from the start: the shortened term runs from detection."""
    importance, earlier = text(event, "importance"), maybe_text(event, "repeat_of")
    repeat = RepeatOf(earlier, truth(event, "new_facts")) if earlier else None
    facts = replace(state.facts, kind=text(event, "kind"), importance=importance, repeat=repeat is not None)
    selected = replace(
        state,
        phase=Phase.SELECTED,
        facts=facts,
        importance=importance,
        repeat_of=repeat,
        selected_at=event.happened_at,
    )
    return _report_due(selected, event)


def _report_due(state: State, event: Event) -> State:
    about = maybe_text(event, "report_about")
    return state if about is None else replace(state, reports_due=state.reports_due | {about})


def _class_changed(state: State, event: Event) -> State:
    return _report_due(replace(state, importance=text(event, "importance")), event)


def _joined(state: State, event: Event) -> State:
    repeat = RepeatOf(text(event, "repeat_of"), truth(event, "new_facts"))
    return replace(state, repeat_of=repeat, facts=replace(state.facts, repeat=True))


def _ended(state: State, event: Event, phase: Phase) -> State:
    """Nothing is due any more: it left the process before an answer. What was under way stops where it is."""
    return replace(
        state,
        phase=phase,
        facts=replace(state.facts, closed_at=event.happened_at),
        parts=tuple(_stopped_part(part) for part in state.parts),
        documents=tuple(_stopped(document) for document in state.documents),
    )


def _stopped(document: Document) -> Document:
    """A draft under review goes back to its authors: a reopening may need it again."""
    if document.status not in _STOPPED:
        return document
    return replace(document, status=DocumentStatus.DRAFT, submitted=None, submitted_by=None, failed_for_good=False)


def _stopped_part(part: Part) -> Part:
    return replace(part, status=PartStatus.WITHDRAWN) if part.status in _AWAITED else part


def _excluded(state: State, event: Event) -> State:
    exclusion = Exclusion(text(event, "ground"), text(event, "effect"), truth(event, "may_block_author"))
    return replace(_ended(state, event, Phase.EXCLUDED), exclusion=exclusion)


def _processed(state: State, _event: Event) -> State:
    return replace(state, phase=Phase.PROCESSED)


def _left_out(state: State, event: Event) -> State:
    return _ended(state, event, Phase.LEFT_OUT)


def _elsewhere(state: State, event: Event) -> State:
    return replace(_ended(state, event, Phase.ELSEWHERE), procedure=text(event, "procedure"))


def _blocked(state: State, _event: Event) -> State:
    if state.exclusion is None:
        return state
    return replace(state, exclusion=replace(state.exclusion, author_blocked=True))


def _confirmed(state: State, event: Event) -> State:
    about = "surge" if event.kind is EventKind.SURGE_CONFIRMED else "significance"
    return _report_due(replace(state, confirmed=state.confirmed | {about}), event)


def _reported(state: State, _event: Event) -> State:
    return replace(state, reports_due=frozenset())


def _tagged(state: State, event: Event) -> State:
    return replace(state, tags=_tags(state, event))


FOLDS = {
    EventKind.POSTED: _posted,
    EventKind.DETECTED: _detected,
    EventKind.SELECTED: _selected,
    EventKind.MARKED_PUBLICATION: _selected,
    EventKind.LEFT_OUT: _left_out,
    EventKind.EXCLUDED: _excluded,
    EventKind.PROCESSED_WITHOUT_REPLY: _processed,
    EventKind.NOT_THIS_PROCEDURE: _elsewhere,
    EventKind.AUTHOR_BLOCKED: _blocked,
    EventKind.SHORTENED: _class_changed,
    EventKind.IMPORTANCE_RAISED: _class_changed,
    EventKind.JOINED: _joined,
    EventKind.SIGNIFICANCE_CONFIRMED: _confirmed,
    EventKind.SURGE_CONFIRMED: _confirmed,
    EventKind.REPORTED: _reported,
    EventKind.TAGGED: _tagged,
}
