"""Downloads against a small index on loopback: right file, wrong file, sign-in, pages in both formats."""

import base64
import hashlib
import http.server
import json
import ssl
import threading
import urllib.error
from collections.abc import Iterator
from email.message import Message
from http.client import RemoteDisconnected
from pathlib import Path

import pytest
from start import fetch
from start.fetch import Fetcher, inherit_password, is_passing, parse_links, proxies_of, trouble_of_network
from start.lockfile import Wheel
from start.settings import Network
from start.words import Trouble

CONTENT = b"a wheel"
NAME = "thing-1.0-py3-none-any.whl"


def wheel(content: bytes = CONTENT, url: str = "https://files.invalid/x/" + NAME) -> Wheel:
    return Wheel("thing", "1.0", NAME, url, hashlib.sha256(content).hexdigest())


class Index(http.server.ThreadingHTTPServer):
    """Serves ``/simple/thing/`` and the file; wants ``password`` if there is one; remembers what it was asked."""

    password: str | None = None
    as_json = False
    elsewhere: str | None = None
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str | None]] = []

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server_port}"


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Index

    def do_GET(self) -> None:
        given = self.headers.get("Authorization")
        self.server.asked.append((self.path, given))
        wanted = self.server.password
        if wanted and given != "Basic " + base64.b64encode(wanted.encode()).decode():
            return self._answer(401, b"", "text/plain")
        if self.path == "/simple/thing/" and self.server.as_json:
            page = {"files": [{"filename": NAME, "url": f"../../files/{NAME}"}]}
            return self._answer(200, json.dumps(page).encode(), "application/vnd.pypi.simple.v1+json")
        if self.path == "/simple/thing/":
            return self._answer(200, f'<a href="/files/{NAME}#sha256=1">{NAME}</a>'.encode(), "text/html")
        if self.path == f"/files/{NAME}" and self.server.elsewhere:
            return self._answer(302, b"", "text/plain", self.server.elsewhere)
        if self.path == f"/files/{NAME}":
            return self._answer(200, CONTENT, "application/octet-stream")
        return self._answer(404, b"", "text/plain")

    def _answer(self, status: int, body: bytes, kind: str, location: str | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


def running() -> Iterator[Index]:
    with Index() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def index() -> Iterator[Index]:
    yield from running()


@pytest.fixture
def other_index() -> Iterator[Index]:
    yield from running()


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))


@pytest.mark.parametrize("as_json", [True, False])
def test_a_file_is_found_by_name_and_checked_by_sha256(index: Index, tmp_path: Path, as_json: bool) -> None:
    index.as_json = as_json
    path = Fetcher(Network(index=f"http://{index.host}/simple")).wheel(wheel(), tmp_path)
    assert path.read_bytes() == CONTENT
    assert [asked for asked, _ in index.asked] == ["/simple/thing/", f"/files/{NAME}"]


def test_what_lies_there_and_is_right_is_not_fetched_again(index: Index, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(CONTENT)
    Fetcher(Network(index=f"http://{index.host}/simple")).wheel(wheel(), tmp_path)
    assert index.asked == []


def test_a_wrong_file_is_thrown_away(index: Index, tmp_path: Path) -> None:
    with pytest.raises(Trouble) as raised:
        Fetcher(Network(index=f"http://{index.host}/simple")).wheel(wheel(b"another"), tmp_path)
    assert raised.value.code == "wrong_sha"
    assert raised.value.facts["expected"] == hashlib.sha256(b"another").hexdigest()
    assert list(tmp_path.iterdir()) == []


def test_on_pypi_the_address_in_the_lock_is_used(index: Index, tmp_path: Path) -> None:
    Fetcher(Network()).wheel(wheel(url=f"http://{index.host}/files/{NAME}"), tmp_path)
    assert [asked for asked, _ in index.asked] == [f"/files/{NAME}"]


def test_a_further_index_helps_out_and_the_first_is_the_one_complained_of(index: Index, tmp_path: Path) -> None:
    missing = f"http://{index.host}/empty"
    Fetcher(Network(index=missing, extra=(f"http://{index.host}/simple",))).wheel(wheel(), tmp_path)
    assert (tmp_path / NAME).exists()

    (tmp_path / NAME).unlink()
    with pytest.raises(Trouble) as raised:
        Fetcher(Network(index=missing, extra=(f"http://{index.host}/nothing",))).wheel(wheel(), tmp_path)
    assert raised.value.code == "not_in_index"
    assert "/empty" in str(raised.value.facts["url"])


def test_a_sign_in_in_the_address_serves_page_and_file(index: Index, tmp_path: Path) -> None:
    index.password = "user:p@ss"
    Fetcher(Network(index=f"http://user:p%40ss@{index.host}/simple")).wheel(wheel(), tmp_path)
    assert (tmp_path / NAME).exists()


def test_a_sign_in_in_netrc_serves_too(index: Index, tmp_path: Path) -> None:
    index.password = "user:secret"
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login user password secret\n", "utf-8")
    (tmp_path / "netrc").chmod(0o600)
    Fetcher(Network(index=f"http://{index.host}/simple")).wheel(wheel(), tmp_path)
    assert (tmp_path / NAME).exists()


def test_a_refused_sign_in_is_a_sentence_without_the_password(index: Index, tmp_path: Path) -> None:
    index.password = "user:right"
    with pytest.raises(Trouble) as raised:
        Fetcher(Network(index=f"http://user:wrong@{index.host}/simple")).wheel(wheel(), tmp_path)
    assert raised.value.code == "index_refuses"
    assert "wrong" not in str(raised.value.facts)


def test_the_password_does_not_follow_to_another_host(index: Index, other_index: Index, tmp_path: Path) -> None:
    index.password = "user:secret"
    index.elsewhere = f"http://{other_index.host}/files/{NAME}"
    Fetcher(Network(index=f"http://user:secret@{index.host}/simple")).wheel(wheel(), tmp_path)
    assert other_index.asked == [(f"/files/{NAME}", None)]


def test_nobody_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(Trouble) as raised:
        Fetcher(Network(index="http://127.0.0.1:9/simple")).wheel(wheel(), tmp_path)
    assert raised.value.code == "no_index"
    assert raised.value.facts["url"] == "http://127.0.0.1:9"


def http_error(status: int) -> urllib.error.HTTPError:
    return urllib.error.HTTPError("https://x", status, "", Message(), None)


def untrusted() -> urllib.error.URLError:
    return urllib.error.URLError(ssl.SSLCertVerificationError(1, "self-signed certificate in certificate chain"))


@pytest.mark.parametrize(
    ("error", "has_roots", "code"),
    [
        (untrusted(), True, "tls"),
        (untrusted(), False, "no_certificates"),
        (
            urllib.error.URLError(OSError("Tunnel connection failed: 407 Authentication Required")),
            True,
            "proxy_refuses",
        ),
        (urllib.error.URLError(ConnectionRefusedError(111, "Connection refused")), True, "no_index"),
        (TimeoutError("timed out"), True, "no_index"),
        (RemoteDisconnected("closed"), True, "no_index"),
        (OSError(28, "No space left on device"), True, None),
    ],
)
def test_each_failure_has_its_sentence(error: Exception, has_roots: bool, code: str | None) -> None:
    trouble = trouble_of_network(error, "https://user:secret@nexus/simple/uv/", has_roots)
    assert (trouble.code if trouble else None) == code
    assert "secret" not in str(trouble.facts if trouble else "")


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "index_refuses"), (403, "index_refuses"), (404, "not_in_index"), (407, "proxy_refuses"), (502, "no_index")],
)
def test_each_status_has_its_sentence(status: int, code: str) -> None:
    with http_error(status) as error:
        trouble = trouble_of_network(error, "https://nexus/simple/uv/", has_roots=True)
    assert trouble is not None
    assert trouble.code == code


