"""Keeping an incident: who works on it, tags, notes, links. None of it moves the process."""

from otklik.process.commands import AddNote, Assign, CommandName, HandOver, Link, Tag, Take, Unlink
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, holds_oneself, not_ended, wrong_stage
from otklik.process.state import Phase
from otklik.process.view import Names, View, unique

_WHYS = ("duty", "substitution", "other")


def _everyone(view: View) -> Names:
    return view.everyone


def _begun(view: View) -> Refusal | None:
    return wrong_stage(view) if view.state.phase is Phase.NONE else None


def _open(view: View) -> Refusal | None:
    return _begun(view) or not_ended(view)


def _take(ask: Ask[Take]) -> Decision:
    """A role of one's own: what is recorded for another cannot be taken."""
    held = [name for name in ask.view.everyone if holds_oneself(ask.view, ask.actor, name)]
    role = ask.command.role or held[0]
    if role not in held or ask.actor.on_behalf_of is not None:
        return refuse(RefusalCode.NOT_YOUR_ROLE, role=role, then=(CommandName.TAKE,))
    return (happened(EventKind.TAKEN, ask.at, {"role": role, "person": ask.actor.person}),)


def _unknown_role(view: View, role: str) -> Refusal | None:
    if view.role(role) is not None:
        return None
    return refuse(RefusalCode.UNKNOWN_NAME, what="role", named=role, known=view.everyone)


def _assign(ask: Ask[Assign]) -> Decision:
    command = ask.command
    payload = {"role": command.role, "person": command.person, "by": ask.actor.person}
    return _unknown_role(ask.view, command.role) or (happened(EventKind.ASSIGNED, ask.at, payload),)


def _hand_over(ask: Ask[HandOver]) -> Decision:
    """Duty and substitution: from whoever holds the role on this incident to another."""
    command = ask.command
    problem = _unknown_role(ask.view, command.role)
    if problem is not None:
        return problem
    if command.why not in _WHYS:
        return refuse(RefusalCode.UNKNOWN_NAME, what="why", named=command.why, known=_WHYS)
    holder = dict(ask.view.state.assigned).get(command.role)
    payload = {"role": command.role, "from": holder, "to": command.to, "why": command.why}
    return (happened(EventKind.HANDED_OVER, ask.at, payload, note=command.note),)


def _assigners(view: View) -> Names:
    return unique((*view.routers, *view.reviewers, *view.submitters, *view.overseers))


def _tag(ask: Ask[Tag]) -> Decision:
    payload = {"tags": dict(ask.command.tags), "source": ask.command.source}
    return (happened(EventKind.TAGGED, ask.at, payload),)


def _note(ask: Ask[AddNote]) -> Decision:
    if not ask.command.note.strip():
        return refuse(RefusalCode.TEXT_REQUIRED)
    return (happened(EventKind.NOTE_ADDED, ask.at, {"by": ask.actor.person}, note=ask.command.note),)


def _link(ask: Ask[Link]) -> Decision:
    command = ask.command
    if any(one.incident == command.incident for one in ask.view.state.links):
        return refuse(RefusalCode.LINKED_ALREADY)
    payload = {"incident": command.incident, "relation": command.relation, "organisation": command.organisation}
    return (happened(EventKind.LINKED, ask.at, payload),)


def _has_links(view: View) -> Refusal | None:
    return _begun(view) or (None if view.state.links else refuse(RefusalCode.NOT_LINKED))


def _unlink(ask: Ask[Unlink]) -> Decision:
    if all(one.incident != ask.command.incident for one in ask.view.state.links):
        return refuse(RefusalCode.NOT_LINKED)
    return (happened(EventKind.UNLINKED, ask.at, {"incident": ask.command.incident}),)


RULES = (
    Rule(Take, _everyone, _open, _take, on_line=False, is_progress=False),
    Rule(Assign, _assigners, _open, _assign, on_line=False, is_progress=False),
    Rule(HandOver, _everyone, _open, _hand_over, on_line=False, is_progress=False),
    Rule(Tag, _everyone, _begun, _tag, on_line=False, is_progress=False, by_system=True),
    Rule(AddNote, _everyone, _begun, _note, on_line=False, is_progress=False),
    Rule(Link, _everyone, _begun, _link, on_line=False, is_progress=False, by_system=True),
    Rule(Unlink, _everyone, _has_links, _unlink, on_line=False, is_progress=False),
)
