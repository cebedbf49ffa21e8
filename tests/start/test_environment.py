"""The stamp: when a start installs nothing, and when it must."""

import json
import os
from pathlib import Path

import pytest
from start import environment
from start.environment import STAMP, Wanted, cache_folder, is_ready, prepare, stamp_of
from start.places import Places, find_places, make_folder, trouble_of
from start.words import Trouble


@pytest.fixture
def places(tmp_path: Path) -> Places:
    for name in ("uv.lock", "pyproject.toml"):
        (tmp_path / name).write_text(name, "utf-8")
    places = find_places(tmp_path, {})
    places.python.parent.mkdir(parents=True)
    places.python.touch()
    return places


class Installer:
    """Stands in for uv; remembers what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[bool] = []

    def __call__(self, _places: Places, *, dev: bool, **_others: object) -> None:
        self.asked.append(dev)


@pytest.fixture
def installer(monkeypatch: pytest.MonkeyPatch) -> Installer:
    from start import install

    fake = Installer()
    monkeypatch.setattr(install, "install", fake)
    return fake


def start(places: Places, *, dev: bool = False) -> None:
    prepare(places, Wanted(dev=dev), {}, lambda *_, **__: None)


def test_the_second_start_installs_nothing(places: Places, installer: Installer) -> None:
    start(places)
    start(places)
    assert installer.asked == [False]


def test_tests_need_more_than_a_plain_start_left(places: Places, installer: Installer) -> None:
    start(places)
    start(places, dev=True)
    start(places)
    assert installer.asked == [False, True]


@pytest.mark.parametrize("name", ["uv.lock", "pyproject.toml"])
def test_a_new_lock_is_installed_and_test_packages_are_kept(places: Places, installer: Installer, name: str) -> None:
    start(places, dev=True)
    (places.root / name).write_text("newer", "utf-8")
    start(places)
    assert installer.asked == [True, True]


def test_another_python_is_installed_for(places: Places, installer: Installer, monkeypatch: pytest.MonkeyPatch) -> None:
    start(places)
    monkeypatch.setattr(environment.platform, "python_version", lambda: "3.99.0")  # type: ignore[attr-defined]
    assert not is_ready(places, dev=False)
    start(places)
    assert installer.asked == [False, False]


def test_a_missing_interpreter_is_noticed(places: Places, installer: Installer) -> None:
    start(places)
    places.python.unlink()
    assert not is_ready(places, dev=False)
    assert installer.asked == [False]


def test_a_failed_installation_leaves_no_stamp(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    from start import install

    def fail(*_: object, **__: object) -> None:
        raise Trouble("disk_full", path="x")

    monkeypatch.setattr(install, "install", fail)
    (places.env / STAMP).write_text("{}", "utf-8")
    with pytest.raises(Trouble):
        start(places)
    assert not (places.env / STAMP).exists()


def test_a_moved_project_begins_anew(places: Places, installer: Installer) -> None:
    (places.env / "pyvenv.cfg").touch()
    (places.env / "left over").touch()
    (places.env / STAMP).write_text(json.dumps(stamp_of(places, dev=False) | {"root": "/elsewhere"}), "utf-8")
    with pytest.raises(Trouble):  # the stand-in for uv makes no environment to stamp
        start(places)
    assert not places.env.exists()
    assert installer.asked == [False]


def test_folders_lie_in_the_project_or_where_the_environment_says(places: Places) -> None:
    root = places.root
    assert (places.env, places.tools, places.data) == (root / ".venv", root / ".otklik", root / "var")
    other = find_places(root, {"UV_PROJECT_ENVIRONMENT": "/srv/otklik/venv", "OTKLIK_DATA": "/srv/otklik/data"})
    assert (str(other.env), str(other.tools)) == ("/srv/otklik/venv", "/srv/otklik/.otklik")
    assert str(other.data) == "/srv/otklik/data"
    assert find_places(root, {"UV_PROJECT_ENVIRONMENT": "venv"}).env == root / "venv"


def test_an_unwritable_cache_is_replaced(tmp_path: Path) -> None:
    tools = tmp_path / "tools"
    assert cache_folder({"HOME": str(tmp_path)}, tools) is None
    assert cache_folder({"HOME": "/nonexistent"}, tools) == tools / "uv-cache"
    assert cache_folder({}, tools) == tools / "uv-cache"
    assert cache_folder({"HOME": "/nonexistent", "UV_CACHE_DIR": "/x"}, tools) is None
    assert cache_folder({"HOME": "/nonexistent", "XDG_CACHE_HOME": str(tmp_path)}, tools) is None


@pytest.mark.parametrize(
    ("number", "code"),
    [(13, "folder_readonly"), (30, "folder_readonly"), (28, "disk_full"), (122, "disk_full"), (5, "system")],
)
def test_each_refusal_of_the_system_has_its_sentence(number: int, code: str) -> None:
    assert trouble_of(OSError(number, os.strerror(number)), "/x").code == code


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("x", "utf-8")
    with pytest.raises(Trouble) as raised:
        make_folder(tmp_path / "var")
    assert raised.value.code == "system"
    assert "var" in str(raised.value.facts["path"])
