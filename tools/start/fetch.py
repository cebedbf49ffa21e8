"""Downloads: TLS as the machine trusts it, proxies, passwords from the address or ~/.netrc, sha256 always checked."""

from __future__ import annotations

import base64
import hashlib
import html.parser
import json
import netrc
import os
import ssl
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urljoin, urlsplit

from start.lockfile import Wheel
from start.places import trouble_of
from start.settings import Network, split_password, via, without_password
from start.words import Trouble

TIMEOUT_S = 30
ATTEMPTS = 3
PAUSE_S = 1.0
CHUNK = 1 << 18
SIMPLE = "application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1"
WELL_KNOWN_CERTIFICATES = (
    "/etc/ssl/certs/ca-certificates.crt",  # Debian, Astra, Alpine
    "/etc/pki/tls/certs/ca-bundle.crt",  # РЕД ОС, ALT, Fedora
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
)
LATER = (429, 500, 502, 503, 504)


@dataclass(frozen=True)
class Trust:
    """``context`` verifies hosts; ``has_roots`` is False on a machine that has no root certificates at all."""

    context: ssl.SSLContext
    has_roots: bool


def find_trust(network: Network) -> Trust:
    """The certificate file that the machine's settings name, else the system's store."""
    if network.certificates:
        try:
            return Trust(ssl.create_default_context(cafile=str(network.certificates)), has_roots=True)
        except (ssl.SSLError, OSError) as error:
            raise Trouble(
                "certificate_file", path=network.certificates, name="SSL_CERT_FILE", reason=_why(error)
            ) from error
    context = ssl.create_default_context()
    if _has_roots(context):
        return Trust(context, has_roots=True)
    for path in WELL_KNOWN_CERTIFICATES:
        if os.access(path, os.R_OK):
            context.load_verify_locations(path)
            return Trust(context, has_roots=True)
    return Trust(context, has_roots=False)


def _why(error: OSError) -> str:
    return "PEM?" if isinstance(error, ssl.SSLError) else error.strerror or str(error)


def _has_roots(context: ssl.SSLContext) -> bool:
    folder = ssl.get_default_verify_paths().capath
    return context.cert_store_stats()["x509_ca"] > 0 or bool(folder and any(Path(folder).glob("*.0")))


