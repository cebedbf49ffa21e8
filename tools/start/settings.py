"""What this machine says about package indexes, proxies and certificates, where uv and pip are used to reading it.

Whoever set up pip or uv for an office has set up Otklik: environment first, then uv.toml, then pip.conf, then PyPI.
"""

from __future__ import annotations

import configparser
import os
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit

from start.words import Trouble

PYPI = "https://pypi.org/simple"
CERTIFICATE_VARIABLES = ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


@dataclass(frozen=True)
class Network:
    """How to reach packages. ``index`` is the default index, ``extra`` further ones, without a trailing slash."""

    index: str = PYPI
    extra: tuple[str, ...] = ()
    certificates: Path | None = None
    proxy: str | None = None
    trusted_hosts: tuple[str, ...] = ()

    @property
    def is_pypi(self) -> bool:
        """Whether the addresses in uv.lock are the ones to use."""
        return self.index == PYPI


@dataclass
class _Pip:
    index: str | None = None
    extra: list[str] = field(default_factory=list)
    certificates: str | None = None
    proxy: str | None = None
    trusted: list[str] = field(default_factory=list)


def find_network(environ: Mapping[str, str], system: Path = Path("/")) -> Network:
    """Read the machine's settings; ``system`` is where its /etc lies.

    Raises Trouble ``certificate_file`` if a named file cannot be read.
    """
    uv_index, uv_extra = _uv_config(environ, system)
    pip = _pip_config(environ, system)
    index = environ.get("UV_DEFAULT_INDEX") or environ.get("UV_INDEX_URL") or uv_index
    index = index or environ.get("PIP_INDEX_URL") or pip.index or PYPI
    named = [*environ.get("UV_INDEX", "").split(), *environ.get("UV_EXTRA_INDEX_URL", "").split(), *uv_extra]
    named += environ.get("PIP_EXTRA_INDEX_URL", "").split() or pip.extra
    return Network(
        index=_clean(index),
        extra=tuple(dict.fromkeys(_clean(url) for url in named if _is_web(url))),
        certificates=_certificates(environ, pip),
        proxy=pip.proxy,
        trusted_hosts=tuple(environ.get("PIP_TRUSTED_HOST", "").split() or pip.trusted),
    )


def without_password(url: str) -> str:
    """The address as it may be shown."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, host, parts.path, parts.query, parts.fragment))


def split_password(url: str) -> tuple[str, str | None, str | None]:
    """Address without the sign-in, name, password (decoded)."""
    parts = urlsplit(url)
    name, password = parts.username, parts.password
    return without_password(url), unquote(name) if name else None, unquote(password) if password else None


def via(proxies: Mapping[str, str]) -> dict[str, str]:
    """Facts for a sentence about a host that cannot be reached: the proxy that stood between, if one did."""
    proxy = proxies.get("https") or proxies.get("http")
    shown = without_password(proxy) if proxy else ""
    return {"via_ru": f" через прокси {shown}" if proxy else "", "via_en": f" through proxy {shown}" if proxy else ""}


def child_environment(network: Network, environ: Mapping[str, str], *, has_system_certificates: bool) -> dict[str, str]:
    """What uv is started with: our findings under the names that uv reads."""
    child = {name: value for name, value in environ.items() if name not in ("VIRTUAL_ENV", "PYTHONHOME", "UV_PYTHON")}
    child["UV_PYTHON_DOWNLOADS"] = "never"
    child.setdefault("UV_NO_PROGRESS", "1")
    if network.certificates:
        child["SSL_CERT_FILE"] = str(network.certificates)
    elif has_system_certificates:
        child["UV_SYSTEM_CERTS"] = "1"
        child["UV_NATIVE_TLS"] = "1"  # its name before uv 0.11
    if network.proxy:
        child.setdefault("HTTPS_PROXY", network.proxy)
        child.setdefault("HTTP_PROXY", network.proxy)
    if network.trusted_hosts:
        child.setdefault("UV_INSECURE_HOST", " ".join(network.trusted_hosts))
    return child


def _clean(url: str) -> str:
    """Without a ``name=`` before it (uv allows one) and without a trailing slash."""
    name, sign, rest = url.partition("=")
    if sign and "/" not in name and ":" not in name:
        url = rest
    return url.rstrip("/")


def _is_web(url: str) -> bool:
    return "http://" in url or "https://" in url


def _certificates(environ: Mapping[str, str], pip: _Pip) -> Path | None:
    for name, value in [
        *((name, environ.get(name)) for name in CERTIFICATE_VARIABLES),
        ("pip.conf: cert", pip.certificates),
    ]:
        if not value:
            continue
        path = Path(value).expanduser()
        if path.is_dir():
            continue  # requests allows a folder here; the system's own store serves as well
        try:
            path.open("rb").close()
        except OSError as error:
            raise Trouble("certificate_file", path=path, name=name, reason=error.strerror) from error
        return path
    return None


def _home(environ: Mapping[str, str]) -> Path:
    return Path(environ.get("HOME") or "~").expanduser()


def _config_folders(environ: Mapping[str, str], system: Path) -> Iterator[Path]:
    """Where settings lie, the user's own first."""
    yield Path(environ.get("XDG_CONFIG_HOME") or _home(environ) / ".config")
    for folder in (environ.get("XDG_CONFIG_DIRS") or str(system / "etc/xdg")).split(os.pathsep):
        yield Path(folder)
    yield system / "etc"


