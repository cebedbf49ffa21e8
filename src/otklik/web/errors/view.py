"""Pages for what went wrong. Templates `403.html`, `404.html`, `500.html`, `offline.html` at the root of templates."""

from dataclasses import dataclass

from otklik.web.view import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrorPage:
    """What happened, why (the rule), and what to do. 404 and 500 need none of it and print their own words.

    `keeps_text`: said when what the person typed is kept.
    """

    title: str
    text: str
    todo: tuple[str, ...] = ()
    link: Link | None = None
    clause: str = ""
    keeps_text: bool = False
