"""Every library that the project asks for stands on the page of licences."""

from __future__ import annotations

import re
from importlib.metadata import metadata

import pytest

from tests.house.layout import ROOT, project

PAGE = (ROOT / "docs" / "reference" / "libraries.md").read_text("utf-8")


def _names(requirements: list[str]) -> list[str]:
    return [re.split(r"[\[<>=;~! ]", one)[0] for one in requirements]


@pytest.mark.parametrize("name", _names(project()["project"]["dependencies"]))
def test_a_library_of_the_core_is_on_the_page_with_its_own_licence(name: str) -> None:
    known = re.sub(r"-(toml|json)$", "", name)  # the grammars stand with their parser
    row = next(line for line in PAGE.splitlines() if line.startswith("|") and known in line)
    facts = metadata(name).json
    licence = " ".join(str(facts.get(key, "")) for key in ("license_expression", "license", "classifier"))
    assert any(kind in licence and kind in row for kind in ("MIT", "Apache", "BSD", "Unlicense"))


@pytest.mark.parametrize("extra", sorted(project()["project"]["optional-dependencies"]))
def test_an_extra_is_on_the_page_with_its_libraries(extra: str) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{extra}` |"))
    names = _names(project()["project"]["optional-dependencies"][extra])
    assert [name for name in names if name not in row] == []
