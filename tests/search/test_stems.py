"""Words and queries, without a database: what people write alike is one word; any input is a query."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from otklik.search.actions import stems_of
from otklik.search.query import LONGEST_QUERY, Term, as_fts5, as_tsquery, in_place, parse
from otklik.search.snippets import Part, snippet
from otklik.search.stems import normal, words


def stems(text: str) -> list[str]:
    return [word.stem for word in words(normal(text))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("дороги", "ДОРОГАМИ"),
        ("ёлка", "елки"),
        ("й", "и\u0306"),
        ("дом 12а", "дом 12-А"),
        ("дом 12а", "дом 12 а"),
        ("кто-то", "кто – то"),
        ("жилищно-коммунальное", "Жилищно коммунального"),
        ("+7 (999) 123-45-67", "89991234567"),
        ("8 999 123 45 67", "9991234567"),
        ("22-33-44", "223344"),
        ("aвтобус", "автобуса"),  # the first letter is Latin
        ("№128", "128"),
        ("vk.com/wall-1_2", "VK com wall 1 2"),
    ],
)
def test_what_people_write_alike_is_one_word(one: str, other: str) -> None:
    assert stems(one) == stems(other) != []


@pytest.mark.parametrize(
    ("one", "other"),
    [("дом", "дома-12"), ("128", "1280"), ("12-14", "1214"), ("27.11.2026", "27112026"), ("код", "kod")],
)
def test_what_differs_stays_apart(one: str, other: str) -> None:
    assert stems(one) != stems(other)


def test_a_word_knows_its_place() -> None:
    text = normal("Яма, ёлка!")
    assert [(text[word.start : word.end], word.plain) for word in words(text)] == [("Яма", "яма"), ("ёлка", "елка")]


def test_the_query_language() -> None:
    query = parse('яма "детская площадка" -снег дом 12а садов')
    assert query.wanted == (
        Term(("ям",)),
        Term(("детск", "площадк")),
        Term(("дом",)),
        Term(("12", "а")),
        Term(("сад",), "садов"),
    )
    assert query.unwanted == (Term(("снег",)),)


@pytest.mark.parametrize("text", ["до", "дом 5", '"дом"', "-дом"])
def test_only_a_bare_last_word_of_three_letters_may_be_unfinished(text: str) -> None:
    assert not any(term.beginning for term in parse(text).wanted)


@pytest.mark.parametrize("text", ["", " ", '"', '""', "-", "--", "***", "!!! ?", "\ue000", "'", "\\", "()", '-"'])
def test_signs_alone_say_nothing(text: str) -> None:
    assert parse(text).is_empty


@given(st.text(max_size=LONGEST_QUERY * 2))
def test_any_input_is_a_query_of_letters_and_digits(text: str) -> None:
    for query in (parse(text), in_place(text)):
        terms = (*query.wanted, *query.unwanted)
        for term in terms:
            assert all(word.lstrip("\ue001").isalnum() or word.lstrip("\ue001").isprintable() for word in term.stems)
            assert not any(sign in "".join(term.stems) for sign in " '\"\\*()&|!:")
        assert as_fts5(terms, joined="AND").count('"') % 2 == 0
        assert as_tsquery(terms, joined="&").count("'") % 2 == 0


@given(st.lists(st.tuples(st.sampled_from(Part), st.text(max_size=300)), max_size=5), st.text(max_size=40))
def test_a_snippet_shows_nothing_but_the_text(parts: list[tuple[Part, str]], query: str) -> None:
    found = snippet(parts, parse(query))
    if found is None:
        return
    shown = "".join(piece.text for piece in found.pieces).strip("…").split()
    assert any(" ".join(shown) in " ".join(normal(text).split()) for part, text in parts if part is found.part)
    assert any(piece.marked and piece.text for piece in found.pieces)


def test_the_snippet_is_of_the_part_with_most_of_the_words() -> None:
    parts = [(Part.MESSAGE, "Яма на дороге"), (Part.REPLY, "Здравствуйте! Яму на Садовой засыпали <b>вчера</b>")]
    found = snippet(parts, parse("яма садовая"))
    assert found is not None
    assert found.part is Part.REPLY
    assert [piece.text for piece in found.pieces if piece.marked] == ["Яму", "Садовой"]


def test_a_long_text_is_cut_around_what_was_found() -> None:
    found = snippet([(Part.MESSAGE, "слово " * 100 + "яма " + "слово " * 100)], parse("яма"))
    assert found is not None
    text = "".join(piece.text for piece in found.pieces)
    assert len(text) < 200
    assert text.startswith("…")
    assert text.endswith("…")


def test_no_phrase_is_found_across_parts_and_the_short_ones_always_count() -> None:
    text = stems_of([(Part.MESSAGE, "слово " * 20_000), (Part.TOPIC, "дороги"), (Part.PLACE, "Садовая")])
    assert text.split()[:6] == ["дорог", "\ue000", "садов", "\ue001садов", "\ue000", "слов"]
    assert len(text.split()) == 10_000
