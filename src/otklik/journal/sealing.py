"""Sealing: each committed event gets its dense number within the organisation and its place in the hash chain.

On PostgreSQL a row may become visible after one with a higher id, so nothing that reads "everything after N" may go by
ids. One sealer an organisation, holding the head row, numbers what is committed by now. Within an incident the order
of ids is the order of numbers, because every append holds the incident's row.
"""

import datetime as dt

from django.db import connection

from otklik.journal import canonical
from otklik.journal.models import Event, Head
from otklik.project.transactions import EVERYTHING, read, write

BATCH = 500
"""Events sealed in one transaction: on SQLite the only writer is not kept waiting longer than this takes."""

SEAL = "UPDATE journal_event SET sealed_number = %s, sealed_hash = %s WHERE id = %s AND sealed_number IS NULL"


def seal(organisation_id: int, *, now: dt.datetime) -> int:
    """Seal everything committed so far in one organisation; returns how many events that were."""
    total = 0
    while has_unsealed(organisation_id):
        total += _seal_batch(organisation_id, now)
    return total


def seal_all(*, now: dt.datetime) -> int:
    """Seal every organisation that has something new; returns how many events that were."""
    with read(EVERYTHING):
        unsealed = Event.objects.filter(sealed_number__isnull=True)
        waiting = list(unsealed.order_by("organisation_id").values_list("organisation_id", flat=True).distinct())
    return sum(seal(organisation_id, now=now) for organisation_id in waiting)


def has_unsealed(organisation_id: int) -> bool:
    """A look without the write lock: the usual second has nothing to seal."""
    with read((organisation_id,)):
        return Event.objects.filter(organisation_id=organisation_id, sealed_number__isnull=True).exists()


def _seal_batch(organisation_id: int, now: dt.datetime) -> int:
    with write(tenant=(organisation_id,)):
        start = {"hash": canonical.genesis(organisation_id)}
        Head.objects.get_or_create(organisation_id=organisation_id, defaults=start)
        head = Head.objects.select_for_update().get(organisation_id=organisation_id)
        unsealed = Event.objects.filter(organisation_id=organisation_id, sealed_number__isnull=True)
        rows = list(unsealed.order_by("id").values_list("id", "digest")[:BATCH])
        seals = []
        for event_id, digest in rows:
            head.number += 1
            head.hash = canonical.chained(head.hash, head.number, digest)
            seals.append((head.number, head.hash, event_id))
        if seals:
            with connection.cursor() as cursor:
                cursor.executemany(SEAL, seals)
            head.sealed_at = now
            head.save(update_fields=["number", "hash", "sealed_at"])
    return len(rows)
