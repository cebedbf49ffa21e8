"""Which wheel fits: the order of tags, and that the lock has a uv for the machines we promise."""

import re
import tomllib
from pathlib import Path

import pytest
from start import uv
from start.lockfile import Wheel, read_wheels
from start.tags import choose_wheel, linux_platforms, mac_platforms, supported_tags, tags_for, tags_of
from start.words import Trouble

ROOT = Path(__file__).parents[2]
BOOKWORM = list(tags_for((3, 11), list(linux_platforms("x86_64", glibc=(2, 36), musl=None))))


def wheel(filename: str) -> Wheel:
    return Wheel("thing", "1.0", filename, f"https://x/{filename}", "0" * 64)


def chosen(*names: str, tags: list[str] = BOOKWORM) -> str:
    return choose_wheel([wheel(f"thing-1.0-{name}.whl") for name in names], tags).filename.removeprefix("thing-1.0-")


def test_a_name_may_carry_several_tags() -> None:
    assert tags_of("tzdata-2026.6-py2.py3-none-any.whl") == {"py2-none-any", "py3-none-any"}
    assert tags_of("a-1-7-cp311-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl") == {
        "cp311-abi3-manylinux_2_17_x86_64",
        "cp311-abi3-manylinux2014_x86_64",
    }


@pytest.mark.parametrize(
    ("worse", "best"),
    [
        ("py3-none-any", "cp311-cp311-manylinux_2_17_x86_64"),
        ("cp39-abi3-manylinux_2_17_x86_64", "cp311-abi3-manylinux_2_17_x86_64"),
        ("cp311-cp311-manylinux_2_17_x86_64", "cp311-cp311-manylinux_2_28_x86_64"),
        ("cp312-cp312-manylinux_2_17_x86_64", "py2.py3-none-any"),
        ("cp311-cp311-manylinux_2_37_x86_64", "cp311-cp311-manylinux_2_36_x86_64"),
        ("cp311-cp311-musllinux_1_2_x86_64", "cp311-cp311-manylinux2014_x86_64"),
    ],
)
def test_the_best_fit_on_debian_12(worse: str, best: str) -> None:
    assert chosen(worse, best) == chosen(best, worse) == f"{best}.whl"


@pytest.mark.parametrize(
    "name",
    [
        "cp311-cp311-manylinux_2_37_x86_64",  # asks for a newer glibc
        "cp311-cp311-manylinux_2_17_aarch64",
        "cp312-abi3-manylinux_2_17_x86_64",  # asks for a newer Python
        "cp310-cp310-manylinux_2_17_x86_64",
        "cp311-cp311-macosx_11_0_arm64",
        "cp311-cp311-win_amd64",
    ],
)
def test_what_does_not_fit_is_refused(name: str) -> None:
    with pytest.raises(Trouble) as raised:
        chosen(name)
    assert raised.value.code == "no_wheel"
    assert raised.value.facts["package"] == "thing"


def test_musl_and_glibc_do_not_mix() -> None:
    alpine = list(tags_for((3, 13), list(linux_platforms("x86_64", glibc=None, musl=(1, 2)))))
    names = (
        "cp313-cp313-musllinux_1_1_x86_64",
        "cp313-cp313-musllinux_1_2_x86_64",
        "cp313-cp313-manylinux_2_17_x86_64",
    )
    assert chosen(*names, tags=alpine) == "cp313-cp313-musllinux_1_2_x86_64.whl"


def test_a_build_without_the_gil_takes_no_stable_abi() -> None:
    tags = list(tags_for((3, 13), ["linux_x86_64"], threaded=True))
    assert tags[0] == "cp313-cp313t-linux_x86_64"
    assert not any("-abi3-" in tag for tag in tags)


def test_a_mac_takes_wheels_for_older_systems() -> None:
    arm = list(mac_platforms(14, 5, "arm64"))
    assert arm[:2] == ["macosx_14_0_arm64", "macosx_14_0_universal2"]
    assert "macosx_11_0_arm64" in arm
    assert "macosx_10_12_x86_64" not in arm
    assert "macosx_10_12_x86_64" in list(mac_platforms(12, 0, "x86_64"))


def test_a_bundle_takes_the_wheel_that_asks_least_of_the_system() -> None:
    if not any("manylinux_2_28" in tag for tag in supported_tags()):
        return  # a machine with an older glibc, or a Mac, has nothing to prefer
    machine = re.search(r"manylinux_2_28_(\w+)", " ".join(supported_tags()))
    assert machine is not None
    names = [f"py3-none-manylinux_2_{minor}_{machine[1]}" for minor in (28, 17)]
    assert chosen(*names, tags=supported_tags()).startswith("py3-none-manylinux_2_28")
    assert chosen(*names, tags=supported_tags(portable=True)).startswith("py3-none-manylinux_2_17")


@pytest.mark.parametrize(
    "platforms",
    [
        list(linux_platforms("x86_64", glibc=(2, 17), musl=None)),
        list(linux_platforms("aarch64", glibc=(2, 17), musl=None)),
        list(linux_platforms("x86_64", glibc=None, musl=(1, 2))),
        list(mac_platforms(13, 0, "arm64")),
        list(mac_platforms(13, 0, "x86_64")),
    ],
    ids=lambda platforms: platforms[0],
)
@pytest.mark.parametrize("python", [(3, 11), (3, 13)])
def test_the_lock_pins_a_uv_for_every_machine_we_promise(platforms: list[str], python: tuple[int, int]) -> None:
    pinned = choose_wheel(read_wheels(ROOT / "uv.lock")["uv"], list(tags_for(python, platforms)))
    version = tuple(int(part) for part in pinned.version.split("."))
    assert uv.OLDEST <= version < uv.TOO_NEW
    assert re.fullmatch(r"[0-9a-f]{64}", pinned.sha256)


def test_any_uv_we_take_builds_the_project_by_itself() -> None:
    """Outside this range uv would fetch a build backend, which a closed network does not have."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    oldest, newest = (".".join(map(str, version)) for version in (uv.OLDEST, uv.TOO_NEW))
    assert project["build-system"]["requires"] == [f"uv_build>={oldest},<{newest.removesuffix('.0')}"]


@pytest.mark.parametrize("arch", ["x86_64", "aarch64"])
@pytest.mark.parametrize("python", [(3, 11), (3, 13)])
def test_every_locked_package_has_a_wheel_for_the_servers_we_promise(arch: str, python: tuple[int, int]) -> None:
    """`--only-binary`: nothing is compiled on an office's machine."""
    tags = set(tags_for(python, list(linux_platforms(arch, glibc=(2, 28), musl=None))))
    locked = read_wheels(ROOT / "uv.lock").items()
    assert [name for name, wheels in locked if wheels and not any(tags_of(w.filename) & tags for w in wheels)] == []
