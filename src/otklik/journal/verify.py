"""Verification: recompute every digest and link, compare with the anchors, and say where something does not agree.

A stored hash is trusted for one step only: after a break the walk goes on from the stored value, so that each place is
named once and everything behind it is still checked. The words of each code are made at the door (`cli/journal.py`).
"""

import hmac
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from django.db import connection
from django.db.models import Count, F, Max, QuerySet

from otklik.journal import canonical
from otklik.journal.anchors import Anchor
from otklik.journal.models import Event, EventText, Head
from otklik.project.transactions import EVERYTHING, read

BATCH = 1000
RESTORED = "restored"
"""The kind of the event that records a restore from a backup: anchors made after the backup are known to be lost."""

GUARDS = (
    "journal_event_no_update",
    "journal_event_no_delete",
    "journal_event_text_no_update",
    "journal_event_text_no_delete",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where the journal does not agree with itself or with its anchors.

    `code` is one of: `guard_missing`, `row_changed`, `link_broken`, `gap`, `number_gap`, `text_changed`,
    `text_missing`, `text_added`, `text_gone`, `head_differs`, `tail_missing`, `anchor_differs`; with `is_error` False:
    `lost_by_restore`.
    `sealed_number` is the place in the organisation's chain, `number` the place in the incident.
    """

    code: str
    organisation_id: int | None = None
    sealed_number: int | None = None
    incident_id: int | None = None
    number: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    is_error: bool = True


@dataclass(frozen=True, slots=True)
class Verified:
    """How many events were checked, those in the chain and those that wait to be sealed, and what does not agree."""

    sealed: int
    unsealed: int
    findings: list[Finding]


def organisations(anchors: Iterable[Anchor]) -> list[int]:
    """Every organisation that has, or by an anchor had, a journal."""
    with read(EVERYTHING):
        heads = set(Head.objects.values_list("organisation_id", flat=True))
        events = set(Event.objects.order_by().values_list("organisation_id", flat=True).distinct())
    return sorted(heads | events | {anchor.organisation_id for anchor in anchors})


def missing_guards() -> list[Finding]:
    """Triggers that should refuse changes and are not there."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {row[0] for row in cursor.fetchall()}
    return [Finding("guard_missing", facts={"trigger": name}) for name in GUARDS if name not in there]


def verify(organisation_id: int, anchors: Iterable[Anchor]) -> Verified:
    """Check everything that the journal of one organisation holds; `anchors` are its own."""
    with read((organisation_id,)):
        head = Head.objects.filter(
            organisation_id=organisation_id
        ).first()  # before the walk: the chain may grow meanwhile
        walk = _Walk(organisation_id, [*anchors], _restores(organisation_id), head)
        for events in _batches(Event.objects.filter(organisation_id=organisation_id, sealed_number__isnull=False)):
            walk.check(events)
        walk.finish()
        unsealed = Event.objects.filter(organisation_id=organisation_id, sealed_number__isnull=True)
        waiting = 0
        for events in _batches(unsealed):
            walk.check_rows(events)
            waiting += len(events)
        walk.findings += _number_gaps(organisation_id)
    return Verified(walk.checked, waiting, walk.findings)


class _Walk:
    """Along one organisation's chain."""

    def __init__(self, organisation_id: int, anchors: list[Anchor], restores: list[Event], head: Head | None) -> None:
        self.organisation_id = organisation_id
        self.head = head
        self.head_met = head is None or head.number == 0
        self.restores = restores
        self.anchors: dict[int, list[Anchor]] = {}
        for anchor in anchors:
            self.anchors.setdefault(anchor.number, []).append(anchor)
        self.number = 0
        self.hash = canonical.genesis(organisation_id)
        self.checked = 0
        self.findings: list[Finding] = []

    def check(self, events: list[Event]) -> None:
        for event in events:
            self._link(event)
            self._anchored(event)
            self.checked += 1
        self.check_rows(events)

    def check_rows(self, events: list[Event]) -> None:
        """The events themselves, sealed or not yet."""
        for event in events:
            if _digest(event) != event.digest:
                self._find("row_changed", event)
        self.findings += _check_texts(events)

    def finish(self) -> None:
        """What lies beyond the last sealed event."""
        for number in sorted(number for number in self.anchors if number > self.number):
            for anchor in self.anchors[number]:
                self._about_anchor("tail_missing", anchor, {"last": self.number, "missing": number - self.number})
        if self.head is not None and not self.head_met:
            facts = {"last": self.number, "missing": max(self.head.number - self.number, 0)}
            self.findings.append(Finding("head_differs", self.organisation_id, self.head.number, facts=facts))

    def _link(self, event: Event) -> None:
        number = event.sealed_number or 0
        if number != self.number + 1:
            facts = {"from": self.number + 1, "to": number - 1}
            self.findings.append(Finding("gap", self.organisation_id, self.number + 1, facts=facts))
        elif canonical.chained(self.hash, number, event.digest) != event.sealed_hash:
            self._find("link_broken", event)
        self.number, self.hash = number, event.sealed_hash or ""
        if self.head is not None and (self.head.number, self.head.hash) == (self.number, self.hash):
            self.head_met = True

    def _anchored(self, event: Event) -> None:
        for anchor in self.anchors.get(event.sealed_number or 0, ()):
            if anchor.hash != event.sealed_hash:
                self._about_anchor("anchor_differs", anchor, {"stored": event.sealed_hash})

    def _about_anchor(self, code: str, anchor: Anchor, facts: Mapping[str, object]) -> None:
        facts = {**facts, "anchored_at": canonical.instant(anchor.at), "anchored": anchor.hash}
        lost = self._lost_by_restore(anchor)
        if lost is not None:
            facts = {**facts, "restored_at": canonical.instant(lost.recorded_at)}
        code = code if lost is None else "lost_by_restore"
        self.findings.append(Finding(code, self.organisation_id, anchor.number, facts=facts, is_error=lost is None))

    def _lost_by_restore(self, anchor: Anchor) -> Event | None:
        for event in self.restores:
            kept = event.payload["number"]
            if isinstance(kept, int) and kept < anchor.number and anchor.at <= event.recorded_at:
                return event
        return None

    def _find(self, code: str, event: Event) -> None:
        self.findings.append(
            Finding(code, self.organisation_id, event.sealed_number, event.incident_id, event.number, _about(event))
        )


def _batches(rows: QuerySet[Event]) -> Iterator[list[Event]]:
    stream = rows.order_by("sealed_number", "id").iterator(chunk_size=BATCH)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _digest(event: Event) -> str | None:
    """None for a row that could not have been written by `append`."""
    names = canonical.Content.__dataclass_fields__
    try:
        return canonical.digest(canonical.Content(**{name: getattr(event, name) for name in names}))
    except canonical.NotCanonical:
        return None


def _check_texts(events: list[Event]) -> Iterator[Finding]:
    found: dict[int, dict[str, EventText]] = {}
    for text in EventText.objects.filter(event_id__in=[event.pk for event in events]):
        found.setdefault(text.event_id, {})[text.name] = text
    for event in events:
        texts = found.get(event.pk, {})
        for name in sorted(set(event.text_digests) | set(texts)):
            code = _text_code(event.text_digests.get(name), texts.get(name))
            if code:
                facts = {**_about(event), "text": name}
                yield Finding(code, event.organisation_id, event.sealed_number, event.incident_id, event.number, facts)


def _text_code(digest: str | None, text: EventText | None) -> str | None:
    if digest is None:
        return "text_added"
    if text is None:
        return "text_missing"
    if text.erased_at is not None:
        return None if not (text.text or text.salt) and _erasure_recorded(text) else "text_gone"
    try:
        return None if hmac.compare_digest(canonical.text_digest(text.salt, text.text), digest) else "text_changed"
    except ValueError:
        return "text_changed"


def _erasure_recorded(text: EventText) -> bool:
    """Whether an event of the journal says that this text was erased, by whom and on what ground."""
    erasures = Event.objects.filter(organisation_id=text.organisation_id, kind="texts_erased", incident_id__isnull=True)
    return any(
        erasure.payload.get("event") == text.event_id and text.name in erasure.payload.get("names", ())
        for erasure in erasures
    )


def _number_gaps(organisation_id: int) -> Iterator[Finding]:
    """Incidents whose events are not numbered 1, 2, 3 …: shows what was removed before it was sealed."""
    rows = Event.objects.filter(organisation_id=organisation_id, incident_id__isnull=False).order_by()
    counted = rows.values("incident_id").annotate(there=Count("id"), last=Max("number"))
    for row in counted.exclude(there=F("last")).order_by("incident_id"):
        facts = {"there": row["there"], "last": row["last"]}
        yield Finding("number_gap", organisation_id, incident_id=row["incident_id"], facts=facts)


def _restores(organisation_id: int) -> list[Event]:
    rows = Event.objects.filter(organisation_id=organisation_id, kind=RESTORED, incident_id__isnull=True)
    return list(rows.order_by("id"))


def _about(event: Event) -> dict[str, object]:
    return {"kind": event.kind, "recorded_at": canonical.instant(event.recorded_at), "id": event.pk}
