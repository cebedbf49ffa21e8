"""One attempt at one publication: call the connector, and turn what it says into what the outbox does next.

An unknown outcome is never answered by sending again blindly: with a client key the platform itself tells two from one;
else we look for our own reply, and send again only when it has had time to appear and is not there; where a platform
can do neither, a person looks. Whatever is in doubt stays so, over any number of attempts, until it has been looked up.
"""

import datetime as dt
from dataclasses import replace
from uuid import UUID

import structlog

from otklik.channels import actions, pace
from otklik.channels.actions import Attempt, Superseded
from otklik.channels.contexts import context_for
from otklik.channels.models import Account, AccountState, Publication, PublicationState
from otklik.connectors import registry
from otklik.connectors.base import (
    Capabilities,
    Connector,
    ConnectorError,
    Context,
    Idempotency,
    NeedsPerson,
    OutgoingAttachment,
    Permanent,
    Place,
    Published,
    PublishedPart,
    Reauthorise,
    Temporary,
    UnknownOutcome,
)
from otklik.connectors.base import Publication as Outgoing
from otklik.files import queries as files
from otklik.jobs.execution import RetryAfter, Run
from otklik.project.transactions import read, write

log = structlog.get_logger(__name__)

SETTLE = dt.timedelta(minutes=1)
"""How long after an unanswered call our own reply may still turn up in the platform's lists."""
USUAL_WAIT = dt.timedelta(seconds=30)
KEEP_TRYING = dt.timedelta(hours=2)
"""After so long without success a person is asked, with the term still running."""

IN_DOUBT = "Возможно, ответ уже размещён: проверьте, прежде чем размещать снова. "


def send(run: Run) -> None:
    """Do one job of the outbox; raises `RetryAfter` for another attempt later."""
    attempt = actions.begin(int(run.claim.key), organisation_id=run.organisation_id or 0, now=run.now)
    if attempt is None:
        return
    try:
        _send(run, attempt)
    except Superseded as other:
        log.warning("publication is in other hands", publication=attempt.publication.pk, problem=str(other))


def _send(run: Run, attempt: Attempt) -> None:
    try:
        with read(run.tenant):
            published = _attempt(attempt, run)
    except (Temporary, UnknownOutcome) as error:
        _again_later(run, attempt, error)
    except ConnectorError as error:
        _give_up(run, attempt, error)
    except Superseded:
        raise
    except Exception as error:
        log.exception("publication attempt broke", publication=attempt.publication.pk)
        _again_later(run, attempt, _as_broken(attempt, error))
    else:
        with run.finishing():
            actions.record_published(attempt, published, now=run.now)


def _attempt(attempt: Attempt, run: Run) -> Published:
    publication = attempt.publication
    account = _working(publication.account)
    connector, context = _installed(account), context_for(account, run.now)
    if publication.takes_down is not None:
        return _take_down(connector, context, publication.takes_down)
    outgoing = _outgoing(publication)
    _check(connector.capabilities, outgoing)
    if publication.unanswered_at is not None:
        found = _look(connector, context, outgoing, publication.unanswered_at)
        if found is not None and found.is_whole:
            return found
        outgoing = replace(outgoing, done_parts=found.parts if found else outgoing.done_parts)
    if not outgoing.done_parts:
        pace.check(publication, account, run.now, patience=KEEP_TRYING)
    return _publish(connector, context, outgoing, attempt)


def _working(account: Account | None) -> Account:
    if account is None or account.state != AccountState.ACTIVE:
        raise NeedsPerson("Аккаунт канала не работает: ответ разместит человек.", code="account_stopped")
    return account


def _installed(account: Account) -> Connector:
    try:
        return registry.get(account.connector)
    except registry.UnknownConnector:
        raise NeedsPerson(
            f"Коннектора «{account.connector}» нет: ответ разместит человек.", code="no_connector"
        ) from None


def _check(can: Capabilities, outgoing: Outgoing) -> None:
    """What the platform cannot do is not tried: a reply without its photo is not the reply that was approved."""
    if outgoing.on_own_page and not can.own_page_posts:
        raise NeedsPerson("На своей странице в этой сети разместит человек.", code="no_own_page")
    if not outgoing.on_own_page and not can.replies:
        raise NeedsPerson("Сеть не принимает ответов от программ: ответ разместит человек.", code="no_replies")
    if any(attachment.kind not in can.attachments for attachment in outgoing.attachments):
        raise NeedsPerson("Сеть не принимает таких вложений от программ: ответ разместит человек.", code="attachments")
    if can.max_length is not None and len(outgoing.text) > can.max_length and not can.parts:
        raise Permanent(f"Сеть принимает до {can.max_length} знаков, в ответе {len(outgoing.text)}.", code="too_long")