def _uv_config(environ: Mapping[str, str], system: Path) -> tuple[str | None, list[str]]:
    """Default index and further ones of the first uv.toml that names a default."""
    named = environ.get("UV_CONFIG_FILE")
    paths = [Path(named)] if named else [folder / "uv" / "uv.toml" for folder in _config_folders(environ, system)]
    extra: list[str] = []
    for path in paths:
        default, more = _read_uv_toml(path)
        extra += more
        if default:
            return default, extra
    return None, extra


def _read_uv_toml(path: Path) -> tuple[str | None, list[str]]:
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None, []  # uv itself will complain about a broken one, with the line
    default: str | None = None
    extra: list[str] = []
    for entry in content.get("index", []):
        if entry.get("default"):
            default = default or entry.get("url")
        elif entry.get("url") and not entry.get("explicit"):
            extra.append(entry["url"])
    pip: dict[str, Any] = content.get("pip", {})
    default = default or content.get("index-url") or pip.get("index-url")
    extra += content.get("extra-index-url", []) + pip.get("extra-index-url", [])
    return default, extra


def _pip_config(environ: Mapping[str, str], system: Path) -> _Pip:
    """pip.conf as pip reads it: the machine's, then the user's, then PIP_CONFIG_FILE; the later wins."""
    named = environ.get("PIP_CONFIG_FILE")
    if named == os.devnull:
        return _Pip()
    users, *machines = [folder / "pip" / "pip.conf" for folder in _config_folders(environ, system)]
    paths = [*reversed(machines), system / "etc" / "pip.conf", _home(environ) / ".pip" / "pip.conf", users]
    found = _Pip()
    for path in [*paths, *([Path(named)] if named else [])]:
        _read_pip_conf(path, found)
    return found


def _read_pip_conf(path: Path, into: _Pip) -> None:
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(path.read_text("utf-8"))
    except (OSError, ValueError, configparser.Error):
        return
    for section in ("global", "install"):
        if not parser.has_section(section):
            continue
        values = dict(parser.items(section))
        into.index = values.get("index-url") or into.index
        into.extra = values.get("extra-index-url", "").split() or into.extra
        into.certificates = values.get("cert") or into.certificates
        into.proxy = values.get("proxy") or into.proxy
        into.trusted = values.get("trusted-host", "").split() or into.trusted


def quoted(text: str) -> str:
    """For a name or password inside an address."""
    return quote(text, safe="")
