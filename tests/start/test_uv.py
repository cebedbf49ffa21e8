"""uv: which one is taken, how it comes out of its wheel, and what its complaints mean. The texts are uv's own."""

import hashlib
import zipfile
from pathlib import Path

import pytest
from start import uv
from start.lockfile import Wheel
from start.words import TROUBLES, Trouble, say

FACTS = {
    "url": "https://pypi.org/simple",
    "env": "/p/.venv",
    "machine": "m",
    "python": "3.11",
    "via_ru": "",
    "via_en": "",
}

COMPLAINTS = {
    "tls": """error: Failed to fetch: `https://files.pythonhosted.org/packages/x/psycopg_binary-3.3.9-cp311.whl`
  cause: invalid peer certificate: UnknownIssuer
hint: Consider enabling use of system TLS certificates with the `--system-certs` command-line flag""",
    "no_index": """error: Failed to fetch: `https://user:geheim@nexus.invalid/simple/anyio/`
  cause: Request failed after 3 retries
  cause: dns error
  cause: failed to lookup address information: Name or service not known""",
    "index_refuses": """error: No solution found when resolving dependencies
  cause: Because annotated-types was not found in the package registry and you require annotated-types==0.8.0, we can
hint: An index URL (http://nexus/simple) could not be queried due to a lack of valid credentials (401 Unauthorized)""",
    "not_in_index": """error: No solution found when resolving dependencies
  cause: Because pillow was not found in the package registry and you require pillow==13.0.0, we can conclude that""",
    "wrong_sha": """error: Failed to download `anyio==4.16.0`
  cause: Hash mismatch for `anyio==4.16.0`

         Expected:
           sha256:59bb
           sha256:c66a

         Computed:
           sha256:2818""",
    "damaged": """error: Failed to download `granian==2.8.7`
  cause: Failed to read from zip file""",
    "disk_full": """error: Failed to install: numpy-2.4.6-cp311.whl (numpy==2.4.6)
  cause: failed to copy file to `/p/.venv/lib/x.so`: No space left on device (os error 28)""",
    "folder_readonly": "error: failed to create directory `/p/.venv`: Read-only file system (os error 30)",
    "proxy_refuses": "error: error sending request\n  cause: tunnel error: proxy authorization required: 407",
    "no_wheel": "error: Distribution `x==1` can't be installed because it doesn't have a source distribution "
    "or wheel for the current platform",
    "uv_failed": "error: something new",
}


@pytest.mark.parametrize("code", COMPLAINTS)
@pytest.mark.parametrize("language", ["ru", "en"])
def test_each_complaint_becomes_its_sentence(code: str, language: str) -> None:
    trouble = uv.trouble_of_uv(COMPLAINTS[code], FACTS)
    assert trouble.code == code
    sentence = say(trouble.code, language, **trouble.facts)
    assert "geheim" not in sentence
    assert "{" not in sentence


def test_every_meaning_has_an_example_and_a_sentence() -> None:
    assert {code for _, code in uv.COMPLAINTS} | {"uv_failed"} == COMPLAINTS.keys()
    assert COMPLAINTS.keys() <= TROUBLES.keys()


def test_the_facts_are_found_in_the_complaint() -> None:
    wrong = uv.trouble_of_uv(COMPLAINTS["wrong_sha"], FACTS).facts
    assert (wrong["file"], wrong["expected"], wrong["got"]) == ("anyio", "59bb / c66a", "2818")
    assert uv.trouble_of_uv(COMPLAINTS["disk_full"], FACTS).facts["path"] == "/p/.venv/lib/x.so"
    assert uv.trouble_of_uv(COMPLAINTS["not_in_index"], FACTS).facts["what"] == "pillow"
    assert uv.trouble_of_uv(COMPLAINTS["no_index"], FACTS).facts["url"] == "https://nexus.invalid"
    assert "Name or service not known" in str(uv.trouble_of_uv(COMPLAINTS["no_index"], FACTS).facts["reason"])
    assert uv.trouble_of_uv(COMPLAINTS["index_refuses"], FACTS).facts["status"] == "401"


def fake_uv(folder: Path, version: str) -> Path:
    path = folder / "uv"
    path.write_text(f"#!/bin/sh\necho 'uv {version} (x86_64)'\n", "utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("version", "taken"), [("0.8.24", False), ("0.9.0", True), ("0.13.9", True), ("0.99.0", True), ("1.0.0", False)]
)
def test_a_uv_on_path_is_taken_if_we_know_its_kind(tmp_path: Path, version: str, taken: bool) -> None:
    path = fake_uv(tmp_path, version)
    assert uv.find_uv(str(tmp_path)) == (path if taken else None)


def test_a_uv_that_does_not_start_is_not_taken(tmp_path: Path) -> None:
    path = fake_uv(tmp_path, "x")
    assert uv.find_uv(str(tmp_path)) is None
    path.write_text("#!/nonexistent\n", "utf-8")
    assert uv.find_uv(str(tmp_path)) is None
    assert uv.find_uv("/nonexistent") is None


def uv_wheel(folder: Path) -> tuple[Path, Wheel]:
    path = folder / "uv-0.13.9-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("uv-0.13.9.data/scripts/uvx", "no")
        archive.writestr("uv-0.13.9.data/scripts/uv", "#!/bin/sh\necho 'uv 0.13.9'\n")
    return path, Wheel("uv", "0.13.9", path.name, "", hashlib.sha256(path.read_bytes()).hexdigest())


def test_uv_comes_out_of_its_wheel_ready_to_run(tmp_path: Path) -> None:
    archive, wheel = uv_wheel(tmp_path)
    program = uv.unpack_uv(archive, wheel, tmp_path / "tools")
    assert program == uv.kept_uv(tmp_path / "tools", wheel)
    assert uv.version_of(program) == (0, 13, 9)


def test_a_changed_wheel_is_not_unpacked(tmp_path: Path) -> None:
    archive, wheel = uv_wheel(tmp_path)
    archive.write_bytes(archive.read_bytes() + b"x")
    with pytest.raises(Trouble) as raised:
        uv.unpack_uv(archive, wheel, tmp_path / "tools")
    assert raised.value.code == "wrong_sha"
    assert not (tmp_path / "tools").exists()


def test_a_failing_uv_raises_and_a_good_one_returns_what_it_said(tmp_path: Path) -> None:
    path = tmp_path / "uv"
    path.write_text('#!/bin/sh\necho "$@"\nexit $CODE\n', "utf-8")
    path.chmod(0o755)
    heard: list[str] = []
    assert (
        uv.Uv(path, {"CODE": "0"}, tmp_path, FACTS).run(["sync", tmp_path], tell=heard.append) == f"sync {tmp_path}\n"
    )
    assert heard == [f"sync {tmp_path}"]
    with pytest.raises(Trouble) as raised:
        uv.Uv(path, {"CODE": "2"}, tmp_path, FACTS).run(["os error 28"])
    assert raised.value.code == "disk_full"
