"""The words of a reply, asked before it leaves its authors: the core decides without texts, the journal has them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from otklik.incidents.work import Work
from otklik.process.commands import CommandName
from otklik.process.events import Event, EventKind
from otklik.process.findings import ReplyText
from otklik.process.fold.reading import slot, slot_of
from otklik.process.refusal import Refusal
from otklik.process.state import ReplyKind
from otklik.process.steps.gate import wording_problem

_SENT_ON = frozenset({EventKind.VISA_REQUESTED, EventKind.DRAFT_IN, EventKind.PUBLICATION_REQUESTED})
_WRITTEN = frozenset({EventKind.DRAFT_SAVED.value, EventKind.REPEAT_LINKED.value})


def forbidden(work: Work, decided: tuple[Event, ...]) -> Refusal | None:
    """The refusal of a step by which a text leaves its authors though the act forbids its words or its length."""
    for event in decided:
        mended_by = _mended_by(work, event)
        written = _written(work, decided, event) if mended_by else None
        problem = None if written is None else wording_problem(_reply(work, event, *written), work.act)
        if problem is not None and mended_by:
            return replace(problem, next=(mended_by,))
    return None


def _mended_by(work: Work, event: Event) -> CommandName | None:
    """How a text that leaves with this event is mended; None: none leaves."""
    if event.kind is EventKind.REPEAT_LINKED:
        return CommandName.LINK_REPEAT
    if event.kind is EventKind.DRAFT_SAVED:
        return CommandName.REWORK_JOINTLY if event.payload.get("joint") else None
    if event.kind not in _SENT_ON and not event.payload.get("by_hand"):
        return None
    document = work.folded.state.document(slot(event))
    if document is None or document.submitted is None:
        return CommandName.SAVE_DRAFT
    # What was approved and stands there already is a fact; what is still to go can be sent back.
    if event.kind is EventKind.PUBLICATION_REQUESTED:
        return CommandName.SEND_BACK
    return CommandName.SAVE_DRAFT if event.kind in _SENT_ON else None


def _written(work: Work, decided: tuple[Event, ...], event: Event) -> tuple[Mapping[str, Any], str] | None:
    """What was saved as the version of this event, and its text; None: erased by law."""
    wanted = (slot(event), event.payload.get("version"))
    saved = [(one.kind.value, one.payload, one.texts) for one in decided]
    saved += [(one.kind, one.payload, one.texts) for one in reversed(work.recorded)]
    for kind, payload, texts in saved:
        if kind in _WRITTEN and (slot_of(payload), payload.get("version")) == wanted:
            return (payload, texts["text"]) if "text" in texts else None
    return None


def _reply(work: Work, event: Event, saved: Mapping[str, Any], text: str) -> ReplyText:
    setting = work.setting
    return ReplyText(
        text=text,
        network=work.folded.state.network,
        written_on=setting.now.astimezone(ZoneInfo(setting.organisation.zone)).date(),
        reply=ReplyKind(str(event.payload["reply"])),
        states=frozenset(saved.get("states") or ()),
        attachments=frozenset(str(file["kind"]) for file in saved.get("attachments") or ()),
    )
