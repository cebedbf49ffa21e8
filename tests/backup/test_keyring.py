"""The key ring: what is encrypted opens with its own key and context alone; keys change while the program runs."""

import base64
import datetime as dt
import json
import stat
from pathlib import Path

import pytest

from otklik.jobs.models import Tick
from otklik.project import keyring
from otklik.project.keyring import KeyRingError

NOW = dt.datetime(2026, 11, 27, 13, 40, tzinfo=dt.UTC)


def refusal(value: str, context: str = "channels.account:1:token") -> str:
    with pytest.raises(KeyRingError) as error:
        keyring.decrypt(value, context=context)
    return error.value.code


def encrypt() -> str:
    return keyring.encrypt("токен-123", context="channels.account:1:token")


def test_what_is_encrypted_opens_and_says_nothing(data: Path) -> None:
    first, second = encrypt(), encrypt()
    assert keyring.decrypt(first, context="channels.account:1:token") == "токен-123"
    assert first != second  # a nonce each
    key_id = keyring.load().active.id
    assert first.startswith(f"otk1:{key_id}:")
    assert keyring.key_id_of(first) == key_id
    assert "123" not in base64.b64decode(first.rpartition(":")[2]).decode("latin-1")
    assert stat.S_IMODE((data / "keyring.json").stat().st_mode) == 0o600


def test_another_rows_value_does_not_open() -> None:
    assert refusal(encrypt(), "channels.account:2:token") == "does_not_open"


def test_a_changed_value_does_not_open() -> None:
    value = encrypt()
    last = "A" if value[-6] != "A" else "B"
    assert refusal(value[:-6] + last + value[-5:]) == "does_not_open"


@pytest.mark.parametrize("value", ["", "plain", "otk1:k", "otk1:k:", "otk1:k:AAAA", "otk1:k:я", "otk2:k:" + "A" * 40])
def test_what_is_no_value(value: str) -> None:
    assert refusal(value) == "not_encrypted"


def test_a_missing_ring_is_named(data: Path) -> None:
    value = encrypt()
    (data / "keyring.json").unlink()
    with pytest.raises(KeyRingError, match=r"keyring\.json: the key ring is missing.*OTKLIK_KEYRING"):
        keyring.decrypt(value, context="channels.account:1:token")
    assert not (data / "keyring.json").exists()  # opening never makes a new one


def test_another_ring_is_named(data: Path) -> None:
    value = encrypt()
    (data / "keyring.json").unlink()
    encrypt()
    with pytest.raises(KeyRingError, match=f"has no key {keyring.key_id_of(value)}, by which channels.account:1:token"):
        keyring.decrypt(value, context="channels.account:1:token")


def test_a_ring_that_others_may_read_is_refused(data: Path) -> None:
    value = encrypt()
    (data / "keyring.json").chmod(0o640)
    assert refusal(value) == "open_to_others"


@pytest.mark.parametrize(
    "content", ["", "{}", '{"keys": []}', '{"keys": [{"id": "a", "key": "AAAA", "made_at": "2026-01-01T00:00:00Z"}]}']
)
def test_a_broken_ring_is_named(data: Path, content: str) -> None:
    value = encrypt()
    (data / "keyring.json").write_text(content)
    assert refusal(value) == "broken"


def test_a_folder_that_cannot_be_written(data: Path, settings: object) -> None:
    (data / "file").write_text("")
    settings.KEYRING = data / "file" / "keyring.json"  # type: ignore[attr-defined]
    with pytest.raises(KeyRingError) as error:
        encrypt()
    assert error.value.code in {"unwritable", "unreadable"}


def test_two_processes_make_one_ring(data: Path) -> None:
    encrypt()
    made = (data / "keyring.json").read_text()
    keyring._save(keyring.Ring((keyring._new_key(NOW),)), replace=False)
    assert (data / "keyring.json").read_text() == made
    assert [path.name for path in data.iterdir()] == ["keyring.json"]


@pytest.mark.django_db
class TestRotation:
    @pytest.fixture(autouse=True)
    def registered(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Any text column serves; this one is free here."""
        monkeypatch.setattr(keyring, "_registered", [])
        keyring.register("jobs.Tick", "problem", lambda pk: f"jobs.tick:{pk}")
        keyring.register("jobs.Tick", "problem", lambda pk: f"jobs.tick:{pk}")

    def tick(self, name: str, secret: str = "") -> None:
        value = keyring.encrypt(secret, context=f"jobs.tick:{name}") if secret else ""
        Tick.objects.create(name=name, due_at=NOW, problem=value)

    def secret_of(self, name: str) -> str:
        return keyring.decrypt(Tick.objects.get(name=name).problem, context=f"jobs.tick:{name}")

    def test_every_registered_value_is_encrypted_anew(self) -> None:
        self.tick("a", "first")
        self.tick("b", "second")
        self.tick("empty")
        old = keyring.load().active.id
        key, count = keyring.rotate(now=NOW)
        assert (count, keyring.load().active) == (2, key)
        assert keyring.usage() == {key.id: 2}
        assert (self.secret_of("a"), self.secret_of("b")) == ("first", "second")
        assert keyring.load().find(old) is not None  # backups may need it
        assert keyring.reencrypt() == 0
        assert keyring.forget() == [old]
        assert keyring.forget() == []
        assert self.secret_of("a") == "first"

    def test_a_key_in_use_is_not_forgotten(self) -> None:
        self.tick("a", "first")
        old = keyring.load().active
        keyring._save(keyring.Ring((old, keyring._new_key(NOW))), replace=True)
        assert keyring.forget() == []
        assert self.secret_of("a") == "first"

    def test_a_secret_typed_in_meanwhile_is_left_alone(self) -> None:
        self.tick("a", "first")
        (where,) = keyring._registered
        stale = Tick.objects.get(name="a").problem
        Tick.objects.update(problem=keyring.encrypt("typed in", context="jobs.tick:a"))
        assert keyring._reencrypt_one(where, "a", stale) == 0
        assert self.secret_of("a") == "typed in"

    def test_a_value_that_does_not_open_stops_it_and_nothing_is_lost(self) -> None:
        self.tick("a", "first")
        self.tick("b", "second")
        Tick.objects.filter(name="b").update(problem=Tick.objects.get(name="a").problem)
        with pytest.raises(KeyRingError, match=r"jobs\.tick:b does not open"):
            keyring.rotate(now=NOW)
        assert self.secret_of("a") == "first"


def test_the_file_is_plain_to_read(data: Path) -> None:
    encrypt()
    (key,) = json.loads((data / "keyring.json").read_text())["keys"]
    assert set(key) == {"id", "key", "made_at"}
