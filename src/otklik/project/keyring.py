"""The key ring: secrets of channels and of outgoing hooks are encrypted at rest, by keys that lie outside the database.

The ring is one file (`OTKLIK_KEYRING`, by default `keyring.json` in the data folder), readable by its owner alone. It
is in no backup: a stolen backup gives no secret away, and a lost ring means that the secrets are typed in anew. Each
value names its key, so that keys can be changed while the program runs:

    otk1:<key id>:<nonce and AES-256-GCM ciphertext, base64>

The `context` (whose secret it is: «channels.account:15:token») is authenticated with it: a value copied into another
row does not open there. See docs/operations.md.
"""

import base64
import datetime as dt
import json
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.utils import timezone

from otklik.project.transactions import EVERYTHING, read, write

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FORM = "otk1"
KEY_BYTES = 32
NONCE_BYTES = 12
OWNER_ONLY = 0o600


class KeyRingError(Exception):
    """The ring or a key is missing, or a value does not open. The message says which, where, and what to do.

    `code` and `facts` are for doors that say it in Russian (`cli/keyring.py`).
    """

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = {"path": path(), **facts}
        super().__init__(SENTENCES[code].format_map(self.facts))


SENTENCES = {
    "missing": "{path}: the key ring is missing, so no secret can be opened. Bring it back from where you keep its "
    "copy (it is in no backup), or name its place in OTKLIK_KEYRING.",
    "no_key": "{path}: the key ring has no key {key}, by which {context} is encrypted. Bring the right ring back from "
    "where you keep its copy, or type the secret in anew.",
    "does_not_open": "The secret {context} does not open: it was changed, or belongs elsewhere. Type it in anew.",
    "not_encrypted": "This is no encrypted value: it does not begin with «otk1:<key id>:». Type the secret in anew.",
    "unreadable": "{path}: the key ring cannot be read ({reason}). Check whose file it is.",
    "unwritable": "{path}: the key ring cannot be written ({reason}). Check the rights of the folder.",
    "open_to_others": "{path}: others may read the key ring (mode {mode}). Run: chmod 600 {path}",
    "broken": "{path}: the key ring is broken ({reason}). Bring it back from where you keep its copy.",
}


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the ring. `made_at` is UTC-aware."""

    id: str
    secret: bytes
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys, the newest last: it encrypts; all of them decrypt."""

    keys: tuple[Key, ...]

    @property
    def active(self) -> Key:
        return self.keys[-1]

    def find(self, key_id: str) -> Key | None:
        """The key of this id."""
        return next((key for key in self.keys if key.id == key_id), None)


@dataclass(frozen=True, slots=True)
class Registered:
    """Where encrypted values lie: rotation goes through all of them. `context` of a row's primary key."""

    model: str
    field: str
    context: Callable[[object], str]


_registered: list[Registered] = []


def register(model: str, field: str, context: Callable[[object], str]) -> None:
    """The text field `field` of `model` («channels.Account») holds values of `encrypt`, or is empty."""
    if not any((known.model, known.field) == (model, field) for known in _registered):
        _registered.append(Registered(model, field, context))


def encrypt(secret: str, *, context: str) -> str:
    """`secret` as it may lie in the database. The first one ever makes the ring.

    :raises KeyRingError: the ring cannot be read or made.
    """
    ring = load(make=True)
    nonce = secrets.token_bytes(NONCE_BYTES)
    sealed = _cipher(ring.active).encrypt(nonce, secret.encode(), context.encode())
    return f"{FORM}:{ring.active.id}:{base64.b64encode(nonce + sealed).decode()}"


def decrypt(value: str, *, context: str) -> str:
    """The secret that `encrypt` was given with the same `context`.

    :raises KeyRingError: no ring, no such key, another context, or the value was changed.
    """
    key_id, content = _parse(value)
    key = load().find(key_id)
    if key is None:
        raise KeyRingError("no_key", key=key_id, context=context)
    from cryptography.exceptions import InvalidTag

    try:
        opened = _cipher(key).decrypt(content[:NONCE_BYTES], content[NONCE_BYTES:], context.encode())
    except InvalidTag:
        raise KeyRingError("does_not_open", context=context) from None
    return opened.decode()


def _cipher(key: Key) -> "AESGCM":
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # a start that opens no secret does without

    return AESGCM(key.secret)


def key_id_of(value: str) -> str:
    """The key by which a value is encrypted.

    :raises KeyRingError: if it is no encrypted value.
    """
    return _parse(value)[0]


def path() -> Path:
    """Where the ring lies."""
    return Path(settings.KEYRING)


