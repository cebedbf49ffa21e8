"""Which counts of which steps an incident has had: what started each, what ended it. No arithmetic of time here.

A *count* is one running of a step's term. It begins at the first of the step's `starts_on`, and anew at each moment in
`anew_on` that follows; it ends at the first of `ends_on` after the moment that began it. A change of class (importance)
puts the counts of the old class aside and opens those of the new one, from their own start.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from otklik.process.compiled import CLASS_CHANGES, CompiledAct, CompiledStep
from otklik.process.facts import Facts, Moment
from otklik.regulation.model import MomentKind
from otklik.worktime import ScheduleError

_SENT_BACK_PART = frozenset({MomentKind.RETURNED})
_FINAL = frozenset({None, "final"})
_JOINING = frozenset({MomentKind.SIGNIFICANCE_CONFIRMED, MomentKind.SURGE_CONFIRMED})
"""Facts that one report covers: a further one joins the report still owed, and cannot put off its term."""


@dataclass(slots=True, eq=False)
class Count:
    """One count. `started` and `opened` are places in the list of moments: they differ where a change of class opened
    a count whose start lies before the change, and where the term it hangs on was replaced."""

    step: CompiledStep
    started: int
    opened: int
    starts_on: MomentKind
    part: int | None = None
    body: str | None = None
    ended: int | None = None
    dropped: int | None = None
    pauses: list[tuple[int, int | None]] = field(default_factory=list)
    """Places of the moments at which the clock stopped and ran again."""

    @property
    def over(self) -> int | None:
        """Where it was ended or given up; None while it is open."""
        return self.dropped if self.ended is None else self.ended


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """The moments of one incident in order of time, with the class in force after each."""

    moments: Sequence[Moment]
    first_class: str
    classes: tuple[str, ...] | None
    """The class after each moment; None where it never changes."""
    kinds: frozenset[MomentKind]
    """What has happened at all: most steps of an incident have not begun."""


def story_of(act: CompiledAct, facts: Facts) -> Story:
    """Sorts by time (moments of one instant keep their order) and follows the class of importance.

    Raises `ScheduleError` with the code `naive_time` for an instant without an offset.
    """
    moments = facts.moments
    for moment in moments:
        if moment.at.tzinfo is None:
            raise ScheduleError("naive_time", at=moment.at.isoformat())
    if any(later.at < earlier.at for earlier, later in pairwise(moments)):
        moments = tuple(sorted(moments, key=lambda moment: moment.at))
    kinds = frozenset([moment.kind for moment in moments])
    if kinds.isdisjoint(CLASS_CHANGES):
        return Story(moments, facts.importance, None, kinds)
    current, classes = facts.importance, []
    for moment in moments:
        if moment.kind in CLASS_CHANGES:
            current = act.class_after(moment.kind, moment.importance) or current
        classes.append(current)
    return Story(moments, facts.importance, tuple(classes), kinds)


def counts_of(step: CompiledStep, story: Story) -> tuple[list[Count], bool]:
    """The counts of one step in the order of their opening, and whether the step still waits for its first start.

    Neither where the step does not apply, or where all was done before it began to apply.
    """
    if story.classes is None:
        if not step.applies_to(story.first_class):
            return [], False
        if step.starts.isdisjoint(story.kinds):
            return [], True
        counter = _Counter(step, story)
        counter.run(0, len(story.moments))
        return counter.counts, not counter.has_started
    return _through_classes(step, story, story.classes)


def _through_classes(step: CompiledStep, story: Story, classes: Sequence[str]) -> tuple[list[Count], bool]:
    """Stretch by stretch between the changes of class that matter to this step."""
    counter = _Counter(step, story)
    applies = step.applies_to(story.first_class)
    since = 0
    for place, importance in enumerate(classes):
        now_applies = step.applies_to(importance)
        if now_applies == applies:
            continue
        if applies:
            counter.run(since, place)
            counter.drop_all(place)
        elif not step.starts_with_class:
            counter.catch_up(place)
        applies, since = now_applies, place
    if applies:
        counter.run(since, len(classes))
    return counter.counts, applies and not counter.has_started


class _Counter:
    """Walks over the moments and keeps the open counts by part (one, with the key None, where there are no parts)."""

    def __init__(self, step: CompiledStep, story: Story) -> None:
        self.step = step
        self.moments = story.moments
        self.counts: list[Count] = []
        self.open: dict[int | None, Count] = {}
        self.has_started = False
        self.asked: set[int] = set()
        self.parts_seen = 0
        self.parts_in = 0

    def run(self, since: int, until: int) -> None:
        """Go on over the moments of these places."""
        moments, relevant = self.moments, self.step.relevant
        for place in range(since, until):
            moment = moments[place]
            if moment.kind in relevant and not (self.step.of_final and moment.reply not in _FINAL):
                self._take(place, moment)

    def catch_up(self, place: int) -> None:
        """The step applies from here on: open what would be open had it applied from the first."""
        before = _Counter(self.step, Story(self.moments, "", None, frozenset()))
        before.run(0, place)
        for part, count in before.open.items():
            count.opened = place
            self.open[part] = count
            self.counts.append(count)
        self.has_started = before.has_started
        self.asked, self.parts_seen, self.parts_in = before.asked, before.parts_seen, before.parts_in

    def drop_all(self, place: int) -> None:
        for count in self.open.values():
            count.dropped = place
        self.open.clear()

    def _take(self, place: int, moment: Moment) -> None:
        step, kind = self.step, moment.kind
        if self.open:
            if kind in step.ends:
                self._end(place, moment)
            elif kind in step.drops:
                self._drop(place, moment)
            elif kind in step.step.pauses_on or kind in step.step.resumes_on:
                self._pause_or_resume(place, kind)
        starts = self._gathers(place, moment) if step.gathers_parts else self._starts(kind)
        if starts and not (self.open and kind in _JOINING):
            self._start(place, moment)

    def _starts(self, kind: MomentKind) -> bool:
        step = self.step
        if step.step.per_part:
            return kind in step.starts or kind in step.anew
        return kind in step.anew if self.has_started else kind in step.starts

    def _gathers(self, place: int, moment: Moment) -> bool:
        """Whether this moment completes the parts asked for. A further request puts an open consolidation aside."""
        kind, part = moment.kind, moment.part
        if kind is MomentKind.PART_REQUESTED:
            self.parts_seen += 1
            self.asked.add(self.parts_seen if part is None else part)
            self.drop_all(place)
            self.has_started = False
            return False
        if kind is MomentKind.PART_IN or (kind in _SENT_BACK_PART and part is not None):
            self.parts_in += kind is MomentKind.PART_IN
            self.asked.discard(min(self.asked, default=0) if part is None else part)
            return not self.asked and self.parts_in > 0 and not self.open and not self.has_started
        return self._starts(kind)

    def _start(self, place: int, moment: Moment) -> None:
        part = self._part(moment) if self.step.step.per_part else None
        earlier = self.open.pop(part, None)
        if earlier is not None:
            earlier.dropped = place
        starts_on = MomentKind.PART_IN if self.step.gathers_parts else moment.kind
        count = Count(self.step, place, place, starts_on, part, moment.body)
        self.counts.append(count)
        self.open[part] = count
        self.has_started = True

    def _part(self, moment: Moment) -> int:
        """The part's own number, or the next free one in order of arrival."""
        if moment.part is not None:
            return moment.part
        taken = {count.part for count in self.counts}
        number = len(self.counts) + 1
        while number in taken:
            number += 1
        return number

    def _end(self, place: int, moment: Moment) -> None:
        part = next(iter(self.open)) if moment.part is None or not self.step.step.per_part else moment.part
        count = self.open.pop(part, None)
        if count is not None:
            count.ended = place

    def _drop(self, place: int, moment: Moment) -> None:
        if not self.step.step.per_part or moment.part is None:
            self.drop_all(place)
            return
        count = self.open.pop(moment.part, None)
        if count is not None:
            count.dropped = place

    def _pause_or_resume(self, place: int, kind: MomentKind) -> None:
        for count in self.open.values():
            stands = bool(count.pauses) and count.pauses[-1][1] is None
            if kind in self.step.step.resumes_on and stands:
                count.pauses[-1] = (count.pauses[-1][0], place)
            elif kind in self.step.step.pauses_on and not stands:
                count.pauses.append((place, None))
