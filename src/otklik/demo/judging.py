"""The demo's messages held against the organisation and its act: what they do not know, all at once. Pure."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from otklik.demo.content import (
    ANYWHERE,
    DAY,
    MAY_HAVE,
    NEEDS,
    NEVER_SELECTED,
    WITH_SELECTION,
    Message,
    Reply,
    Scenario,
    State,
)
from otklik.process.steps.reply import DEFAULT_OUTCOMES
from otklik.regulation.model import Act
from otklik.regulation.model.policies import ConsolidatedBy, ExclusionEffect, PartsOrder, Reasons, RepeatRoute
from otklik.regulation.model.steps import StepKind
from otklik.regulation.networks import NETWORKS, covers


def problems(messages: Sequence[Message], organisation: Mapping[str, Any], act: Act) -> tuple[str, ...]:
    """All that the organisation (its entry in `organisations.yaml`) or its act does not know, as «key: sentence»."""
    by_key = {message.key: message for message in messages}
    found = [f"{key}: two messages have this key." for key in _doubles(messages)]
    for message in messages:
        judged = (
            *_fields(message.scenario),
            *_message(message, organisation),
            *_selection(message, act),
            *_way(message.scenario, organisation, act),
            *_replies(message.scenario, act),
            *_repeat(message, by_key, act),
        )
        found.extend(f"{message.key} ({message.scenario.state}): {problem}" for problem in judged)
    return tuple(found)


def _doubles(messages: Sequence[Message]) -> list[str]:
    keys = [message.key for message in messages]
    return sorted({key for key in keys if keys.count(key) > 1})


def _given(scenario: Scenario) -> frozenset[str]:
    return frozenset(name for name in Scenario.__dataclass_fields__ if getattr(scenario, name))


def _fields(scenario: Scenario) -> Iterator[str]:
    given, state = _given(scenario), scenario.state
    allowed = NEEDS[state] | MAY_HAVE.get(state, frozenset()) | ANYWHERE
    if state not in NEVER_SELECTED:
        allowed |= WITH_SELECTION
    for name in sorted(NEEDS[state] - given):
        yield f"no `{name}`; write it."
    for name in sorted(given - allowed):
        yield f"`{name}` leads nowhere from this state; take it out."


def _message(message: Message, organisation: Mapping[str, Any]) -> Iterator[str]:
    units = _units(organisation)
    topics = {topic for unit in organisation["units"] for topic in unit.get("topics", ())}
    scenario = message.scenario
    named = {message.unit, scenario.first_unit, scenario.consolidator, *(part.body for part in scenario.parts)}
    for name in sorted(named - units - {""}):
        yield f"no unit `{name}` in the organisation; known: {sorted(units)}."
    if scenario.first_unit == message.unit:
        yield "returned by the competent unit itself; name another `first_unit`."
    if message.topic not in topics:
        yield f"no unit answers for the topic «{message.topic}»; known: {sorted(topics)}."
    if message.network not in NETWORKS:
        yield f"unknown network `{message.network}`; known: {sorted(NETWORKS)}."
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", message.posted.at) or message.posted.days_ago < 0:
        yield "`posted` is no time in the past: days_ago from 0 on, at HH:MM."
    for name, reply in scenario.replies:
        if re.search(r"[{}]", DAY.sub("", reply.text)):
            yield f"`{name}`: a date is written {{+3}}."


def _units(organisation: Mapping[str, Any]) -> set[str]:
    return {unit["key"] for unit in organisation["units"]}


def _selection(message: Message, act: Act) -> Iterator[str]:
    scenario, policies = message.scenario, act.policies
    name = scenario.kind or _kind_of(scenario.state, act)
    kind = next((item for item in policies.message_kinds if item.kind == name), None)
    if kind is None:
        yield f"the act knows no kind of message `{name}`."
    elif scenario.state not in NEVER_SELECTED and not covers(kind.networks, message.network):
        yield f"`{kind.kind}` does not take in messages from `{message.network}`; known: {list(kind.networks)}."
    if scenario.high and len(policies.importance) < 2:
        yield "the act has no importance above the ordinary."
    reported = {about for report in policies.immediate_reports for about in report.about}
    for about in ("significance", "surge"):
        if getattr(scenario, about) and about not in reported:
            yield f"the act confirms no {about}."
    due = {"significance": scenario.significance, "surge": scenario.surge, "high_importance": scenario.high}
    if scenario.report and not any(due[about] for about in reported):
        yield "nothing here is reported at once under the act."


def _kind_of(state: State, act: Act) -> str:
    return "publication" if state is State.MARKED_PUBLICATION else act.policies.message_kinds[0].kind


def _way(scenario: Scenario, organisation: Mapping[str, Any], act: Act) -> Iterator[str]:
    yield from _leaving(scenario, act)
    if scenario.state in {State.RETURNED, State.REROUTED} and StepKind.RETURN not in _kinds(act):
        yield "the act knows no return."
    if scenario.state is State.VISA and not (act.policies.review.visa_by or StepKind.VISA in _kinds(act)):
        yield "the act knows no visa."
    if scenario.parts:
        yield from _parts(scenario, act, _units(organisation))


def _kinds(act: Act) -> set[StepKind]:
    return {step.kind for step in act.steps}


def _leaving(scenario: Scenario, act: Act) -> Iterator[str]:
    exclusion = next((item for item in act.policies.exclusions if item.ground == scenario.ground), None)
    if scenario.ground and exclusion is None:
        yield f"the act excludes nothing on the ground `{scenario.ground}`."
    if exclusion is not None:
        if scenario.state is State.PROCESSED_WITHOUT_REPLY and exclusion.effect is not ExclusionEffect.NO_REPLY:
            yield "what the act excludes is not processed either."
        if scenario.block and not exclusion.may_block_author:
            yield "the act blocks no author on this ground."
    known = {item.procedure for item in act.policies.other_procedures}
    if scenario.procedure and scenario.procedure not in known:
        yield f"the act knows no other procedure `{scenario.procedure}`; known: {sorted(known)}."


def _parts(scenario: Scenario, act: Act, units: set[str]) -> Iterator[str]:
    policy = act.policies.parts
    bodies = [part.body for part in scenario.parts]
    if policy is None:
        yield "the act knows no reply of several bodies."
        return
    if len(set(bodies)) < len(bodies) or not set(bodies) <= units:
        yield "each body is asked once, and is a unit of the organisation."
    if policy.order is PartsOrder.PARALLEL and {part.order for part in scenario.parts} != {1}:
        yield "the act asks all bodies at once; take `order` out."
    wanted = policy.consolidated_by is ConsolidatedBy.RESPONSIBLE_EXECUTOR
    if wanted != bool(scenario.consolidator) or (wanted and scenario.consolidator not in bodies):
        yield "`consolidator` is one of the bodies where the act has one named, and nobody elsewhere."
    answered = [bool(part.text) for part in scenario.parts]
    if all(answered) is not (scenario.state is State.CONSOLIDATING):
        yield "all parts have a text while consolidating, and not all before."


def _replies(scenario: Scenario, act: Act) -> Iterator[str]:
    policies = act.policies
    yield from _reasons(scenario, act)
    interim = policies.interim
    if scenario.interim is not None:
        if interim is None:
            yield "the act knows no interim reply."
        elif interim.only_if_impossible is not bool(scenario.interim.impossibility):
            yield "`impossibility` is stated where the act asks for it, and only there."
    if scenario.clarification is not None and policies.clarification is None:
        yield "the act knows no request for clarification."
    if scenario.state is State.AUTHOR_SILENT and not (
        policies.clarification and policies.clarification.ends_reply_term
    ):
        yield "the author's silence ends nothing under this act."
    outcomes = tuple(item.outcome for item in policies.outcomes) or DEFAULT_OUTCOMES
    if scenario.outcome and scenario.outcome not in outcomes:
        yield f"unknown outcome `{scenario.outcome}`; known: {list(outcomes)}."
    for name, reply in scenario.replies:
        yield from (f"`{name}`: {problem}" for problem in _evidence(reply, act))


def _reasons(scenario: Scenario, act: Act) -> Iterator[str]:
    review = act.policies.review
    known = [item.ground for item in review.grounds]
    for ground in scenario.grounds:
        if ground not in known:
            yield f"the act sends nothing back on the ground `{ground}`; known: {known}."
    sent_back = scenario.state in {State.SENT_BACK, State.REWORKED}
    if sent_back and review.reasons is Reasons.FROM_LIST and not scenario.grounds:
        yield f"the act asks for grounds of its list: {known}."


def _evidence(reply: Reply, act: Act) -> Iterator[str]:
    """U 10: no measures, progress or refutation without a photo, a video or an act."""
    policy = act.policies.evidence
    if policy is None:
        return
    stated = {"measures" if state == "concrete_measures" else state for state in reply.states}
    wanting = sorted(stated & {when.value for when in policy.required_when})
    if wanting and not any(file.kind in policy.accepted for file in reply.files):
        yield f"states {wanting} without evidence; add one of {list(policy.accepted)}."


def _repeat(message: Message, by_key: Mapping[str, Message], act: Act) -> Iterator[str]:
    scenario, policy = message.scenario, act.policies.repeats
    if not scenario.of:
        return
    earlier = by_key.get(scenario.of)
    if earlier is None or earlier.author != message.author or earlier.posted.age <= message.posted.age:
        yield f"`of` must name an earlier message of the same author, not `{scenario.of}`."
    elif earlier.scenario.draft is None:
        yield f"`{scenario.of}` has no reply that could be repeated."
    if policy is None:
        yield "the act has no rule on repeats."
        return
    route = policy.with_new_facts if scenario.new_facts else policy.without_new_facts
    by_link = route is not RepeatRoute.WHOLE_PROCESS
    if by_link is not (scenario.state is State.REPEAT_LINK):
        yield f"under the act such a repeat goes by `{route.value}`."
    elif not by_link and policy.must_state and scenario.draft is not None:
        states: set[str] = set(scenario.draft.states)
        states |= {"measures"} if "concrete_measures" in states else set()
        if not states & set(policy.must_state):
            yield f"the reply to a repeat must state one of {list(policy.must_state)}."
