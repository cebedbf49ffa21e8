"""Fills the act's page: the rules as the program reads them, the checker's findings, the critical paths, the text."""

import datetime as dt

from django.urls import reverse

from otklik.process.checker import Checked, Finding, Path, Severity, check
from otklik.process.checker.words import case_name, length, said, sums, todo
from otklik.regulation.editions import editions, resolve
from otklik.regulation.model import Act
from otklik.regulation.parse import SHIPPED, LoadedAct, shipped_acts
from otklik.regulation.show import ShownRule, show
from otklik.web.act.view import ActFinding, ActPage, ClauseView, EditionView, PathRow, RoleView, RuleGroup, RuleView
from otklik.web.view import Level, Link

LEVELS = {Severity.ERROR: Level.ERROR, Severity.WARNING: Level.WARNING, Severity.FINDING: Level.INFO}
PEOPLE = "Кто участвует"


_CHECKED: dict[tuple[str, str], Checked] = {}
"""By content and folder: the same content in other files has other lines."""
MOST_CHECKED = 16


def checked_once(loaded: LoadedAct) -> Checked:
    """What the checker says; an edition never changes, so it is asked once."""
    key = (loaded.hash, str(loaded.folder))
    if key not in _CHECKED:
        if len(_CHECKED) >= MOST_CHECKED:
            _CHECKED.clear()
        _CHECKED[key] = check(loaded)
    return _CHECKED[key]


def act_page(named: str) -> ActPage:
    """The page of an act: its id, or `id@2026-01-31` for the edition in force on that day.

    :raises ActProblems: there is no such act.
    """
    return page_of(resolve(named))


def page_of(loaded: LoadedAct) -> ActPage:
    """The page of an edition at hand: one of the program's acts, or one that an organisation brought."""
    shown, act = show(loaded), loaded.act
    checked = checked_once(loaded)
    counts = _counts(checked)
    groups = [section for section in shown.sections if section.title != PEOPLE]
    return ActPage(
        title=act.title,
        short_title=act.short_title,
        issued_by=act.issued_by,
        digest=loaded.hash[:12],
        in_force=act.in_force.reading or "",
        number=act.number or "",
        adopted_on=act.adopted_on,
        place=f"{shown.place}, часовой пояс {shown.zone}",
        assumption=shown.hours,
        schedule=_hours(act),
        groups=tuple(
            RuleGroup(
                key=f"g{number}",
                title=section.title,
                rules=tuple(_rule(rule, counts.get(rule.clause, 0)) for rule in section.rules),
            )
            for number, section in enumerate(groups)
        ),
        roles=tuple(_role(rule) for section in shown.sections if section.title == PEOPLE for rule in section.rules),
        clauses=_clauses(loaded, groups_of=[rule for section in shown.sections for rule in section.rules]),
        findings=findings_of(loaded),
        paths=tuple(_path(one, act) for one in checked.paths),
        editions=tuple(_edition(one, loaded, act.act) for one in editions(act.act)) if _is_shipped(loaded) else (),
        others=tuple(
            Link(label=resolve(one).act.short_title, url=reverse("act_named", args=[one]))
            for one in shipped_acts()
            if one != act.act
        ),
    )


def findings_of(loaded: LoadedAct) -> tuple[ActFinding, ...]:
    """Everything the checker says of an edition, errors first."""
    return tuple(_finding(one, loaded.act) for one in checked_once(loaded).findings)


def _is_shipped(loaded: LoadedAct) -> bool:
    return loaded.folder is not None and loaded.folder.parent == SHIPPED


def _counts(checked: Checked) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in checked.findings:
        for clause in one.clauses[:1]:
            found[clause] = found.get(clause, 0) + 1
    return found


def _rule(rule: ShownRule, found: int) -> RuleView:
    return RuleView(
        clause=rule.clause,
        title=rule.name,
        quote=rule.quote,
        words=rule.says,
        term=rule.literal or "",
        reading=rule.reading or "",
        reason=rule.reason or "",
        see_also=rule.see_also,
        findings=found,
    )


def _role(rule: ShownRule) -> RoleView:
    return RoleView(words=rule.name, our_role=rule.says, clause=rule.clause, quote=rule.quote, note=rule.reading or "")


def _clauses(loaded: LoadedAct, *, groups_of: list[ShownRule]) -> tuple[ClauseView, ...]:
    standing: dict[str, list[str]] = {}
    for rule in groups_of:
        for clause in (rule.clause, *rule.see_also):
            standing.setdefault(clause, []).append(rule.name)
    return tuple(
        ClauseView(
            clause=one.clause,
            text=one.text,
            rules=tuple(dict.fromkeys(standing.get(one.clause, ()))),
            no_rule=one.no_rule or "",
        )
        for one in loaded.act.clauses
    )


def _finding(one: Finding, act: Act) -> ActFinding:
    texts = {clause.clause: clause.text for clause in act.clauses}
    clause = one.clauses[0] if one.clauses else ""
    return ActFinding(
        level=LEVELS[one.severity],
        title=said(one, act),
        text="",
        clause=clause,
        quote=texts.get(clause, "") if one.path is None else "",
        line=one.mark.line,
        file=one.mark.file,
        todo=todo(one),
        sums=tuple(sums(one.path)) if one.path else (),
    )


def _path(path: Path, act: Act) -> PathRow:
    return PathRow(
        case=case_name(path, act),
        needed=length(path.needed),
        allowed=length(path.allowed),
        spare=length(path.left),
        fits=path.fits,
        sums="; ".join(sums(path)),
    )


def _edition(one: LoadedAct, current: LoadedAct, act: str) -> EditionView:
    since: dt.date | None = one.since
    return EditionView(
        since=since,
        title=", ".join(one.amendments) or "первоначальная редакция",
        digest=one.hash[:12],
        current=one.hash == current.hash,
        url=reverse("act_named", args=[f"{act}@{since.isoformat()}" if since else act]),
    )


_DAYS = {"mon": "пн", "tue": "вт", "wed": "ср", "thu": "чт", "fri": "пт", "sat": "сб", "sun": "вс"}


def _hours(act: Act) -> tuple[str, ...]:
    week = act.place.schedule.get("week", {})
    return tuple(f"{_DAYS[day]}: {', '.join(spans) or 'выходной'}" for day, spans in week.items() if day in _DAYS)
