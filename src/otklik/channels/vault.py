"""The secrets of an account, encrypted at rest: one value of the key ring for all of them."""

import json
from collections.abc import Mapping

from otklik.channels.models import Account
from otklik.project import keyring


def context(account_id: object) -> str:
    """Whose secret it is, as the key ring authenticates it."""
    return f"channels.account:{account_id}"


def lock(account: Account, secrets: Mapping[str, str]) -> None:
    """Put the secrets on the row, encrypted; the caller saves it.

    :raises keyring.KeyRingError: the ring cannot be read or made.
    """
    text = json.dumps(dict(secrets), ensure_ascii=False, sort_keys=True)
    account.secrets = keyring.encrypt(text, context=context(account.pk)) if secrets else ""


def unlock(account: Account) -> dict[str, str]:
    """The secrets of an account, by name.

    :raises keyring.KeyRingError: the key is missing, or the value was not made for this account.
    """
    if not account.secrets:
        return {}
    found = json.loads(keyring.decrypt(account.secrets, context=context(account.pk)))
    return {str(name): str(value) for name, value in found.items()}