def load(*, make: bool = False) -> Ring:
    """The ring, read anew each time: another process may have changed it. With `make`, made where there is none.

    :raises KeyRingError: it is missing, readable by others, or broken.
    """
    try:
        with path().open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            content = file.read()
    except FileNotFoundError:
        if not make:
            raise KeyRingError("missing") from None
        _save(Ring((_new_key(timezone.now()),)), replace=False)
        return load()
    except OSError as error:
        raise KeyRingError("unreadable", reason=error.strerror) from error
    if mode & ~OWNER_ONLY & 0o777:
        raise KeyRingError("open_to_others", mode=f"{mode:o}")
    return _read(content)


def rotate(*, now: dt.datetime) -> tuple[Key, int]:
    """Make a new key and encrypt every registered value by it; the key, and how many values that were.

    Old keys stay in the ring for values in old backups: `forget` drops them. Interrupted, it is simply run again: what
    is left over under old keys is taken by `reencrypt`.

    :raises KeyRingError: as `load`, and where a value does not open: those before it are done already.
    """
    ring = load(make=True)
    key = _new_key(now)
    _save(Ring((*ring.keys, key)), replace=True)
    return key, reencrypt()


def reencrypt() -> int:
    """Encrypt by the newest key every registered value that is not; returns how many that were."""
    active = load().active.id
    return sum(_reencrypt_one(where, pk, value) for where, pk, value in _values() if key_id_of(value) != active)


def forget() -> list[str]:
    """Drop the keys by which nothing in this database is encrypted, but never the newest; their ids.

    :raises KeyRingError: as `load`.
    """
    ring = load()
    used = set(usage())
    kept = tuple(key for key in ring.keys if key.id in used or key == ring.active)
    if kept != ring.keys:
        _save(Ring(kept), replace=True)
    return [key.id for key in ring.keys if key not in kept]


def usage() -> dict[str, int]:
    """Key id → how many registered values are encrypted by it."""
    counts: dict[str, int] = {}
    for _, _, value in _values():
        key_id = key_id_of(value)
        counts[key_id] = counts.get(key_id, 0) + 1
    return counts


def _values() -> Iterator[tuple[Registered, object, str]]:
    for where in _registered:
        model = apps.get_model(where.model)
        with read(EVERYTHING):
            rows = list(model._default_manager.order_by("pk").values_list("pk", where.field))
        yield from ((where, pk, value) for pk, value in rows if value)


def _reencrypt_one(where: Registered, pk: object, value: str) -> int:
    """Compare-and-set: a secret that was typed in meanwhile is left alone, it is under the new key already."""
    context = where.context(pk)
    fresh = encrypt(decrypt(value, context=context), context=context)
    with write(tenant=EVERYTHING):
        rows = apps.get_model(where.model)._default_manager.filter(pk=pk, **{where.field: value})
        changed: int = rows.update(**{where.field: fresh})
    return changed


def _new_key(now: dt.datetime) -> Key:
    return Key(f"{now:%Y%m%d}-{secrets.token_hex(3)}", secrets.token_bytes(KEY_BYTES), now)


def _parse(value: str) -> tuple[str, bytes]:
    form, _, rest = value.partition(":")
    key_id, colon, content = rest.partition(":")
    try:
        decoded = base64.b64decode(content, validate=True)
    except ValueError:
        decoded = b""
    if form != FORM or not colon or len(decoded) <= NONCE_BYTES:
        raise KeyRingError("not_encrypted")
    return key_id, decoded


def _read(content: bytes) -> Ring:
    try:
        written = json.loads(content)
        keys = tuple(
            Key(str(key["id"]), base64.b64decode(key["key"], validate=True), dt.datetime.fromisoformat(key["made_at"]))
            for key in written["keys"]
        )
    except (ValueError, KeyError, TypeError) as error:
        raise KeyRingError("broken", reason=error) from error
    if not keys or any(len(key.secret) != KEY_BYTES for key in keys):
        raise KeyRingError("broken", reason=f"no key of {KEY_BYTES * 8} bits")
    return Ring(keys)


def _save(ring: Ring, *, replace: bool) -> None:
    """Whole or not at all; without `replace`, never over a ring that another process has made meanwhile."""
    keys = [
        {"id": key.id, "key": base64.b64encode(key.secret).decode(), "made_at": key.made_at.isoformat()}
        for key in ring.keys
    ]
    target = path()
    draft = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
        try:
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                json.dump({"keys": keys}, file, indent=1)
                file.write("\n")
                file.flush()
                os.fsync(file.fileno())
            draft.replace(target) if replace else _link(draft, target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise KeyRingError("unwritable", reason=error.strerror) from error


def _link(draft: Path, target: Path) -> None:
    try:
        os.link(draft, target)
    except FileExistsError:
        return