class Fetcher:
    """Gets pages and files from the indexes of ``network``."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.trust = find_trust(network)
        self.proxies = proxies_of(network)

    def wheel(self, wheel: Wheel, folder: Path) -> Path:
        """Put ``wheel`` into ``folder`` unless it lies there already. Raises Trouble: network, sha256, disk."""
        target = folder / wheel.filename
        if target.is_file() and sha256_of(target) == wheel.sha256:
            return target
        first: Trouble | None = None
        for source in self._sources(wheel):
            try:
                return self._from(source, wheel, target)
            except Trouble as trouble:
                if trouble.code in ("wrong_sha", "disk_full", "folder_readonly"):
                    raise
                first = first or trouble  # the default index is the one to speak of
        raise first or Trouble("not_in_index", url=without_password(self.network.index), what=wheel.filename)

    def links(self, index: str, package: str) -> dict[str, str]:
        """File name to address, as the index lists them for ``package``."""
        page = f"{index}/{package}/"
        with self._open(page, accept=SIMPLE) as answer:
            kind = getattr(answer, "headers", {}).get("Content-Type", "")
            return parse_links(answer.read(), kind, page)

    def _sources(self, wheel: Wheel) -> Iterator[str]:
        """Where to look, in order: an address of a file, or an index (told apart by its ending)."""
        yield wheel.url if self.network.is_pypi else self.network.index
        yield from self.network.extra

    def _from(self, source: str, wheel: Wheel, target: Path) -> Path:
        url = source
        if not source.endswith(".whl"):
            found = self.links(source, wheel.package).get(wheel.filename)
            if not found:
                raise Trouble("not_in_index", url=without_password(source), what=wheel.filename)
            url = inherit_password(found, source)
        return self._save(url, wheel, target)

    def _save(self, url: str, wheel: Wheel, target: Path) -> Path:
        part = target.with_name(f"{target.name}.part-{os.getpid()}")
        try:
            with self._open(url, pinned=True) as answer, part.open("wb") as out:
                digest = copy(answer, out)
            if digest != wheel.sha256:
                raise Trouble(
                    "wrong_sha", file=wheel.filename, got=digest, expected=wheel.sha256, source=without_password(url)
                )
            part.replace(target)
        except (OSError, HTTPException) as error:
            raise self._trouble(error, url) or _local(error, target) from error
        finally:
            part.unlink(missing_ok=True)
        return target

    def _open(self, url: str, *, accept: str = "*/*", pinned: bool = False) -> BinaryIO:
        """Open ``url``; ``pinned``: what it serves is checked by sha256, so it may come over unverified TLS if the
        machine has no root certificates to verify with and no password would be given away."""
        bare, name, password = split_password(url)
        request = urllib.request.Request(bare, headers={"Accept": accept, "User-Agent": "otklik-run"})
        name, password = (name, password) if name else netrc_entry(bare)
        if name:
            secret = base64.b64encode(f"{name}:{password or ''}".encode()).decode()
            request.add_unredirected_header("Authorization", f"Basic {secret}")  # not for whoever we are sent on to
        unverified = pinned and not self.trust.has_roots and not name
        opener = self._opener(bare, unverified=unverified)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                answer: BinaryIO = opener.open(request, timeout=TIMEOUT_S)
                return answer
            except (OSError, HTTPException) as error:
                if isinstance(error, urllib.error.HTTPError):
                    error.close()
                if attempt == ATTEMPTS or not is_passing(error):
                    raise self._trouble(error, url) or _local(error, Path(bare)) from error
                time.sleep(PAUSE_S * attempt)
        raise AssertionError("unreachable")

    def _trouble(self, error: Exception, url: str) -> Trouble | None:
        return trouble_of_network(error, url, self.trust.has_roots, self.proxies)

    def _opener(self, url: str, *, unverified: bool) -> urllib.request.OpenerDirector:
        context = self.trust.context
        host = urlsplit(url).netloc
        if unverified or host in self.network.trusted_hosts or host.partition(":")[0] in self.network.trusted_hosts:
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return urllib.request.build_opener(
            urllib.request.HTTPSHandler(context=context), urllib.request.ProxyHandler(self.proxies)
        )


def copy(source: BinaryIO, target: BinaryIO) -> str:
    """Copy all bytes and return their sha256."""
    digest = hashlib.sha256()
    while chunk := source.read(CHUNK):
        target.write(chunk)
        digest.update(chunk)
    return digest.hexdigest()


def sha256_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def proxies_of(network: Network) -> dict[str, str]:
    """Proxies of the environment (ALL_PROXY too, which urllib overlooks), else that of pip.conf."""
    proxies = dict(urllib.request.getproxies())
    everything = proxies.pop("all", None) or network.proxy
    if everything:
        proxies.setdefault("http", everything)
        proxies.setdefault("https", everything)
    return proxies


def netrc_entry(url: str) -> tuple[str | None, str | None]:
    """Name and password that ~/.netrc (or NETRC) has for the host."""
    path = Path(os.environ.get("NETRC") or "~/.netrc").expanduser()
    try:
        entry = netrc.netrc(path).authenticators(urlsplit(url).hostname or "")
    except (OSError, netrc.NetrcParseError):
        return None, None
    return (entry[0], entry[2]) if entry else (None, None)


def inherit_password(url: str, index: str) -> str:
    """A file on the index's own host is fetched with the index's sign-in."""
    ours, theirs = urlsplit(url), urlsplit(index)
    if "@" in ours.netloc or "@" not in theirs.netloc or theirs.netloc.rpartition("@")[2] != ours.netloc:
        return url
    return ours._replace(netloc=theirs.netloc).geturl()


class _Anchors(html.parser.HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.hrefs += [value for name, value in attrs if name == "href" and value]


def parse_links(body: bytes, content_type: str, page: str) -> dict[str, str]:
    """File name to absolute address, from an index page in JSON (PEP 691) or HTML (PEP 503)."""
    if "json" in content_type:
        files = json.loads(body).get("files", [])
        return {file["filename"]: urljoin(page, file["url"]) for file in files}
    anchors = _Anchors()
    anchors.feed(body.decode("utf-8", "replace"))
    absolute = [urljoin(page, href).partition("#")[0] for href in anchors.hrefs]
    return {unquote(urlsplit(url).path.rpartition("/")[2]): url for url in absolute}


def is_passing(error: Exception) -> bool:
    """Whether trying again may help: a dropped connection or a busy server, not a refusal."""
    if isinstance(error, urllib.error.HTTPError):
        return error.code in LATER
    reason = getattr(error, "reason", error)
    return isinstance(reason, TimeoutError | ConnectionResetError | HTTPException)


def trouble_of_network(
    error: Exception, url: str, has_roots: bool, proxies: Mapping[str, str] | None = None
) -> Trouble | None:
    """The sentence for a failed download, or None where it was no matter of the network."""
    shown, host = without_password(url), host_of(url)
    reason = getattr(error, "reason", error)
    if isinstance(reason, ssl.SSLCertVerificationError):
        return Trouble("tls" if has_roots else "no_certificates", url=host)
    if isinstance(error, urllib.error.HTTPError):
        return _trouble_of_status(error.code, shown, proxies or {})
    if "407" in str(reason):
        return Trouble("proxy_refuses")
    if isinstance(error, urllib.error.URLError | TimeoutError | ConnectionError | HTTPException | ssl.SSLError):
        return Trouble("no_index", url=host, reason=getattr(reason, "strerror", None) or reason, **via(proxies or {}))
    return None


def host_of(url: str) -> str:
    """Scheme and host, for people: the rest of a file's address is noise."""
    parts = urlsplit(without_password(url))
    return f"{parts.scheme}://{parts.netloc}"


def _trouble_of_status(status: int, url: str, proxies: Mapping[str, str]) -> Trouble:
    if status == 407:
        return Trouble("proxy_refuses")
    if status in (401, 403):
        return Trouble("index_refuses", url=url, status=status)
    if status in (404, 410):
        return Trouble("not_in_index", url=url, what=url.rstrip("/").rpartition("/")[2])
    return Trouble("no_index", url=url, reason=f"HTTP {status}", **via(proxies))


def _local(error: Exception, path: Path) -> Trouble:
    if isinstance(error, OSError):
        return trouble_of(error, path)
    return Trouble("system", path=path, reason=error)
