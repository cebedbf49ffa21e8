"""What a person may decide on a message that is not selected yet: the answers that its act knows, in its words."""

from otklik.incidents.bulk import BulkAct
from otklik.process.actor import Actor
from otklik.process.available import available
from otklik.process.commands import CommandName
from otklik.process.rule import holds
from otklik.process.state import State
from otklik.process.view import Names, View
from otklik.regulation.model import Act
from otklik.web.feed.view import Decision, Menu
from otklik.web.queue.bulk import SEPARATOR, TITLES

C = CommandName
UNDONE = "Можно отменить сразу после."


def capitalised(words: str) -> str:
    """The act's words as they begin a button."""
    return words[:1].upper() + words[1:]


def menus(incident_id: int, state: State, actor: Actor, act: Act) -> tuple[Menu, ...]:
    """The buttons of a message, the usual first; none for who may only read."""
    may = {one.command: one.title for one in available(state, actor, act)}
    on = _Message(incident_id, View(state, act), actor)
    found = []
    if C.SELECT in may:
        chosen = on.selecting(may[C.SELECT])
        title = chosen[0].label if len(chosen) == 1 else may[C.SELECT]
        found.append(Menu(title=title, icon="check", key="s", code="KeyS", decisions=chosen, is_main=True))
        kinds = on.other_kinds()
        title = kinds[0].label if len(kinds) == 1 else "Другой вид"
        found.append(Menu(title=title, icon="speakerphone", key="p", code="KeyP", decisions=kinds))
    if C.EXCLUDE in may:
        note = f"Ответа автору не будет. {UNDONE}"
        found.append(Menu(title="Не отвечать", icon="x", key="d", code="KeyD", decisions=on.grounds(), note=note))
    if C.SEND_ELSEWHERE in may:
        note = f"Куда обратиться автору. {UNDONE}"
        found.append(
            Menu(
                title=TITLES[BulkAct.ELSEWHERE],
                icon="arrow-forward-up",
                key="n",
                code="KeyN",
                decisions=on.procedures(),
                note=note,
            )
        )
    if C.LEAVE_OUT in may:
        reason = (on.decision(BulkAct.LEAVE_OUT, "", "Реагирования не требует…"),)
        found.append(Menu(title=reason[0].label, icon="minus", key="l", code="KeyL", decisions=reason))
    return tuple(menu for menu in found if menu.decisions)


class _Message:
    def __init__(self, incident_id: int, view: View, actor: Actor) -> None:
        self._id = incident_id
        self._view = view
        self._actor = actor

    def decision(self, act: BulkAct, target: str, label: str, *, hint: str = "", clause: str = "") -> Decision:
        value = SEPARATOR.join((act.value, str(self._id), target))
        return Decision(value=value, label=label, hint=hint, clause=clause)

    def selecting(self, title: str) -> tuple[Decision, ...]:
        """A button for each class that this person may give. In A 1 whoever selects says that it is critical."""
        kind = self._view.message_kind(self._view.state.kind)
        if kind is None or not self._holds(self._view.selectors(kind.kind)):
            return ()
        classes = [one for one in self._view.policies.importance if self._may_give(one.given_by)]
        found = []
        for one in classes:
            target = "" if one.importance == self._view.state.importance else one.importance
            label = title if len(classes) == 1 else capitalised(one.words)
            made = self.decision(BulkAct.SELECT, target, label, clause=one.clause)
            critical = f"{made.value}{SEPARATOR}critical" if kind.critical_only else made.value
            found.append(Decision(value=critical, label=made.label, clause=made.clause))
        return tuple(found)

    def other_kinds(self) -> tuple[Decision, ...]:
        """What else it may be than what it came as: a publication where it came as an incident, or the other way."""
        return tuple(
            self.decision(BulkAct.KIND, one.kind, capitalised(one.words), clause=one.clause)
            for one in self._view.policies.message_kinds
            if one.kind != self._view.state.kind and self._holds(self._view.selectors(one.kind))
        )

    def grounds(self) -> tuple[Decision, ...]:
        listed = self._view.policies.exclusions
        return tuple(
            self.decision(BulkAct.EXCLUDE, one.ground, capitalised(one.words), clause=one.clause) for one in listed
        )

    def procedures(self) -> tuple[Decision, ...]:
        return tuple(
            self.decision(
                BulkAct.ELSEWHERE, one.procedure, capitalised(one.words), hint=one.where_to_turn, clause=one.clause
            )
            for one in self._view.policies.other_procedures
        )

    def _may_give(self, roles: tuple[str, ...]) -> bool:
        givers = self._view.named(*roles)
        return not givers or self._holds(givers)

    def _holds(self, names: Names) -> bool:
        return any(holds(self._view, self._actor, name) for name in names)
