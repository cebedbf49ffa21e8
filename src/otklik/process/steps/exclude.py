"""Exclusion from answering, on the act's grounds; processing without a reply (K 19); the author's block (L 17)."""

from otklik.process.commands import BlockAuthor, CommandName, Exclude, ProcessExcluded
from otklik.process.events import EventKind
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.process.rule import Ask, Decision, Rule, happened, wrong_stage
from otklik.process.state import Phase
from otklik.process.steps.select import no_reply_stands
from otklik.process.view import Names, View, unique
from otklik.regulation.model.policies import ExclusionEffect


def _exclude_possible(view: View) -> Refusal | None:
    if not view.policies.exclusions:
        return refuse(RefusalCode.GROUND_UNKNOWN, known=())
    return no_reply_stands(view)


def _exclude(ask: Ask[Exclude]) -> Decision:
    ground = ask.view.exclusion(ask.command.ground)
    if ground is None:
        known = ask.view.policies.exclusions
        names = tuple(item.ground for item in known)
        return refuse(RefusalCode.GROUND_UNKNOWN, known[0], named=ask.command.ground, known=names)
    payload = {"ground": ground.ground, "effect": ground.effect, "may_block_author": ground.may_block_author}
    return (happened(EventKind.EXCLUDED, ask.at, payload, note=ask.command.note),)


def _process_possible(view: View) -> Refusal | None:
    """K 19 alone: where the act says that an excluded message is neither processed nor answered, its words refuse."""
    state = view.state
    if state.phase is not Phase.EXCLUDED or state.exclusion is None:
        return wrong_stage(view)
    if state.exclusion.effect == ExclusionEffect.NO_REPLY:
        return None
    ground = view.exclusion(state.exclusion.ground)
    return refuse(RefusalCode.NOTHING_TO_PROCESS, ground, ground=state.exclusion.ground)


def _process(ask: Ask[ProcessExcluded]) -> Decision:
    if not ask.command.done.strip():
        return refuse(RefusalCode.REASON_REQUIRED, command=CommandName.PROCESS_EXCLUDED.value)
    return (happened(EventKind.PROCESSED_WITHOUT_REPLY, ask.at, done=ask.command.done),)


def _block_possible(view: View) -> Refusal | None:
    exclusion = view.state.exclusion
    if exclusion is None or view.state.phase not in {Phase.EXCLUDED, Phase.PROCESSED}:
        return wrong_stage(view)
    if not exclusion.may_block_author:
        ground = view.exclusion(exclusion.ground)
        return refuse(RefusalCode.BLOCK_NOT_PROVIDED, ground, ground=exclusion.ground)
    return refuse(RefusalCode.BLOCKED_ALREADY) if exclusion.author_blocked else None


def _block(ask: Ask[BlockAuthor]) -> Decision:
    payload = {"network": ask.view.state.network}
    return (happened(EventKind.AUTHOR_BLOCKED, ask.at, payload, reason=ask.command.reason),)


def _blockers(view: View) -> Names:
    return unique((*view.deciders, *view.publishers))


RULES = (
    Rule(Exclude, lambda view: view.deciders, _exclude_possible, _exclude, dangerous=True),
    Rule(ProcessExcluded, lambda view: view.deciders, _process_possible, _process),
    Rule(BlockAuthor, _blockers, _block_possible, _block, dangerous=True, is_progress=False),
)
