"""Putting documents into the index, within the `write()` of the change that altered them."""

from collections.abc import Iterator, Mapping
from itertools import islice

from otklik.search.models import Document
from otklik.search.query import IN_PLACE
from otklik.search.snippets import Part, Parts
from otklik.search.stems import MOST_WORDS, normal, words

BETWEEN = "\ue000"
"""Stands between parts, so that no phrase is found across them. Texts cannot hold it: it is no letter."""


def put(organisation_id: int, documents: Mapping[int, Parts]) -> None:
    """The documents of these incidents of one organisation, new or in place of the earlier ones: one statement."""
    Document.objects.bulk_create(
        (
            Document(
                incident_id=incident_id,
                organisation_id=organisation_id,
                parts=[[part.value, text] for part, text in parts],
                stems=stems_of(parts),
            )
            for incident_id, parts in documents.items()
        ),
        update_conflicts=True,
        unique_fields=["incident_id"],
        update_fields=["parts", "stems"],
    )


def stems_of(parts: Parts) -> str:
    """The column that the index reads: stems of all parts in order, `BETWEEN` the parts."""
    return " ".join(islice(_stems(parts), MOST_WORDS))


def _stems(parts: Parts) -> Iterator[str]:
    short_first = sorted(parts, key=lambda one: one[0] in {Part.MESSAGE, Part.ANSWER, Part.REPLY})
    for part, text in short_first:
        found = [word.stem for word in words(normal(text))]
        yield from found
        if part is Part.PLACE:
            yield from (IN_PLACE + stem for stem in found)
        yield BETWEEN
