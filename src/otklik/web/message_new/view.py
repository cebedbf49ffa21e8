"""A message entered by hand. Template `message_new/page.html`."""

from dataclasses import dataclass

from otklik.web.view import Form, Link


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownMessage:
    """A message already known that looks like this one; shown after the form was sent, before it is stored twice."""

    number: str
    excerpt: str
    why: str
    """«та же ссылка», «тот же текст»."""
    key: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A few fields under one heading. `names` are the fields of the form that stand in it."""

    title: str
    names: tuple[str, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMessagePage:
    """The page. `clock_note` says which term starts and when («срок ответа пойдёт с выявления: сегодня, 16:40»)."""

    form: Form
    groups: tuple[Group, ...]
    known: tuple[KnownMessage, ...] = ()
    clock_note: str = ""
    clause: str = ""
    stored: Link | None = None
    """The card of the message stored just before, when several are entered in a row."""
