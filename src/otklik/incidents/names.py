"""Keys that a command names, held against what there is: the core takes keys as they come and looks nobody up."""

from collections.abc import Iterator

from otklik.incidents.work import Setting
from otklik.orgs.models import Person
from otklik.process.commands import Assign, AssignConsolidator, Command, HandOver, RequestParts, Route
from otklik.process.refusal import Refusal, RefusalCode, refuse
from otklik.project.transactions import EVERYTHING, read


def unknown(command: Command, setting: Setting) -> Refusal | None:
    """The refusal of a command that names a unit or a person who is not there; None if all are."""
    for unit in _units(command):
        if unit not in setting.units:
            known = tuple(sorted(setting.units))
            return refuse(RefusalCode.UNKNOWN_NAME, what="unit", named=unit, known=known)
    person = _person(command)
    if person is not None and not _exists(person):
        return refuse(RefusalCode.UNKNOWN_NAME, what="person", named=person, known=())
    return None


def _units(command: Command) -> Iterator[str]:
    if isinstance(command, Route | AssignConsolidator):
        yield command.unit
    if isinstance(command, RequestParts):
        yield from (part.body for part in command.parts)
        if command.consolidator:
            yield command.consolidator


def _person(command: Command) -> str | None:
    if isinstance(command, Assign):
        return command.person
    return command.to if isinstance(command, HandOver) else None


def _exists(key: str) -> bool:
    with read(EVERYTHING):  # a role may be held by someone of another organisation
        return key.isascii() and key.isdecimal() and Person.objects.filter(pk=int(key)).exists()
