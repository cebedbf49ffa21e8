"""What the acts of the chosen want to know before many are decided on: a class, a ground, a procedure, a reason."""

from collections.abc import Iterable, Iterator

from otklik.incidents import editions
from otklik.incidents.bulk import BulkAct
from otklik.incidents.models import Incident
from otklik.regulation.model import Act
from otklik.regulation.model.policies import MessageKind
from otklik.web.view import Choice, Field, FieldKind

ACTS = frozenset({BulkAct.SELECT, BulkAct.KIND, BulkAct.EXCLUDE, BulkAct.ELSEWHERE, BulkAct.LEAVE_OUT})
CRITICAL = "Сообщения носят критический характер"
NOTE = Field(name="note", label="Пояснение", kind=FieldKind.TEXTAREA, rows=2)


def fields(act: BulkAct, chosen: Iterable[Incident]) -> tuple[Field, ...]:
    """The questions; for selecting none, where the acts ask none. What one act does not know it refuses for its own."""
    acts = [editions.by_hash(act_hash) for act_hash in dict.fromkeys(one.act_hash for one in chosen)]
    if act is BulkAct.SELECT:
        return _selecting(acts)
    if act is BulkAct.KIND:
        kinds = ((one.kind, one.words, "") for one in _kinds(acts))
        return (_radios("Вид сообщения", kinds),)
    if act is BulkAct.EXCLUDE:
        grounds = ((one.ground, one.words, one.clause) for act_ in acts for one in act_.policies.exclusions)
        return (_radios("Основание", grounds), NOTE)
    if act is BulkAct.ELSEWHERE:
        ways = ((one.procedure, one.words, one.clause) for act_ in acts for one in act_.policies.other_procedures)
        return (_radios("Как рассматривается", ways), NOTE)
    return (Field(name="target", label="Почему реагирования не требуется", kind=FieldKind.TEXTAREA, required=True),)


def _selecting(acts: list[Act]) -> tuple[Field, ...]:
    classes = [one for act in acts for one in act.policies.importance if not one.per_incident_decision]
    found = []
    if len({one.importance for one in classes}) > 1:
        usual = {act.policies.importance[0].importance for act in acts}
        named = ((one.importance, one.words, "") for one in classes)
        found.append(_radios("Важность", named, checked=usual))
    if any(one.critical_only for one in _kinds(acts)):
        found.append(Field(name="critical", label=CRITICAL, kind=FieldKind.CHECKBOX, value="on"))
    return tuple(found)


def _kinds(acts: list[Act]) -> Iterator[MessageKind]:
    return (one for act in acts for one in act.policies.message_kinds)


def _radios(label: str, given: Iterable[tuple[str, str, str]], *, checked: Iterable[str] = ()) -> Field:
    """One choice a name, however many acts know it."""
    usual = set(checked)
    found: dict[str, Choice] = {}
    for value, words, clause in given:
        found.setdefault(value, Choice(value=value, label=words, clause=clause, checked=value in usual))
    return Field(name="target", label=label, kind=FieldKind.RADIOS, choices=tuple(found.values()), required=True)
