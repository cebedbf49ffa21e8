"""The one thing to do next, and the other actions in their menu."""

from dataclasses import replace

from django.urls import reverse

from otklik.incidents.projection import most_pressing
from otklik.process.available import Available, OpenStep
from otklik.process.commands import CommandName
from otklik.process.refusal_words import command_title, stage_words
from otklik.process.state import Stage
from otklik.process.steps import RULES
from otklik.regulation.model import StepKind
from otklik.web.card import next_words, recording
from otklik.web.card.consequences import CONSEQUENCES, UNDO
from otklik.web.card.desk import Desk
from otklik.web.card.forms import form_of
from otklik.web.card.reasons import reason_of
from otklik.web.card.view import CommandPage, NextStep, SecondaryAction, StepPlace, Task
from otklik.web.chronometer import Chronometer
from otklik.web.clocks import clock_of
from otklik.web.view import Form, Link, Person
from otklik.web.words import day

C = CommandName

_PLACES = {
    C.SELECT: StepPlace.TASK,
    C.REQUEST_PARTS: StepPlace.TASK,
    C.SUBMIT_PART: StepPlace.TASK,
    C.LINK_REPEAT: StepPlace.TASK,
    C.SAVE_DRAFT: StepPlace.DRAFT,
    C.SUBMIT_DRAFT: StepPlace.DRAFT,
    C.APPROVE: StepPlace.REVIEW,
    C.SEND_BACK: StepPlace.REVIEW,
    C.REQUEST_PUBLICATION: StepPlace.PUBLICATION,
}
"""Where the form of a main step stands; the others stand beside the button."""
_ROOMS = frozenset({C.SAVE_DRAFT, C.APPROVE, C.SEND_BACK, C.REWORK_JOINTLY, C.REQUEST_PUBLICATION})
"""Commands that have a room on the card itself and no entry in the menu."""
_ABOUT_A_DRAFT = frozenset({C.APPROVE, C.SEND_BACK, C.GIVE_VISA, C.REFUSE_VISA, C.SUBMIT_DRAFT, C.REWORK_JOINTLY})
_WRITTEN = frozenset({StepKind.DRAFT, StepKind.CONSOLIDATE, StepKind.REWORK})
"""Steps that end with a draft sent on."""


def next_step(desk: Desk) -> NextStep:
    """What this viewer is to do now; when nothing waits for them, who is to act."""
    main = desk.main
    if main is None:
        return _waiting(desk)
    place = place_of(desk)
    return NextStep(
        title=_what_to_do(desk, main),
        place=place,
        text=_promised(desk, main.promise),
        button=_button(desk, main),
        command=main.command.value,
        form=_form(desk, main) if place is StepPlace.HERE else None,
        chronometer=_clock(desk),
        clause=_clause(desk),
        quote=_why(desk) if place is not StepPlace.TASK else "",
        danger=main.dangerous,
    )


def _promised(desk: Desk, number: int | None) -> str:
    """What was promised and to which day, where the step is about a promise."""
    promise = next((one for one in desk.data.state.promises_open if one.number == number), None)
    return f"Обещано: {desk.promised(promise)}." if promise else ""


def _the_promise(desk: Desk) -> str:
    """The only open promise; where there are several, the form asks which."""
    numbers = [one.number for one in desk.data.state.promises_open]
    return _promised(desk, numbers[0]) if len(numbers) == 1 else ""


def place_of(desk: Desk) -> StepPlace:
    """Where the form of the viewer's main step stands; beside the button, if its room is not open now."""
    main = desk.main
    if main is None:
        return StepPlace.WAITING
    place = _PLACES.get(main.command, StepPlace.HERE)
    has_room = place is not StepPlace.REVIEW or desk.data.state.stage is Stage.REVIEW
    return place if has_room else StepPlace.TASK


def _what_to_do(desk: Desk, main: Available) -> str:
    if main.command is C.SAVE_DRAFT and desk.data.state.stage is Stage.REWORK:
        return next_words.REWORK
    if main.command is C.REQUEST_PUBLICATION and desk.data.state.stage is not Stage.APPROVED:
        return next_words.WITHOUT_REVIEW
    return next_words.DO.get(main.command, main.title)


def task(desk: Desk) -> Task | None:
    """The wide form of the main step, for those that need room."""
    main = desk.main
    if main is None or place_of(desk) is not StepPlace.TASK:
        return None
    return Task(
        command=main.command.value,
        title=main.title,
        form=_form(desk, main),
        clause=_clause(desk),
        quote=_quote(desk),
    )


def actions(desk: Desk) -> tuple[SecondaryAction, ...]:
    """Everything else that this viewer may do now; the dangerous last."""
    may = [one for one in desk.available if one != desk.main and one.command not in _ROOMS]
    own = [
        SecondaryAction(command=one.command.value, label=one.title, danger=one.dangerous)
        for one in sorted(may, key=lambda one: one.dangerous)
    ]
    recorded = [
        SecondaryAction(
            command=f"{one.command.value}{recording.SEPARATOR}{role}",
            label=f"Записать за другого ({desk.role_words(role)}): {one.title}",
            hint="у него нет учётной записи",
            danger=one.dangerous,
        )
        for role, one in recording.steps(desk)
        if not (one.main and desk.main is None)
    ]
    return (*recorded, *own)


