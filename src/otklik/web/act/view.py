"""The act as the program reads it, with what the checker thinks of it. Template `act/page.html`."""

import datetime as dt
from dataclasses import dataclass

from otklik.web.view import Level, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """One rule: what the program does, the words it stands on, and how they are read.

    `title` in the program's words, `term` as the act writes it («30 минут»), `counted` as it is read («30 минут
    рабочего времени с момента направления»).
    """

    clause: str
    title: str
    quote: str
    words: str = ""
    who: str = ""
    term: str = ""
    counted: str = ""
    reading: str = ""
    reason: str = ""
    see_also: tuple[str, ...] = ()
    recommended: bool = False
    findings: int = 0
    """How many findings of the checker speak of this rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleGroup:
    """Rules on one subject: «Сроки», «Согласование», «Повторные сообщения». `key` is the anchor."""

    key: str
    title: str
    rules: tuple[RuleView, ...]
    lead: str = ""
    silent: str = ""
    """What the act says nothing about here, and what the program then does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleView:
    """A role in the act's own words, mapped to ours."""

    words: str
    our_role: str
    clause: str
    quote: str
    holders: tuple[str, ...] = ()
    note: str = ""
    """«не ниже заместителя главы», «другая организация», «нужен замещающий»."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActFinding:
    """What `otklik act check` says: what is wrong, where, what to do."""

    level: Level
    title: str
    text: str
    clause: str = ""
    quote: str = ""
    line: int | None = None
    """Line of the act's file, if the finding is about the file."""
    file: str = ""
    todo: str = ""
    sums: tuple[str, ...] = ()
    """The arithmetic, line by line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PathRow:
    """One case of the critical path: everyone acts at the last moment.

    `needed` and `allowed` in words («9 ч 30 мин», «9 рабочих часов»); `spare` is what is left, `fits` whether any is.
    """

    case: str
    """«одна доработка, два органа по очереди, сокращённый срок»."""
    needed: str
    allowed: str
    spare: str
    fits: bool
    sums: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseView:
    """A clause of the act, word for word, and the rules that stand on it."""

    clause: str
    text: str
    rules: tuple[str, ...] = ()
    no_rule: str = ""
    """Why no rule stands on it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionView:
    """One edition of the act: from which day, by what, and its content hash."""

    since: dt.date | None
    title: str
    digest: str
    current: bool = False
    url: str = ""
    incidents: int | None = None
    """How many incidents go by it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """The page. `checked_at`: when the checker last looked; `schedule` are the hours assumed and where that is said."""

    title: str
    short_title: str
    issued_by: str
    digest: str
    in_force: str
    groups: tuple[RuleGroup, ...]
    roles: tuple[RoleView, ...]
    clauses: tuple[ClauseView, ...]
    number: str = ""
    adopted_on: dt.date | None = None
    place: str = ""
    schedule: tuple[str, ...] = ()
    assumption: str = ""
    findings: tuple[ActFinding, ...] = ()
    paths: tuple[PathRow, ...] = ()
    editions: tuple[EditionView, ...] = ()
    checked_at: dt.datetime | None = None
    others: tuple[Link, ...] = ()
    """Other acts the viewer may read."""

    @property
    def errors(self) -> int:
        """Findings that must be mended."""
        return sum(finding.level is Level.ERROR for finding in self.findings)

    @property
    def warnings(self) -> int:
        """Findings a lawyer should look at."""
        return sum(finding.level is Level.WARNING for finding in self.findings)
