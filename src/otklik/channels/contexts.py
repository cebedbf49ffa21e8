"""What a connector is handed for one call: the account's settings and secrets, the time, an HTTP client with limits."""

import datetime as dt
from collections.abc import Callable

import httpx

from otklik.channels import vault
from otklik.channels.models import Account
from otklik.connectors.base import Context

TIMEOUT = httpx.Timeout(20.0, connect=5.0)

TransportFactory = Callable[[Account], httpx.BaseTransport]

_transports: dict[str, TransportFactory] = {}


def use_transport(connector: str, factory: TransportFactory) -> None:
    """Let this connector's HTTP go through a transport of our own: the demo network lives inside the program."""
    _transports[connector] = factory


def context_for(account: Account, now: dt.datetime) -> Context:
    """The context of one call. Secrets are decrypted here and live as long as the call.

    :raises keyring.KeyRingError: the secrets do not open.
    """
    return Context(
        account=str(account.pk),
        settings={str(name): str(value) for name, value in account.settings.items()},
        secrets=vault.unlock(account),
        now=now,
        http=lambda: _client(account),
    )


def _client(account: Account) -> httpx.Client:
    factory = _transports.get(account.connector)
    return httpx.Client(
        transport=factory(account) if factory else None,
        timeout=TIMEOUT,
        follow_redirects=False,
        headers={"User-Agent": "Otklik"},
    )
