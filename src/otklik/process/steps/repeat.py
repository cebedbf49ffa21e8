"""Repeats answered without a new review, where the act allows it: by a link (U 17), from the base of replies."""

from otklik.process.addresses import leads_to_a_page
from otklik.process.commands import CommandName, LinkRepeat, RepeatWay
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, slot_data, wrong_stage
from otklik.process.state import DocumentStatus, Phase, ReplyKind
from otklik.process.view import Names, View, unique
from otklik.regulation.model.policies import RepeatRoute

_WAYS = {RepeatRoute.LINK: RepeatWay.LINK, RepeatRoute.BASE_OF_REPLIES: RepeatWay.BASE_OF_REPLIES}
_OPEN = frozenset({DocumentStatus.DRAFT, DocumentStatus.SENT_BACK, DocumentStatus.DROPPED})


def short_way(view: View) -> RepeatWay | None:
    """The way that the act allows for this repeat without its whole process; None: none."""
    policy, repeat = view.policies.repeats, view.state.repeat_of
    if policy is None or repeat is None:
        return None
    return _WAYS.get(policy.with_new_facts if repeat.new_facts else policy.without_new_facts)


def _possible(view: View) -> Refusal | None:
    state = view.state
    if state.phase not in {Phase.SELECTED, Phase.RECEIVED, Phase.RETURNED, Phase.WORK}:
        return wrong_stage(view)
    if state.repeat_of is None:
        return refuse(RefusalCode.NOT_A_REPEAT, view.policies.repeats, then=(CommandName.JOIN_REPEAT,))
    if short_way(view) is None:
        new_facts = state.repeat_of.new_facts
        return refuse(RefusalCode.REPEAT_WHOLE_PROCESS, view.policies.repeats, new_facts=new_facts)
    if state.in_flight:
        return refuse(RefusalCode.IN_FLIGHT, reply=state.in_flight.slot.reply.value)
    return None


def _link(ask: Ask[LinkRepeat]) -> Decision:
    command, view, way = ask.command, ask.view, short_way(ask.view)
    if way is None or view.state.repeat_of is None or command.way is not way:
        return refuse(RefusalCode.REPEAT_WHOLE_PROCESS, view.policies.repeats, way=way.value if way else None)
    link_wanted = way is RepeatWay.LINK or (command.url or "").strip()
    if link_wanted and not leads_to_a_page(command.url):
        return refuse(RefusalCode.LINK_REQUIRED, view.policies.repeats, then=(CommandName.LINK_REPEAT,))
    if not command.text.strip():
        return refuse(RefusalCode.TEXT_REQUIRED, view.policies.repeats)
    document = view.document(ReplyKind.FINAL)
    if document is not None and document.status not in _OPEN:
        return refuse(RefusalCode.IN_FLIGHT, reply=ReplyKind.FINAL.value)
    payload = {
        **slot_data(view.current(ReplyKind.FINAL)),
        "version": (document.version if document else 0) + 1,
        "way": way,
        "repeat_of": view.state.repeat_of.earlier,
        "url": command.url,
        "by": ask.actor.author,
    }
    return (happened(EventKind.REPEAT_LINKED, ask.at, payload, text=command.text),)


def _linkers(view: View) -> Names:
    return unique((*view.deciders, *view.publishers))


RULES = (Rule(LinkRepeat, _linkers, _possible, _link),)
