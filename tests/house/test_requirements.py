"""What is installed is written down to the byte, and nothing says from where."""

import re
from pathlib import Path

import pytest

from tests.house.layout import ROOT, project

FILES = sorted((ROOT / "requirements").iterdir())
COMPILED = [path for path in FILES if path.suffix == ".txt"]


def _names(text: str) -> set[str]:
    return {name.lower().replace("_", "-") for name in re.findall(r"(?m)^([A-Za-z][\w.-]*)", text)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_requirements_file_names_a_host_or_a_path(path: Path) -> None:
    assert re.findall(r"(?m)^.*(?:://|@ |^\s*-|(?<![\w.])/|\\\\).*$", _without_hashes(path)) == []


@pytest.mark.parametrize("path", COMPILED, ids=lambda path: path.name)
def test_every_line_is_an_exact_version_with_its_hashes(path: Path) -> None:
    entries = re.sub(r"\\\n\s*", "", path.read_text("utf-8")).splitlines()
    wrong = [entry for entry in entries if not re.match(r"#|[\w.-]+==\S+ (; .* )?--hash=sha256:[0-9a-f]{64}", entry)]
    assert wrong == []


def test_core_holds_every_dependency_of_the_project() -> None:
    declared = _names("\n".join(project()["project"]["dependencies"] + project()["build-system"]["requires"]))
    assert declared - _names((ROOT / "requirements" / "core.txt").read_text("utf-8")) == set()


def test_dev_pins_what_it_shares_with_core_to_the_same_version() -> None:
    pins = [dict(re.findall(r"(?m)^([\w.-]+)==(\S+)", path.read_text("utf-8"))) for path in COMPILED]
    assert [path.name for path in COMPILED] == ["core.txt", "dev.txt"]
    assert {name: version for name, version in pins[1].items() if pins[0].get(name, version) != version} == {}


def _without_hashes(path: Path) -> str:
    return re.sub(r"(?m)^\s+--hash=sha256:[0-9a-f]{64}( \\)?$", "", path.read_text("utf-8"))
