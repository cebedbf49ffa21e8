"""What a person typed, understood: every word must be there, in any form. Pure; any input is a query.

яма садовая        both words, in any form; the last one may be unfinished («садов»)
"детская площадка" the words side by side
-снег              without this word
дом 12а            a word with a number in it, or hyphens, is its parts side by side
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from otklik.search.stems import normal, words

LONGEST_QUERY = 200
MOST_TERMS = 20
SHORTEST_BEGINNING = 3
"""Letters from which the last word is taken for the beginning of one."""
IN_PLACE = "\ue001"
"""Before a stem: the word stands in the place. Texts cannot hold it: it is no letter."""

_CHUNK = re.compile(r'(-?)"([^"]*)"?|(\S+)')


@dataclass(frozen=True, slots=True)
class Term:
    """Stems that stand side by side. `beginning`: the last word as typed, where it may be unfinished."""

    stems: tuple[str, ...]
    beginning: str = ""

    def fits(self, at: Sequence[str]) -> bool:
        """Whether the stems of a document from some place on are this term."""
        if len(at) < len(self.stems) or tuple(at[: len(self.stems) - 1]) != self.stems[:-1]:
            return False
        last = at[len(self.stems) - 1]
        return last == self.stems[-1] or bool(self.beginning and last.startswith(self.beginning))


@dataclass(frozen=True, slots=True)
class Query:
    """`wanted`: all of them; `unwanted`: none of them."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing in it can be looked for: signs without a letter or digit."""
        return not self.wanted and not self.unwanted


def parse(text: str) -> Query:
    """The query in what was typed; never fails. What is beyond `LONGEST_QUERY` and `MOST_TERMS` is dropped."""
    text = normal(text[:LONGEST_QUERY])
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for found in _CHUNK.finditer(text):
        minus, phrase, bare = found.groups()
        if bare is None:
            _add(unwanted if minus else wanted, _term(phrase))
        elif bare.startswith("-"):
            _add(unwanted, _term(bare))
        else:
            _add(wanted, _term(bare, may_be_unfinished=found.end() == len(text)))
    return Query(tuple(wanted[:MOST_TERMS]), tuple(unwanted[:MOST_TERMS]))


def in_place(text: str) -> Query:
    """The words of a place, in any form: for a filter by place."""
    terms = (
        Term((IN_PLACE + word.stem,), "" if word.is_number else IN_PLACE + word.plain)
        for word in words(normal(text[:LONGEST_QUERY]))
    )
    return Query(tuple(terms)[:MOST_TERMS])


def as_fts5(terms: Iterable[Term], *, joined: str) -> str:
    """The terms as a query of SQLite's FTS5; `joined` by AND or OR. Words hold letters and digits only: no escaping."""
    return f" {joined} ".join(_one_fts5(term) for term in terms)


def as_tsquery(terms: Iterable[Term], *, joined: str) -> str:
    """The terms as the text of a PostgreSQL `tsquery`; `joined` by & or |."""
    return f" {joined} ".join(_one_tsquery(term) for term in terms)


def _term(text: str, *, may_be_unfinished: bool = False) -> Term | None:
    found = list(words(text))
    if not found:
        return None
    last = found[-1]
    is_beginning = may_be_unfinished and not last.is_number and len(last.plain) >= SHORTEST_BEGINNING
    return Term(tuple(word.stem for word in found), last.plain if is_beginning else "")


def _add(terms: list[Term], term: Term | None) -> None:
    if term is not None:
        terms.append(term)


def _one_fts5(term: Term) -> str:
    whole = f'"{" ".join(term.stems)}"'
    if not term.beginning:
        return whole
    beginning = " ".join((*term.stems[:-1], term.beginning))
    return f'({whole} OR "{beginning}" *)'


def _one_tsquery(term: Term) -> str:
    whole = " <-> ".join(f"'{stem}'" for stem in term.stems)
    if not term.beginning:
        return f"({whole})"
    beginning = " <-> ".join((*(f"'{stem}'" for stem in term.stems[:-1]), f"'{term.beginning}':*"))
    return f"(({whole}) | ({beginning}))"
