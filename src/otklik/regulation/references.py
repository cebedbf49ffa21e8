"""What an act refers to: roles, steps, kinds, classes, networks, clauses, quotes. All problems at once.

Works on the raw data (see `walk.py`), so that a broken step does not hide what is wrong elsewhere.
"""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from otklik.regulation.context import Found, hint
from otklik.regulation.model import Act
from otklik.regulation.model.terms import Term
from otklik.regulation.networks import NETWORKS
from otklik.regulation.problems import Code, Path
from otklik.regulation.quotes import contains, first_missing
from otklik.regulation.walk import Part, Reference, walk

_UNKNOWN = {
    "role": Code.UNKNOWN_ROLE,
    "step": Code.UNKNOWN_STEP,
    "kind": Code.UNKNOWN_KIND,
    "importance": Code.UNKNOWN_IMPORTANCE,
    "network": Code.UNKNOWN_NETWORK,
    "clause": Code.UNKNOWN_CLAUSE,
}
_DECLARED: dict[str, tuple[tuple[str, ...], str]] = {
    "role": (("people", "roles"), "role"),
    "step": (("steps",), "step"),
    "kind": (("policies", "message_kinds"), "kind"),
    "importance": (("policies", "importance"), "importance"),
    "clause": (("clauses",), "clause"),
}


def find(found: Found) -> None:
    """Adds to `found` every reference that leads nowhere and every quote that is not in its clause."""
    parts = list(walk(Act, found.data))
    for check in _CHECKS:
        check(found, parts)


def declared(found: Found, what: str) -> dict[str, Path]:
    """The names of roles, steps, kinds, classes or clauses that the act declares, each with its (first) path."""
    place, key = _DECLARED[what]
    names: dict[str, Path] = {}
    for path, entry in found.entries(*place):
        if isinstance(entry.get(key), str):
            names.setdefault(entry[key].strip(), path)
    return names


def _names(found: Found, parts: list[Part | Reference]) -> None:
    """Every word that names something declared elsewhere."""
    known = {what: list(declared(found, what)) for what in _DECLARED} | {"network": list(NETWORKS)}
    for reference in parts:
        if not isinstance(reference, Reference) or _is_declaration(reference.path):
            continue
        names = known[reference.to]
        if not names:  # the whole list is missing: said once, elsewhere
            continue
        if reference.value not in names:
            facts = {"key": _key(reference.path), "value": reference.value, "hint": hint(reference.value, names)}
            found.add(_UNKNOWN[reference.to], reference.path, known=names, **facts)


def _is_declaration(path: Path) -> bool:
    return path[0] == "clauses"


def _declared_twice(found: Found, parts: list[Part | Reference]) -> None:
    del parts
    for what, (place, key) in _DECLARED.items():
        if what == "step":  # steps may share a name: see _overlaps
            continue
        first = declared(found, what)
        for path, entry in found.entries(*place):
            name = entry.get(key)
            if isinstance(name, str) and first[name.strip()] != path:
                line = found.mark(first[name.strip()]).line
                found.add(Code.DECLARED_TWICE, (*path, key), value=name, first_line=line)


def _quotes(found: Found, parts: list[Part | Reference]) -> None:
    """Each quote must stand in its clause, word for word."""
    texts = {name: found.at((*path, "text")) for name, path in declared(found, "clause").items()}
    for part in parts:
        if not isinstance(part, Part) or "quote" not in part.model.model_fields:
            continue
        clause, quote = part.data.get("clause"), part.data.get("quote")
        text = texts.get(clause.strip()) if isinstance(clause, str) else None
        if isinstance(quote, str) and isinstance(text, str):
            missing = first_missing(quote, text)
            if missing is not None:
                found.add(Code.QUOTE_NOT_FOUND, (*part.path, "quote"), clause=clause, missing=missing)


def _literals(found: Found, parts: list[Part | Reference]) -> None:
    """A literal term must stand in the quote of the rule it belongs to."""
    for part in parts:
        if not isinstance(part, Part) or part.model is not Term:
            continue
        literal, quote = part.data.get("literal"), _quote_above(found, part.path)
        if isinstance(literal, str) and quote is not None and not contains(quote, literal):
            found.add(Code.LITERAL_NOT_IN_QUOTE, (*part.path, "literal"), value=literal)


def _quote_above(found: Found, path: Path) -> str | None:
    while path:
        path = path[:-1]
        above = found.at(path)
        if isinstance(above, dict) and isinstance(above.get("quote"), str):
            return str(above["quote"])
    return None


def _clauses_bear_rules(found: Found, parts: list[Part | Reference]) -> None:
    """Every clause of the text has a rule or says why it has none."""
    standing: dict[str, Path] = {}
    for part in parts:
        if isinstance(part, Part) and "quote" in part.model.model_fields:
            see_also = part.data.get("see_also")
            for clause in (part.data.get("clause"), *(see_also if isinstance(see_also, list) else ())):
                if isinstance(clause, str):
                    standing.setdefault(clause.strip(), part.path)
    for name, path in declared(found, "clause").items():
        says_none = found.at((*path, "no_rule")) is not None
        if name not in standing and not says_none:
            found.add(Code.CLAUSE_WITHOUT_RULE, path, value=name)
        if name in standing and says_none:
            line = found.mark(standing[name]).line
            found.add(Code.NO_RULE_YET_RULE, (*path, "no_rule"), value=name, line=line)


def _one_shortened(found: Found, parts: list[Part | Reference]) -> None:
    del parts
    marked = [(path, e) for path, e in found.entries("policies", "importance") if e.get("shortened") == "true"]
    if len(marked) > 1:
        names = ", ".join(str(entry.get("importance")) for _, entry in marked)
        found.add(Code.SEVERAL_SHORTENED, (*marked[1][0], "shortened"), value=names)


def _zone(found: Found, parts: list[Part | Reference]) -> None:
    del parts
    zone = found.at(("place", "zone"))
    if isinstance(zone, str):
        try:
            ZoneInfo(zone)
        except (LookupError, ValueError, OSError):
            found.add(Code.BAD_ZONE, ("place", "zone"), value=zone)


def _key(path: Path) -> str:
    return next((key for key in reversed(path) if isinstance(key, str)), "")


_CHECKS: tuple[Callable[[Found, list[Part | Reference]], None], ...] = (
    _names,
    _declared_twice,
    _quotes,
    _literals,
    _clauses_bear_rules,
    _one_shortened,
    _zone,
)
