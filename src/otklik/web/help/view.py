"""What the screens of the help show."""

from dataclasses import dataclass

from otklik.web.help.library import Document
from otklik.web.help.rendering import Rendered


@dataclass(frozen=True, slots=True)
class HelpIndex:
    """`own` are the days of the roles the person holds now, `others` those of the rest."""

    tutorial: Document
    own: tuple[Document, ...]
    others: tuple[Document, ...]
    reference: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class HelpPage:
    """One document, with its neighbours in the order of the contents."""

    document: Document
    rendered: Rendered
    index: HelpIndex
