"""The environment: defaults, refusals with a sentence, and a page of the docs for every setting."""

import re
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from otklik.project import databases, env
from otklik.project.env import Environment, SettingError

ROOT = Path(__file__).resolve().parents[2]


def test_nothing_set_gives_sqlite_in_the_data_folder() -> None:
    found = env.read({})
    assert found.data == ROOT / "var"
    assert found.database_url == f"sqlite:///{ROOT}/var/otklik.sqlite3"
    assert (found.https, found.bound_to_loopback, found.debug) == (False, False, False)


def test_every_field_is_read_by_a_setting() -> None:
    assert {setting.name for setting in env.SETTINGS} == {field.name for field in fields(Environment)}


@pytest.mark.parametrize(
    ("variable", "text"),
    [
        ("OTKLIK_DEBUG", "yes"),
        ("OTKLIK_LOG_LEVEL", "LOUD"),
        ("OTKLIK_SESSION_HOURS", "0"),
        ("OTKLIK_SESSION_HOURS", "721"),
        ("OTKLIK_SIGN_IN_ATTEMPTS", "-1"),
        ("OTKLIK_ADDRESS", "otklik.example.ru"),
        ("OTKLIK_ADDRESS", "https://otklik.example.ru/path"),
        ("OTKLIK_TRUSTED_PROXIES", "x"),
    ],
)
def test_what_is_not_understood_is_named_with_what_to_write(variable: str, text: str) -> None:
    with pytest.raises(SettingError, match=rf"{variable}='{re.escape(text)}' is not understood: write"):
        env.read({variable: text})


def test_limits_themselves_are_allowed() -> None:
    assert env.read({"OTKLIK_SESSION_HOURS": "1"}).session_hours == 1
    assert env.read({"OTKLIK_SESSION_HOURS": "720"}).session_hours == 720


def test_a_misspelt_setting_is_refused() -> None:
    with pytest.raises(SettingError, match="OTKLIK_ADRESS"):
        env.read({"OTKLIK_ADRESS": "https://otklik.example.ru"})


def test_https_follows_from_the_address() -> None:
    assert env.read({"OTKLIK_ADDRESS": "https://otklik.example.ru/"}).address == "https://otklik.example.ru"
    assert env.read({"OTKLIK_ADDRESS": "https://otklik.example.ru"}).https
    assert not env.read({"OTKLIK_ADDRESS": "http://otklik.example.ru"}).https


@pytest.mark.parametrize(
    ("host", "is_loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.8.8", True),
        ("::1", True),
        ("localhost", True),
        ("", False),
        ("0.0.0.0", False),  # noqa: S104
        ("::", False),
        ("10.0.0.5", False),
        ("localhost.example.ru", False),
    ],
)
def test_loopback(host: str, is_loopback: bool) -> None:
    assert env.is_loopback(host) is is_loopback
    assert env.read({"OTKLIK_BIND": host}).bound_to_loopback is is_loopback


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("sqlite:////srv/otklik.sqlite3", "/srv/otklik.sqlite3"),
        ("sqlite:///here.sqlite3", str(Path.cwd() / "here.sqlite3")),
        ("sqlite:////srv/a%20b.sqlite3", "/srv/a b.sqlite3"),
    ],
)
def test_sqlite_is_durable_and_writes_at_once(url: str, name: str) -> None:
    found = databases.from_url(url)
    assert found["NAME"] == name
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "synchronous=FULL" in found["OPTIONS"]["init_command"]


def test_postgresql() -> None:
    found = databases.from_url("postgresql://us%40er:p%2Fw@db.example:5433/name?sslmode=require")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("us@er", "p/w", "db.example", "5433")
    assert (found["NAME"], found["OPTIONS"]["sslmode"]) == ("name", "require")


@pytest.mark.parametrize("url", ["", "mysql://db/name", "postgresql://user:secret@db", "otklik.sqlite3"])
def test_an_unknown_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(SettingError, match="database URL") as refusal:
        databases.from_url(url)
    assert "secret" not in str(refusal.value)


def test_the_owner_is_used_only_to_migrate() -> None:
    given = {
        "OTKLIK_DATABASE_URL": "postgresql://runtime@db/otklik",
        "OTKLIK_DATABASE_OWNER_URL": "postgresql://owner@db/otklik",
    }
    assert databases.configure(env.read(given))["default"]["USER"] == "runtime"
    assert databases.configure(env.read(given | {"OTKLIK_AS_OWNER": "1"}))["default"]["USER"] == "owner"


def test_every_setting_is_documented_and_nothing_else() -> None:
    page = (ROOT / "docs" / "install-settings.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^### `(OTKLIK_[A-Z_]+)`", page, flags=re.MULTILINE))
    assert documented == {setting.variable for setting in env.SETTINGS if not setting.internal}
    for setting in env.SETTINGS:
        if setting.default and not setting.internal:
            section = page.split(f"### `{setting.variable}`")[1].split("###")[0]
            assert f"`{setting.default}`" in section, f"{setting.variable}: the page names another default"


def test_only_env_reads_the_environment() -> None:
    """But for calendars (the same for commands without Django) and the start of Django itself."""
    allowed = {"project/env.py", "calendars/__init__.py", "cli/started.py", "project/asgi.py"}
    source = ROOT / "src" / "otklik"
    readers = {
        str(path.relative_to(source))
        for path in source.rglob("*.py")
        if re.search(r"os\.environ|os\.getenv", path.read_text(encoding="utf-8"))
    }
    assert readers <= allowed


@pytest.mark.slow
def test_over_https_cookies_are_secure_and_passwords_are_hashed_with_argon2(tmp_path: Path) -> None:
    """The settings themselves, in a process of their own: the test run has changed some."""
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "PASSWORD_HASHERS", "DEBUG")
    shown = "; ".join(f"print(settings.{name})" for name in names)
    variables = {"OTKLIK_DATA": str(tmp_path), "OTKLIK_ADDRESS": "https://otklik.example.ru"}
    done = subprocess.run(
        [sys.executable, "-c", f"from otklik.project import settings; {shown}; print(settings.ALLOWED_HOSTS)"],
        env=variables,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "True",
        "True",
        "31536000",
        "['django.contrib.auth.hashers.Argon2PasswordHasher']",
        "False",
        "['localhost', '127.0.0.1', '[::1]', 'otklik.example.ru']",
    ]
