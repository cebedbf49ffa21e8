"""All writes of channels: accounts, and the outbox row by row.

The order of an attempt is what keeps a reply from standing twice: `begin` counts it, `calling` writes down and commits
that the platform is about to be told to publish, one of the `record_*` writes what came of it. An attempt that finds an
unanswered call must look for the reply before it calls again. What an attempt records counts only while it is the last
one: another worker may have taken over.
"""

import datetime as dt
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from otklik.channels import hooks, vault
from otklik.channels.models import Account, AccountState, Publication, PublicationState
from otklik.connectors.base import ConnectorError, Published, PublishedPart
from otklik.jobs import actions as jobs
from otklik.messages.models import Message
from otklik.orgs.models import Organisation
from otklik.project.transactions import write
from otklik.regulation.model.policies import NetworkLimit

SEND = "channels.send"

OPEN = frozenset({PublicationState.QUEUED, PublicationState.SENDING, PublicationState.UNKNOWN})
"""What the outbox still works on."""
FOR_PERSON = {
    "no_account": "Канала, через который можно ответить, нет: ответ разместит человек.",
    "by_hand": "Ответ размещал человек: снимет его тоже человек.",
    "earlier_text": "Прежний текст ответа, возможно, уже стоит, весь или частью: проверьте и разместите сами.",
}
"""Why the outbox leaves a publication to a person without trying."""
AGAIN = frozenset({PublicationState.FAILED, PublicationState.NEEDS_PERSON, PublicationState.CANCELLED})
"""From which a new request queues the same row again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What is to be published: see `models.Publication`. `message` is the one answered."""

    incident_id: int
    message: Message
    slot_key: str
    kind: str
    text: str
    attachments: Sequence[str] = ()
    """Ids of `files.FileRecord`."""
    on_own_page: bool = False
    author_link: str = ""
    takes_down: str = ""
    """For a withdrawal: the slot key of the publication to take down."""
    limits: Sequence[NetworkLimit] = ()
    """How often the act lets replies go out in this network."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a publication. `number` counts from 1 and never comes twice; `was`: the state it found."""

    publication: Publication
    number: int
    was: PublicationState


class Superseded(Exception):
    """Another attempt has begun since, or a person has recorded the publication: what this one found is not written."""


def create_account(
    organisation: Organisation,
    connector: str,
    title: str,
    *,
    settings: Mapping[str, str] | None = None,
    secret: Mapping[str, str] | None = None,
    now: dt.datetime,
) -> Account:
    """Add an account on a platform; its secrets are encrypted by the key ring."""
    with write([organisation.pk]):
        account = Account.objects.create(
            organisation=organisation,
            connector=connector,
            title=title,
            settings=dict(settings or {}),
            inbox_key=secrets.token_urlsafe(32),
            created_at=now,
        )
        vault.lock(account, secret or {})
        account.save(update_fields=["secrets"])
        return account


def queue(order: Order, *, now: dt.datetime) -> Publication:
    """Put a reply into the outbox, within the caller's `write()`. Once for each slot: a later call finds the same row,
    and queues it again if the last attempt came to nothing."""
    organisation = order.message.organisation
    account = None if order.on_own_page and not order.message.account_id else _account_of(order.message)
    publication, is_new = Publication.objects.get_or_create(
        incident_id=order.incident_id,
        slot_key=order.slot_key,
        defaults={
            "organisation": organisation,
            "kind": order.kind,
            "message": order.message,
            "account": account,
            "text": order.text,
            "attachments": list(order.attachments),
            "on_own_page": order.on_own_page,
            "author_link": order.author_link,
            "limits": [limit.model_dump(mode="json", exclude_defaults=True) for limit in order.limits],
            "takes_down": _taken_down(order),
            "queued_at": now,
        },
    )
    if not is_new:
        if PublicationState(publication.state) not in AGAIN:
            return publication
        is_other_text = publication.text != order.text
        publication.text, publication.attachments = order.text, list(order.attachments)
        publication.on_own_page, publication.author_link = order.on_own_page, order.author_link
        publication.state, publication.queued_at = PublicationState.QUEUED, now
        publication.problem = publication.problem_code = ""
        if is_other_text and (publication.parts or publication.unanswered_at):
            _leave_to_person(publication, "earlier_text")
    if publication.account is None:
        _leave_to_person(publication, "no_account")
    elif order.takes_down and publication.takes_down is None:
        _leave_to_person(publication, "by_hand")
    publication.save()
    if publication.state == PublicationState.QUEUED:
        jobs.enqueue(SEND, str(publication.pk), run_at=now, organisation=organisation.pk)
    return publication


def _leave_to_person(publication: Publication, code: str) -> None:
    publication.state = PublicationState.NEEDS_PERSON
    publication.problem, publication.problem_code = FOR_PERSON[code], code


def cancel(incident_id: int, slot_key: str) -> bool:
    """Take a publication out of the outbox, within the caller's `write()`; whether it had not been sent yet."""
    rows = Publication.objects.filter(incident_id=incident_id, slot_key=slot_key)
    return bool(
        rows.filter(state__in=[PublicationState.QUEUED, PublicationState.NEEDS_PERSON], attempts=0).update(
            state=PublicationState.CANCELLED
        )
    )


