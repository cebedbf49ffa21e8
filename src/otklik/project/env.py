"""The environment: the only place that reads it.

`SETTINGS` is the whole list, with the meaning of each; docs/install-settings.md describes them for the person who
installs (a test compares the two). A value that cannot be understood stops the start with a sentence, never a default.
"""

import ipaddress
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

PREFIX = "OTKLIK_"
REPOSITORY = Path(__file__).resolve().parents[3]


class SettingError(Exception):
    """A setting that cannot be understood: the message names it, says what is wrong and what to write."""


@dataclass(frozen=True, slots=True)
class Environment:
    """What the installation was told from outside. Spans are plain numbers in the unit of their name."""

    data: Path
    database_url: str
    database_owner_url: str | None
    database_pool: int
    address: str
    hosts: tuple[str, ...]
    trusted_proxies: int
    bind: str
    debug: bool
    log_level: str
    log_format: str
    session_idle_minutes: int
    session_hours: int
    sign_in_attempts: int
    sign_in_lock_minutes: int
    keyring: Path
    anchors_copy: Path | None
    upload_limit_mb: int
    import_limit_mb: int
    work_threads: int
    mail_url: str
    mail_from: str
    as_owner: bool

    @property
    def https(self) -> bool:
        """Whether people come over https: cookies are Secure and HSTS is sent."""
        return self.address.startswith("https://")

    @property
    def bound_to_loopback(self) -> bool:
        """Whether only this machine can reach the web process. Unknown counts as no."""
        return is_loopback(self.bind)


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable of the environment: its name without the prefix, default as written, and how it is read."""

    name: str
    default: str
    read: Callable[[str], object]
    internal: bool = False
    """Set by the program for its own processes, not by people."""

    @property
    def variable(self) -> str:
        return PREFIX + self.name.upper()


def is_loopback(host: str) -> bool:
    """Whether a host name or address is this machine's own loopback; anything that cannot be read is not."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _default_data() -> Path:
    """`var/` in the repository when started from one, else in the working folder."""
    root = REPOSITORY if (REPOSITORY / "pyproject.toml").is_file() else Path.cwd()
    return root / "var"


def _folder(text: str) -> Path:
    return Path(text).expanduser().absolute() if text else _default_data()


def _text(text: str) -> str:
    return text


def _optional(text: str) -> str | None:
    return text or None


def _optional_path(text: str) -> Path | None:
    return Path(text).expanduser().absolute() if text else None


def _yes(text: str) -> bool:
    if text not in {"0", "1"}:
        raise ValueError("write 1 (yes) or 0 (no)")
    return text == "1"


def _number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise ValueError(f"write a whole number from {least} to {most}")
        return int(text)

    return read


def _one_of(*words: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in words:
            raise ValueError(f"write one of: {', '.join(words)}")
        return text

    return read


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _address(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in {"http", "https"} or not parts.hostname or parts.path not in {"", "/"}):
        raise ValueError("write the address people open, for instance https://otklik.example.ru")
    return text.rstrip("/")


def _mail(text: str) -> str:
    parts = urlsplit(text)
    if text and (parts.scheme not in {"smtp", "smtps"} or not parts.hostname):
        raise ValueError("write the mail server, for instance smtps://name:password@mail.example.ru:465")
    return text


SETTINGS: tuple[Setting, ...] = (
    Setting("data", "", _folder),
    Setting("database_url", "", _text),
    Setting("database_owner_url", "", _optional),
    Setting("database_pool", "10", _number(0, 200)),
    Setting("address", "", _address),
    Setting("hosts", "", _words),
    Setting("trusted_proxies", "0", _number(0, 9)),
    Setting("debug", "0", _yes),
    Setting("log_level", "INFO", _one_of("DEBUG", "INFO", "WARNING", "ERROR")),
    Setting("log_format", "text", _one_of("text", "json")),
    Setting("session_idle_minutes", "60", _number(1, 24 * 60)),
    Setting("session_hours", "12", _number(1, 24 * 30)),
    Setting("sign_in_attempts", "5", _number(1, 100)),
    Setting("sign_in_lock_minutes", "15", _number(1, 24 * 60)),
    Setting("keyring", "", _optional_path),
    Setting("anchors_copy", "", _optional_path),
    Setting("upload_limit_mb", "50", _number(1, 2000)),
    Setting("import_limit_mb", "300", _number(1, 4000)),
    Setting("work_threads", "2", _number(1, 32)),
    Setting("mail_url", "", _mail),
    Setting("mail_from", "otklik@localhost", _text),
    Setting("bind", "", _text, internal=True),
    Setting("as_owner", "0", _yes, internal=True),
)


FOR_TESTS = frozenset({PREFIX + "TEST_DATABASE_URL", PREFIX + "NO_SKIPS"})
"""Read by the test run alone."""


def read(variables: Mapping[str, str] | None = None) -> Environment:
    """The environment as the program understands it.

    :raises SettingError: naming the variable, what is wrong, and what to write instead.
    """
    variables = os.environ if variables is None else variables
    _refuse_unknown(variables)
    values = {setting.name: _value(setting, variables) for setting in SETTINGS}
    values["database_url"] = values["database_url"] or f"sqlite:///{quote(str(values['data']))}/otklik.sqlite3"
    values["keyring"] = values["keyring"] or Path(str(values["data"])) / "keyring.json"
    return Environment(**values)  # type: ignore[arg-type]  # one reader a field, a test covers every one


def _value(setting: Setting, variables: Mapping[str, str]) -> object:
    text = variables.get(setting.variable, "").strip() or setting.default
    try:
        return setting.read(text)
    except ValueError as error:
        raise SettingError(
            f"{setting.variable}={text!r} is not understood: {error}. See docs/install-settings.md."
        ) from None


def _refuse_unknown(variables: Mapping[str, str]) -> None:
    """A misspelt setting would silently leave its default in force."""
    known = {setting.variable for setting in SETTINGS} | FOR_TESTS
    unknown = sorted(name for name in variables if name.startswith(PREFIX) and name not in known)
    if unknown:
        raise SettingError(f"unknown setting {', '.join(unknown)}. See docs/install-settings.md for the list.")


def share_data_folder() -> None:
    """Parts that work without Django (imported calendars) find the data folder in the environment, also the default."""
    os.environ.setdefault(PREFIX + "DATA", str(_default_data()))


def remember_bind(host: str) -> None:
    """Tell this process and its children what address the web process listens at."""
    os.environ[PREFIX + "BIND"] = host


def become_owner() -> None:
    """Before Django is set up: this process works with the owner's database URL (migrations only)."""
    os.environ[PREFIX + "AS_OWNER"] = "1"


def prepare_for_tests(data: Path) -> None:
    """A data folder of its own for tests; OTKLIK_TEST_DATABASE_URL replaces the database where it is given."""
    os.environ[PREFIX + "DATA"] = str(data)
    url = os.environ.pop(PREFIX + "TEST_DATABASE_URL", "")
    if url:
        os.environ[PREFIX + "DATABASE_URL"] = url
