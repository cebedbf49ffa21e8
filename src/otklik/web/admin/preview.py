"""Before hours are changed: which open terms would move, shown before anything is saved.

A form of hours is sent twice: to be looked at, and to be done. It is done only as it was looked at: whoever changes an
answer in between sees the preview again.
"""

import hashlib
import json
from zoneinfo import ZoneInfo

from django.utils import timezone

from otklik.incidents.arranging import Moved, moved_by
from otklik.orgs.models import Organisation
from otklik.orgs.rights import SignedInRequest
from otklik.orgs.schedules import Planned
from otklik.web.admin.view import Preview, PreviewRow
from otklik.web.words import counted, moment

SHOWN = 40
SEEN = "seen"


def preview_of(place: Organisation, planned: Planned, digest: str) -> Preview:
    """What the hours of `place` as it is in memory, with `planned`, would do.

    :raises ScheduleError: these hours cannot be obeyed.
    """
    now = timezone.now()
    moved = moved_by(place, planned, now=now)
    zone = ZoneInfo(place.zone)
    here = now.astimezone(zone)
    return Preview(
        title=_title(moved),
        note=_note(moved),
        rows=tuple(
            PreviewRow(
                number=str(term.number),
                step=term.step,
                was=moment(term.old_due_at.astimezone(zone), here),
                now=moment(term.new_due_at.astimezone(zone), here),
            )
            for term in moved.terms[:SHOWN]
        ),
        more=max(0, len(moved.terms) - SHOWN),
        digest=digest,
    )


def digest_of(values: object) -> str:
    """The answers in one word: whether what is to be done is what was looked at."""
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()[:16]


def was_seen(request: SignedInRequest, digest: str) -> bool:
    """Whether these very answers were looked at and are now to be done."""
    return request.POST.get("step") == "apply" and request.POST.get(SEEN) == digest


def _title(moved: Moved) -> str:
    if not moved.terms:
        return "Открытые сроки не сдвинутся"
    terms = counted(len(moved.terms), "срок|срока|сроков")
    incidents = counted(moved.incidents, "инциденте|инцидентах|инцидентах")
    verb = "Сдвинется" if len(moved.terms) % 10 == 1 and len(moved.terms) % 100 != 11 else "Сдвинутся"
    return f"{verb} {terms} в {incidents}"


def _note(moved: Moved) -> str:
    words = f"Открытых инцидентов: {moved.open_incidents}. Уже просроченное и исполненное не изменится."
    if moved.not_looked_at:
        words += f" Самые срочные посчитаны; ещё {moved.not_looked_at} будут пересчитаны после сохранения."
    return words
