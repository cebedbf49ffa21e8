"""Where the launcher finds index, proxy and certificates: environment, then uv.toml, then pip.conf, then PyPI."""

from pathlib import Path

import pytest
from start import settings
from start.settings import PYPI, Network, child_environment, split_password, without_password
from start.words import Trouble


@pytest.fixture
def machine(tmp_path: Path) -> dict[str, str]:
    """The environment of a machine with nothing set; its home and its /etc lie in ``tmp_path``."""
    return {"HOME": str(tmp_path)}


def find_network(machine: dict[str, str]) -> Network:
    return settings.find_network(machine, system=Path(machine["HOME"]))


def write(machine: dict[str, str], name: str, text: str) -> Path:
    path = Path(machine["HOME"]) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_pypi_where_nothing_is_set(machine: dict[str, str]) -> None:
    network = find_network(machine)
    assert network == Network(index=PYPI)
    assert network.is_pypi


def test_each_source_gives_way_to_the_one_before_it(machine: dict[str, str]) -> None:
    write(machine, ".config/pip/pip.conf", "[global]\nindex-url = https://pip.conf/simple/\n")
    assert find_network(machine).index == "https://pip.conf/simple"
    machine["PIP_INDEX_URL"] = "https://pip.env/simple"
    assert find_network(machine).index == "https://pip.env/simple"
    write(machine, ".config/uv/uv.toml", '[[index]]\nurl = "https://uv.toml/simple"\ndefault = true\n')
    assert find_network(machine).index == "https://uv.toml/simple"
    machine["UV_INDEX_URL"] = "https://uv.old/simple"
    assert find_network(machine).index == "https://uv.old/simple"
    machine["UV_DEFAULT_INDEX"] = "mirror=https://uv.new/simple/"
    assert find_network(machine).index == "https://uv.new/simple"
    assert not find_network(machine).is_pypi


def test_pypi_named_by_hand_is_still_pypi(machine: dict[str, str]) -> None:
    assert find_network({**machine, "PIP_INDEX_URL": "https://pypi.org/simple/"}).is_pypi


def test_further_indexes_come_from_everywhere_and_folders_are_left_out(machine: dict[str, str]) -> None:
    write(
        machine, ".config/uv/uv.toml", '[[index]]\nurl = "https://a/simple"\n\n[pip]\nextra-index-url = ["https://b"]\n'
    )
    write(machine, ".config/pip/pip.conf", "[global]\nextra-index-url =\n  file:///opt/simple\n  https://c/simple/\n")
    machine["UV_INDEX"] = "own=https://d/simple"
    assert find_network(machine).extra == ("https://d/simple", "https://a/simple", "https://b", "https://c/simple")


def test_an_index_for_named_packages_only_is_not_for_ours(machine: dict[str, str]) -> None:
    write(machine, ".config/uv/uv.toml", '[[index]]\nname = "x"\nurl = "https://x"\nexplicit = true\n')
    assert find_network(machine).extra == ()


def test_the_user_overrides_the_machine_in_pip_conf(machine: dict[str, str]) -> None:
    write(machine, "etc/pip.conf", "[global]\nindex-url = https://machine\nproxy = http://proxy:3128\n")
    write(machine, ".config/pip/pip.conf", "[install]\nindex-url = https://user\n")
    network = find_network(machine)
    assert (network.index, network.proxy) == ("https://user", "http://proxy:3128")


def test_broken_settings_of_others_do_not_stop_us(machine: dict[str, str]) -> None:
    write(machine, ".config/pip/pip.conf", "index-url = without a section\n")
    write(machine, ".config/uv/uv.toml", "= nonsense\n")
    assert find_network(machine).is_pypi


def test_certificates_under_any_of_their_names(machine: dict[str, str]) -> None:
    pem = write(machine, "office.pem", "x")
    for name in ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        assert find_network({**machine, name: str(pem)}).certificates == pem
    write(machine, ".config/pip/pip.conf", f"[global]\ncert = {pem}\n")
    assert find_network(machine).certificates == pem


def test_a_missing_certificate_file_is_named(machine: dict[str, str]) -> None:
    with pytest.raises(Trouble) as raised:
        find_network({**machine, "SSL_CERT_FILE": "/nonexistent.pem"})
    assert raised.value.code == "certificate_file"
    assert raised.value.facts["name"] == "SSL_CERT_FILE"


def test_uv_is_told_what_was_found(tmp_path: Path) -> None:
    pem = tmp_path / "office.pem"
    network = Network(certificates=pem, proxy="http://proxy:3128", trusted_hosts=("a", "b"))
    child = child_environment(network, {"PATH": "/bin", "VIRTUAL_ENV": "/x"}, has_system_certificates=True)
    assert child["SSL_CERT_FILE"] == str(pem)
    assert child["HTTPS_PROXY"] == "http://proxy:3128"
    assert child["UV_INSECURE_HOST"] == "a b"
    assert child["UV_PYTHON_DOWNLOADS"] == "never"
    assert "VIRTUAL_ENV" not in child
    assert "UV_SYSTEM_CERTS" not in child


@pytest.mark.parametrize("has", [True, False])
def test_uv_uses_the_systems_certificates_where_there_are_any(has: bool) -> None:
    child = child_environment(Network(), {}, has_system_certificates=has)
    assert ("UV_SYSTEM_CERTS" in child) is has


def test_a_password_is_decoded_for_use_and_hidden_in_sentences() -> None:
    url = "https://user:p%40ss@nexus.example:8443/simple"
    assert split_password(url) == ("https://nexus.example:8443/simple", "user", "p@ss")
    assert without_password(url) == "https://nexus.example:8443/simple"
    assert split_password("https://nexus.example/simple") == ("https://nexus.example/simple", None, None)