def _look(connector: Connector, context: Context, outgoing: Outgoing, called_at: dt.datetime) -> Published | None:
    """What stands of our own reply; None: nothing certainly does, or sending again cannot make two."""
    match connector.capabilities.idempotency:
        case Idempotency.CLIENT_KEY:
            return None
        case Idempotency.NONE:
            raise NeedsPerson("Сеть не ответила, и проверить размещение может только человек.", code="unknown_outcome")
        case Idempotency.FIND_OWN:
            found = connector.find_own(context, outgoing)
            if (found is None or not found.is_whole) and context.now - called_at < SETTLE:
                parts = found.parts if found else ()
                raise UnknownOutcome("Ответ ещё может появиться: проверим снова.", code="settling", done_parts=parts)
            return found


def _publish(connector: Connector, context: Context, outgoing: Outgoing, attempt: Attempt) -> Published:
    actions.calling(attempt, now=context.now)
    try:
        return connector.publish(context, outgoing)
    except UnknownOutcome:
        raise
    except ConnectorError:
        actions.answered(attempt)
        raise


def _take_down(connector: Connector, context: Context, standing: Publication) -> Published:
    """Taking down twice is harmless: nothing is looked up."""
    parts = _parts(standing)
    if not parts or not all(part.external_id for part in parts):
        raise NeedsPerson("Ответ размещал человек: снимет его тоже человек.", code="by_hand")
    if not connector.capabilities.withdraws:
        raise NeedsPerson("Сеть не даёт программам снимать ответы: снимет человек.", code="no_withdrawal")
    connector.withdraw(context, Published(parts))
    return Published(parts)


def _as_broken(attempt: Attempt, error: Exception) -> ConnectorError:
    """An error of ours: nothing was sent, unless the platform had been called."""
    said = f"{type(error).__name__}: {error}"
    called = attempt.publication.unanswered_at is not None
    return UnknownOutcome(said, code="crash") if called else Temporary(said, code="crash")


def _again_later(run: Run, attempt: Attempt, error: ConnectorError) -> None:
    if run.now - attempt.publication.queued_at >= KEEP_TRYING:
        _give_up(run, attempt, NeedsPerson(str(error), code=error.code, done_parts=error.done_parts))
        return
    with write(run.tenant):
        if isinstance(error, UnknownOutcome):
            actions.record_unsent(attempt, PublicationState.UNKNOWN, error, now=run.now)
        else:
            actions.record_waiting(attempt, error)
    wait = error.retry_after if isinstance(error, Temporary) else None
    raise RetryAfter(wait or USUAL_WAIT, str(error))


def _give_up(run: Run, attempt: Attempt, error: ConnectorError) -> None:
    """A person goes on. Where the reply may stand all the same, that is said first."""
    account, in_doubt = attempt.publication.account, attempt.publication.unanswered_at is not None
    if isinstance(error, Reauthorise) and account is not None:
        actions.stop_account(account, AccountState.NEEDS_SIGN_IN, str(error))
    is_final = isinstance(error, Permanent) and not in_doubt
    told = NeedsPerson(f"{IN_DOUBT if in_doubt else ''}{error}", code=error.code, done_parts=error.done_parts)
    with run.finishing():
        state = PublicationState.FAILED if is_final else PublicationState.NEEDS_PERSON
        actions.record_unsent(attempt, state, told, now=run.now)


def _outgoing(publication: Publication) -> Outgoing:
    return Outgoing(
        key=f"{publication.incident_id}/{publication.slot_key}",
        place=Place(**publication.message.place) if publication.message.place else Place("", ""),
        text=publication.text,
        attachments=_attachments(publication),
        on_own_page=publication.on_own_page,
        author_link=publication.author_link,
        done_parts=_parts(publication),
        first_attempt_at=publication.first_attempt_at,
    )


def _attachments(publication: Publication) -> tuple[OutgoingAttachment, ...]:
    """In order; their bytes are read late, for most attempts need none."""
    ids = [UUID(key) for key in publication.attachments]
    records = files.named(ids)
    if len(records) < len(set(ids)):
        raise NeedsPerson("Вложения ответа не найдены: ответ разместит человек.", code="no_file")
    return tuple(
        OutgoingAttachment(record.kind, record.name, record.safe_type, files.safe_path(record).read_bytes)
        for record in (records[one] for one in ids)
    )


def _parts(publication: Publication) -> tuple[PublishedPart, ...]:
    return tuple(PublishedPart(part["external_id"], part["url"]) for part in publication.parts)
