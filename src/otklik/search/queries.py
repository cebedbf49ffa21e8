"""Narrowing a queryset to what a query finds: one port, two databases.

The querysets come from `access.visible_to`: on SQLite it is what keeps one organisation from the other's documents; on
PostgreSQL row-level security stands behind it.
"""

from collections.abc import Iterable
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.expressions import RawSQL

from otklik.search.models import Document
from otklik.search.query import Query, Term, as_fts5, as_tsquery
from otklik.search.snippets import Part, Parts

M = TypeVar("M", bound=Model)

FTS5 = "SELECT rowid FROM search_index WHERE search_index MATCH %s"
GIN = "SELECT incident_id FROM search_document WHERE vector @@ %s::tsquery"


def matching(rows: QuerySet[M], query: Query, *, field: str = "pk") -> QuerySet[M]:
    """Those of `rows` (in `field`: the incident's id) that the query finds; none for a query that says nothing."""
    if query.is_empty:
        return rows.none()
    if query.wanted:
        rows = rows.filter(**{f"{field}__in": _found(query.wanted, all_of=True)})
    if query.unwanted:
        rows = rows.exclude(**{f"{field}__in": _found(query.unwanted, all_of=False)})
    return rows


def parts_of(incident_ids: Iterable[int]) -> dict[int, Parts]:
    """The documents of incidents that the caller may show: one query."""
    found = Document.objects.filter(pk__in=list(incident_ids)).values_list("pk", "parts")
    return {pk: [(Part(part), text) for part, text in parts] for pk, parts in found}


def _found(terms: Iterable[Term], *, all_of: bool) -> RawSQL:
    if connection.vendor == "postgresql":
        return RawSQL(GIN, [as_tsquery(terms, joined="&" if all_of else "|")])  # noqa: S611  # a parameter
    return RawSQL(FTS5, [as_fts5(terms, joined="AND" if all_of else "OR")])  # noqa: S611  # a parameter
