"""Whose working time counts, in its plain form: what an organisation's own people know, or the command line."""

from collections.abc import Mapping
from functools import cached_property, lru_cache

from otklik.regulation.model.steps import Hours
from otklik.worktime import Schedule
from otklik.worktime.calendar import content_hash


class ScheduleSet:
    """The schedules of one incident. A body or a curator without hours of its own works by those of the place."""

    def __init__(
        self, own: Schedule, *, curator: Schedule | None = None, bodies: Mapping[str, Schedule] | None = None
    ) -> None:
        self.own = own
        self._curator = curator or own
        self._bodies = bodies or {}

    def of(self, hours: Hours, *, body: str | None = None) -> Schedule:
        if hours is Hours.OWN:
            return self.own
        if hours is Hours.CURATOR:
            return self._curator
        if hours is Hours.BODY:
            return self.own if body is None else self._bodies.get(body, self.own)
        return round_the_clock(self.own.zone)

    @property
    def all(self) -> tuple[Schedule, ...]:
        """Of the place, of the curator, of each body in the order of their keys."""
        return (self.own, self._curator, *(self._bodies[body] for body in sorted(self._bodies)))

    @cached_property
    def version(self) -> str:
        """Hash of everything that decides working time here: hours and calendars of the place, the curator, each body.
        Another version may date a term anew."""
        bodies = {body: schedule.calendar_version for body, schedule in self._bodies.items()}
        whose = {"own": self.own.calendar_version, "curator": self._curator.calendar_version, "bodies": bodies}
        return content_hash(whose)


@lru_cache(maxsize=64)
def round_the_clock(zone: str) -> Schedule:
    """Every hour of every day, in this IANA zone."""
    week = {day: ["00:00-24:00"] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    return Schedule.from_document({"zone": zone, "calendar": "none", "week": week})
