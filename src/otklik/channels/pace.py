"""How often replies may go out: what the act, or the network by it, allows an account. Asked before each call."""

import datetime as dt
from zoneinfo import ZoneInfo

from otklik.channels.models import Account, Publication, PublicationState
from otklik.connectors.base import NeedsPerson, Temporary
from otklik.process import rates
from otklik.process.rates import Held, Sent
from otklik.regulation.model.policies import NetworkLimit

LOOK_BACK = dt.timedelta(days=1)

WHY = {
    "identical_replies_an_hour": "Одинаковых ответов за час - уже {limit}, больше нельзя до {until}.",
    "comments_a_day": "Ответов за день - уже {limit}, больше нельзя до {until}.",
}


def check(publication: Publication, account: Account, now: dt.datetime, *, patience: dt.timedelta) -> None:
    """Whether the reply may go out now.

    :param patience: how long the outbox would wait; a longer wait is for a person to decide about.
    :raises Temporary: it may a little later.
    :raises NeedsPerson: not for long.
    """
    limits = [NetworkLimit.model_validate(one) for one in publication.limits]
    local = now.astimezone(ZoneInfo(account.organisation.zone))
    held = rates.held(limits, publication.text, _sent(publication, account, now), local) if limits else None
    if held is None:
        return
    wait = held.until - now
    if now + wait > publication.queued_at + patience:
        raise NeedsPerson(_words(held), code=held.why)
    raise Temporary(_words(held), retry_after=wait, code=held.why)


def _sent(publication: Publication, account: Account, now: dt.datetime) -> list[Sent]:
    """What this account published in the last day, and what it may have: a call without an answer counts."""
    rows = Publication.objects.filter(account=account, takes_down__isnull=True, last_attempt_at__gt=now - LOOK_BACK)
    others = rows.exclude(pk=publication.pk)
    # By our own clock: a platform's may be wrong.
    published = others.filter(state=PublicationState.PUBLISHED).values_list("last_attempt_at", "text", "parts")
    in_doubt = others.filter(unanswered_at__isnull=False).values_list("unanswered_at", "text")
    return [
        *(Sent(at, text) for at, text, parts in published if at is not None for _ in parts),
        *(Sent(at, text) for at, text in in_doubt if at is not None),
    ]


def _words(held: Held) -> str:
    return WHY[held.why].format(limit=held.limit, until=held.until.strftime("%d.%m.%Y %H:%M"))