def begin(publication_id: int, *, organisation_id: int, now: dt.datetime) -> Attempt | None:
    """An attempt begins; committed at once. None: there is nothing to do any more."""
    with write([organisation_id]):
        publication = (
            Publication.objects.select_for_update(of=("self",))
            .select_related("account__organisation", "message", "takes_down")
            .get(pk=publication_id)
        )
        if PublicationState(publication.state) not in OPEN:
            return None
        was = PublicationState(publication.state)
        publication.state = PublicationState.SENDING
        publication.attempts += 1
        publication.first_attempt_at = publication.first_attempt_at or now
        publication.last_attempt_at = now
        publication.save()
        return Attempt(publication, publication.attempts, was)


def calling(attempt: Attempt, *, now: dt.datetime) -> None:
    """The platform is about to be told to publish; committed at once.

    :raises Superseded: another attempt has begun since.
    """
    with write([attempt.publication.organisation_id]):
        publication = _held(attempt)
        publication.unanswered_at = attempt.publication.unanswered_at = now
        publication.save(update_fields=["unanswered_at"])


def answered(attempt: Attempt) -> None:
    """The platform has said that the call came to nothing, so that no reply of it can stand there; committed at once.

    :raises Superseded: another attempt has begun since.
    """
    with write([attempt.publication.organisation_id]):
        publication = _held(attempt)
        publication.unanswered_at = attempt.publication.unanswered_at = None
        publication.save(update_fields=["unanswered_at"])


def record_published(attempt: Attempt, published: Published, *, now: dt.datetime) -> None:
    """It stands there. Within the job's last transaction; the listeners are told in the same one.

    :raises Superseded: another attempt has begun since.
    """
    hooks.lock(attempt.publication.incident_id)
    publication = _held(attempt)
    publication.parts = _merged(publication.parts, published.parts)
    publication.state = PublicationState.PUBLISHED
    publication.published_at = published.published_at or now
    publication.unanswered_at = None
    publication.problem = publication.problem_code = ""
    publication.save()
    hooks.result(publication, now)


def record_by_hand(incident_id: int, slot_key: str, *, url: str, now: dt.datetime) -> None:
    """A person published it and says where. Within the caller's `write()`; nobody is told: it is their own step."""
    Publication.objects.filter(incident_id=incident_id, slot_key=slot_key).update(
        state=PublicationState.PUBLISHED, published_at=now, parts=[{"external_id": "", "url": url}], problem=""
    )


def record_waiting(attempt: Attempt, error: ConnectorError) -> None:
    """Not this time; it goes back to the queue, with the parts that already stand. Nobody is told.

    :raises Superseded: another attempt has begun since.
    """
    publication = _held(attempt)
    _note(publication, error)
    publication.state = PublicationState.QUEUED if publication.unanswered_at is None else PublicationState.UNKNOWN
    publication.save()


def record_unsent(attempt: Attempt, state: PublicationState, error: ConnectorError, *, now: dt.datetime) -> None:
    """`failed`, `unknown` or `needs_person`: the listeners are told, unless it was so before the attempt.

    :raises Superseded: another attempt has begun since.
    """
    hooks.lock(attempt.publication.incident_id)
    publication = _held(attempt)
    _note(publication, error)
    publication.state = state
    publication.save()
    if state is not attempt.was:
        hooks.result(publication, now)


def put_off_poll(account: Account, problem: str, *, until: dt.datetime) -> None:
    """The platform could not be asked; the cursor stays where it was."""
    with write([account.organisation_id]):
        Account.objects.filter(pk=account.pk).update(ask_again_at=until, problem=problem[:1000])


def stop_account(account: Account, state: AccountState, problem: str) -> None:
    """The platform does not accept this account any more: an administrator must sign in again."""
    with write([account.organisation_id]):
        Account.objects.filter(pk=account.pk).update(state=state, problem=problem[:1000])


def _held(attempt: Attempt) -> Publication:
    """The row, locked, as long as this attempt is the last one."""
    row = Publication.objects.select_for_update().filter(
        pk=attempt.publication.pk, attempts=attempt.number, state=PublicationState.SENDING
    )
    publication = row.first()
    if publication is None:
        raise Superseded(f"Publication {attempt.publication.pk}: attempt {attempt.number} is not the last one.")
    return publication


def _note(publication: Publication, error: ConnectorError) -> None:
    publication.parts = _merged(publication.parts, error.done_parts)
    publication.problem, publication.problem_code = str(error)[:1000], error.code[:100]


def _merged(stored: list[dict[str, str]], parts: Sequence[PublishedPart]) -> list[dict[str, str]]:
    known = {part["external_id"] for part in stored}
    fresh = [part for part in parts if part.external_id not in known]
    return [*stored, *({"external_id": part.external_id, "url": part.url} for part in fresh)]


def _account_of(message: Message) -> Account | None:
    if not message.account_id:
        return None
    return Account.objects.filter(pk=message.account_id, organisation_id=message.organisation_id).first()


def _taken_down(order: Order) -> Publication | None:
    if not order.takes_down:
        return None
    return Publication.objects.filter(incident_id=order.incident_id, slot_key=order.takes_down).first()
