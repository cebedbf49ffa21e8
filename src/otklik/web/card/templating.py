"""The organisation's templates on the card: which are offered, and how one is filled in and put into the draft."""

from otklik.orgs import reply_templates
from otklik.process.state import ReplyKind
from otklik.web.card.desk import Desk
from otklik.web.card.reply_view import Finding
from otklik.web.view import Choice, Level
from otklik.web.words import day


def offered(desk: Desk, kind: ReplyKind) -> tuple[Choice, ...]:
    """What may be chosen, those of the incident's topic first."""
    topic = dict(desk.data.state.tags).get("topic", "")
    rows = reply_templates.offered(desk.data.incident.organisation_id, topic, kind.value)
    return tuple(Choice(value=str(one.pk), label=one.title, hint=one.topic) for one in rows)


def filled(desk: Desk, number: str) -> str | None:
    """The text of a template for this incident; None where the organisation has none of this number."""
    if not (number.isascii() and number.isdecimal() and len(number) < 10):
        return None
    organisation = desk.data.incident.organisation_id
    one = reply_templates.kept_by(organisation).filter(pk=int(number)).first()
    return reply_templates.filled(one.text, _facts(desk)) if one else None


def appended(text: str, piece: str) -> str:
    """What was written stays as it is; the template comes below, after an empty line."""
    return f"{text.rstrip()}\n\n{piece}" if text.strip() else piece


def blanks(text: str) -> tuple[Finding, ...]:
    """What of a template still stands in braces and would be read by the author."""
    return tuple(
        Finding(level=Level.WARNING, title=f"Впишите сами: карточка не знает, что поставить вместо {name}")
        for name in reply_templates.left_blank(text)
    )


def _facts(desk: Desk) -> dict[str, str]:
    incident, tags = desk.data.incident, dict(desk.data.state.tags)
    message = incident.message
    posted = message.posted_at.astimezone(desk.now.tzinfo).date() if message.posted_at else None
    return {
        "имя": message.author_name,
        "место": tags.get("place", "") or incident.place,
        "тема": tags.get("topic", "") or incident.topic,
        "номер": str(incident.number),
        "дата": day(posted, desk.now.date()) if posted else "",
        "орган": desk.unit_name(desk.data.state.unit),
        "организация": incident.organisation.name,
    }