def test_only_what_may_pass_is_tried_again() -> None:
    with http_error(503) as busy, http_error(404) as missing:
        assert is_passing(busy)
        assert not is_passing(missing)
    assert is_passing(urllib.error.URLError(TimeoutError("timed out")))
    assert not is_passing(urllib.error.URLError(ConnectionRefusedError(111, "refused")))
    assert not is_passing(untrusted())


def test_a_proxy_that_stands_between_is_named() -> None:
    error = urllib.error.URLError(ConnectionRefusedError(111, "Connection refused"))
    trouble = trouble_of_network(error, "https://pypi.org/", True, {"https": "http://me:secret@proxy:3128"})
    assert trouble is not None
    assert trouble.facts["via_ru"] == " через прокси http://proxy:3128"


def test_all_proxy_counts_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALL_PROXY", "http://all:1")
    monkeypatch.setenv("HTTPS_PROXY", "http://https:1")
    proxies = proxies_of(Network(proxy="http://pip.conf:1"))
    assert (proxies["http"], proxies["https"]) == ("http://all:1", "http://https:1")
    monkeypatch.delenv("ALL_PROXY")
    assert proxies_of(Network(proxy="http://pip.conf:1"))["http"] == "http://pip.conf:1"


def test_links_are_absolute_and_decoded() -> None:
    html = b"<a href='https://files/a%2B1-py3-none-any.whl#sha256=0'>a</a><a href='../../f/b.whl'>b</a>"
    assert parse_links(html, "text/html; charset=utf-8", "https://nexus/simple/a/") == {
        "a+1-py3-none-any.whl": "https://files/a%2B1-py3-none-any.whl",
        "b.whl": "https://nexus/f/b.whl",
    }


def test_a_file_on_the_indexs_own_host_inherits_its_sign_in() -> None:
    index = "https://user:secret@nexus/simple"
    assert inherit_password("https://nexus/f/b.whl", index) == "https://user:secret@nexus/f/b.whl"
    assert inherit_password("https://elsewhere/f/b.whl", index) == "https://elsewhere/f/b.whl"


def test_a_file_that_holds_no_certificate_is_named(tmp_path: Path) -> None:
    (tmp_path / "office.pem").write_text("no certificate", "utf-8")
    with pytest.raises(Trouble) as raised:
        fetch.find_trust(Network(certificates=tmp_path / "office.pem"))
    assert raised.value.code == "certificate_file"


def test_without_roots_only_a_pinned_file_comes_unverified_and_never_with_a_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bare = fetch.Trust(ssl.create_default_context(), has_roots=False)
    monkeypatch.setattr(fetch, "find_trust", lambda _network: bare)
    asked: list[bool] = []

    def opener(_self: Fetcher, _url: str, *, unverified: bool) -> None:
        asked.append(unverified)
        raise Trouble("no_certificates")

    monkeypatch.setattr(Fetcher, "_opener", opener)
    fetcher = Fetcher(Network())
    for url, pinned in [("https://x/f", True), ("https://x/f", False), ("https://user:secret@x/f", True)]:
        with pytest.raises(Trouble):
            fetcher._open(url, pinned=pinned)
    assert asked == [True, False, False]
