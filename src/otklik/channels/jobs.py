"""What the work process does for channels: read what came in, send what is in the outbox, ask those that are asked."""

import datetime as dt

from otklik.channels import actions, inbox, queries, sending
from otklik.channels.models import AccountState
from otklik.connectors.base import ConnectorError, Reauthorise, Temporary
from otklik.jobs import actions as jobs
from otklik.jobs.execution import Run
from otklik.jobs.registry import job, periodic
from otklik.messages.models import RawMessage
from otklik.project.transactions import EVERYTHING, read, write

POLL_AGAIN = dt.timedelta(minutes=1)
"""After a failure."""


@job(actions.SEND, atomic=False, lease=dt.timedelta(minutes=5), attempts=1000)
def send(run: Run) -> None:
    """One attempt at one publication. Attempts are counted by the outbox itself, not by the job."""
    sending.send(run)


@job(inbox.PARSE)
def parse(run: Run) -> None:
    """Read one stored payload."""
    with read(run.tenant):
        raw = RawMessage.objects.get(pk=int(run.claim.key))
        if raw.parsed_at is None:
            inbox.read(raw, now=run.now)


@periodic(seconds=15)
def ask(now: dt.datetime) -> None:
    """Ask every platform whose time has come."""
    with read(EVERYTHING):
        accounts = queries.to_be_polled(now)
    for account in accounts:
        with write([account.organisation_id]):
            jobs.enqueue(inbox.POLL, str(account.pk), run_at=now, organisation=account.organisation_id)


@job(inbox.POLL, atomic=False, lease=dt.timedelta(minutes=5))
def poll(run: Run) -> None:
    """Ask one account what is new. When it is asked next is written with it, whatever came of it."""
    with read(run.tenant):
        account = queries.account(int(run.claim.key))
        if account is None or not account.is_to_be_asked(run.now):
            return
        try:
            inbox.poll(account, now=run.now)
        except Reauthorise as error:
            actions.stop_account(account, AccountState.NEEDS_SIGN_IN, str(error))
        except ConnectorError as error:
            wait = error.retry_after if isinstance(error, Temporary) else None
            actions.put_off_poll(account, str(error), until=run.now + (wait or POLL_AGAIN))