def command_page(desk: Desk, command: CommandName, *, role: str | None, form: Form | None = None) -> CommandPage:
    """The page of one command; `role`: recorded for the holder of this role of the act."""
    rule = RULES[command]
    known = next((one for one in desk.available if one.command is command), None)
    title = known.title if known else command_title(command)
    made = form or _with_version(desk, command, form_of(desk, command, button=title))
    if role is not None and form is None:
        made = replace(made, fields=(*recording.FIELDS, *made.fields))
    clause, quote = reason_of(desk.data.act, command)
    return CommandPage(
        key=desk.data.incident.pk,
        number=str(desk.data.incident.number),
        command=command.value if role is None else f"{command.value}{recording.SEPARATOR}{role}",
        title=title if role is None else f"Записать за другого ({desk.role_words(role)}): {title}",
        form=made,
        lead=_the_promise(desk) if command in {C.KEEP_PROMISE, C.RELEASE_PROMISE} else "",
        excerpt=desk.data.incident.excerpt,
        danger=rule.dangerous,
        consequences=CONSEQUENCES.get(command, ()),
        undo=UNDO.get(command, ""),
        clause=clause,
        quote=quote,
        chronometer=_clock(desk),
    )


def _form(desk: Desk, main: Available) -> Form:
    hidden = {}
    if main.part is not None:
        hidden["part"] = str(main.part)
    if main.promise is not None:
        hidden["promise"] = str(main.promise)
    form = form_of(desk, main.command, button=_button(desk, main), hidden=hidden)
    return _with_version(desk, main.command, form)


def _with_version(desk: Desk, command: CommandName, form: Form) -> Form:
    """Commands about a draft say which version they mean."""
    document = desk.data.state.in_flight or desk.view.with_authors
    if document is None or command not in _ABOUT_A_DRAFT:
        return form
    name = "base_version" if command is C.REWORK_JOINTLY else "version"
    is_latest = command in {C.SUBMIT_DRAFT, C.REWORK_JOINTLY}
    version = document.version if is_latest else (document.submitted or document.version)
    return replace(form, hidden=(*form.hidden, (name, str(version))))


def _button(desk: Desk, main: Available) -> str:
    """A draft is sent on by the button of the step that ends it, whatever is saved yet."""
    if main.command is not C.SAVE_DRAFT:
        return main.title
    steps = [step for step in desk.data.act.steps if step.step in {due.step for due in desk.open_steps}]
    return steps[0].title if steps and steps[0].kind in _WRITTEN else command_title(C.SUBMIT_DRAFT)


def _waiting(desk: Desk) -> NextStep:
    opened = desk.open_steps
    stage = desk.data.state.stage
    if not opened:
        title, text = next_words.STILL.get(stage, (stage_words(stage), ""))
        promises = [one.due_on for one in desk.data.state.promises_open]
        if promises and stage is Stage.ANSWERED:
            text = next_words.PROMISED.format(day=day(min(promises), desk.now.date()))
        is_over = desk.data.state.is_ended or stage is Stage.ANSWERED
        return NextStep(title=title, place=StepPlace.DONE if is_over else StepPlace.WAITING, text=text)
    due = opened[0]
    record = tuple(
        Link(label=f"Записать: {one.title}", url=_command_url(desk, one, role))
        for role, one in recording.steps(desk)
        if one.main
    )
    return NextStep(
        title=next_words.WAIT_FOR.get(due.command) or next_words.WAIT.get(due.kind) or stage_words(stage),
        place=StepPlace.WAITING,
        text="Этот шаг делает другое учреждение. Когда узнаете, что он сделан, запишите это."
        if record
        else _promised(desk, due.promise),
        chronometer=_clock(desk),
        waiting_for=_waited_for(desk, due),
        clause=_clause(desk),
        quote=_why(desk),
        record=record,
    )


def _command_url(desk: Desk, one: Available, role: str) -> str:
    command = f"{one.command.value}{recording.SEPARATOR}{role}"
    return reverse("card_command", args=[desk.data.incident.pk, command])


def _waited_for(desk: Desk, due: OpenStep) -> Person:
    """Who acts: whoever took it, else the holder from outside, else the body, else the act's word for the role."""
    role = desk.role_words(due.act_roles[0]) if due.act_roles else ""
    holder = desk.outside_holder(due.act_roles[0]) if due.is_external and due.act_roles else None
    name = desk.person_name(due.person) if due.person else holder.full_name if holder else desk.unit_name(due.unit)
    return Person(name=name or role, role=role if name else "", has_account=holder is None or holder.has_account)


def _clock(desk: Desk) -> Chronometer | None:
    """The clock of the step that the main line waits for; where it has none, of the term that runs out first."""
    for due in desk.open_steps:
        row = desk.deadline_of(due.step, due.part)
        if row is not None and row.due_at is not None and row.is_open:
            return clock_of(row, desk.data.schedules, desk.now, key="next")
    pressing = most_pressing(desk.data.deadlines) if desk.open_steps else None
    return clock_of(pressing, desk.data.schedules, desk.now, key="next") if pressing else None


def _clause(desk: Desk) -> str:
    step = _current(desk)
    return step[0] if step else ""


def _quote(desk: Desk) -> str:
    step = _current(desk)
    return step[1] if step else ""


def _why(desk: Desk) -> str:
    """The words of the act on which the step stands, unless «почему этот срок» beside it says the same."""
    quote, clock = _quote(desk), _clock(desk)
    return "" if clock is not None and clock.why is not None and clock.why.quote == quote else quote


def _current(desk: Desk) -> tuple[str, str] | None:
    names = [due.step for due in desk.open_steps[:1]]
    return next(((step.clause, step.quote) for step in desk.data.act.steps if step.step in names), None)
