"""Markdown of docs/ru → HTML of the program: the same anchors, links to pages of the help, pictures of a known size.

Raw HTML in a document is shown as text, so a document can bring no script; the policy of the site would refuse it too.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token
from PIL import Image

from otklik.web.help.library import BY_PATH, PICTURES, PICTURES_PREFIX, Document

_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the second level, for the contents."""

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """One document. `body` is what follows the title; `anchors` are those of all headings."""

    title: str
    body: SafeString
    sections: tuple[Section, ...]
    anchors: frozenset[str]


def anchor_of(heading: str) -> str:
    """The anchor of a heading, made as code hostings make it: the documents' own links lead there."""
    return re.sub(r"[^\w\- ]", "", heading.replace("`", "")).strip().lower().replace(" ", "-")


@cache
def rendered(document: Document) -> Rendered:
    """The document as HTML; read once in the life of the process.

    :raises FileNotFoundError: the documents are not beside the program.
    """
    tokens = _MARKDOWN.parse(document.path.read_text(encoding="utf-8"))
    title, tokens = _title_off(tokens)
    headings = tuple(_headings(tokens))
    for opening, words in headings:
        opening.attrSet("id", anchor_of(words))
    for token in tokens:
        if token.type == "table_open":
            token.attrSet("class", "plain-table")
        if token.children:
            token.children = list(_children(token.children, document.path.parent))
    html: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return Rendered(
        title=title,
        body=mark_safe(_scrolling(html)),  # noqa: S308 - made of our own documents, html refused
        sections=tuple(Section(anchor_of(words), words) for opening, words in headings if opening.tag == "h2"),
        anchors=frozenset(anchor_of(words) for _, words in headings),
    )


def _title_off(tokens: list[Token]) -> tuple[str, list[Token]]:
    """The title stands in the page's own heading; the list of contents under it in the page's own contents."""
    title = tokens[1].content
    rest = tokens[3:]
    for at, token in enumerate(rest):
        if token.type == "heading_open":
            break
        if token.type == "bullet_list_open" and _is_contents(rest[at:]):
            end = next(number for number, one in enumerate(rest) if number > at and one.type == "bullet_list_close")
            return title, rest[:at] + rest[end + 1 :]
    return title, rest


def _is_contents(tokens: Sequence[Token]) -> bool:
    first = next((one for one in tokens if one.type == "inline"), None)
    return first is not None and "](#" in first.content


def _headings(tokens: Sequence[Token]) -> Iterator[tuple[Token, str]]:
    for number, token in enumerate(tokens):
        if token.type == "heading_open":
            yield token, tokens[number + 1].content


def _children(tokens: Sequence[Token], folder: Path) -> Iterator[Token]:
    """Links and pictures led to where they stand in the program; a link to what is not shown here becomes its words."""
    is_dropped = False
    for token in tokens:
        if token.type == "link_open":
            address = _address(str(token.attrGet("href")), folder)
            is_dropped = address is None
            if address is None:
                continue
            token.attrSet("href", address)
        elif token.type == "link_close" and is_dropped:
            is_dropped = False
            continue
        elif token.type == "image":
            _place_picture(token)
        yield token


def _address(link: str, folder: Path) -> str | None:
    parts = urlsplit(link)
    if parts.scheme in {"http", "https"}:
        return link
    if not parts.path:
        return link
    document = BY_PATH.get((folder / unquote(parts.path)).resolve())
    if document is None:
        return None
    return reverse("help_page", args=[document.key]) + (f"#{parts.fragment}" if parts.fragment else "")


def _place_picture(token: Token) -> None:
    """The size is said beforehand, so that nothing jumps when the picture comes."""
    name = Path(str(token.attrGet("src"))).name
    with Image.open(PICTURES / name) as picture:
        width, height = picture.size
    token.attrSet("src", static(f"{PICTURES_PREFIX}/{name}"))
    token.attrSet("width", str(width))
    token.attrSet("height", str(height))
    token.attrSet("loading", "lazy")


def _scrolling(html: str) -> str:
    """A wide table and a wide example scroll by themselves, by the keyboard too."""
    region = '<div class="table-scroll" tabindex="0" role="region" aria-label="Таблица">'
    html = html.replace("<table", f"{region}<table").replace("</table>", "</table></div>")
    return html.replace("<pre>", '<pre tabindex="0">')
