"""No case opens under definitions laid over ours that a proof finds an error in; it names an answer that shows it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from checker import catalogue
from checker.catalogue import rule
from tests.office.door import Door

EXAMPLE = Path(catalogue.__file__).parent / "example"
OPEN = ("case", "open", "library_card", "--as", "applicant:p1", "--practice", "--definitions")


@pytest.mark.parametrize("name", ["P3", "P4", "P5"])
def test_no_case_opens_where_it_could_get_stuck(name: str, tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLE, tmp_path / "example")
    for change in rule(name).bad:
        assert not isinstance(change, str)
        path = folder / change.file
        path.write_text(path.read_text("utf-8").replace(change.old, change.new), "utf-8")
    door = Door(tmp_path)
    said = door(*OPEN, str(folder), code=1).output
    assert f"[{name}]" in said
    assert "library_card.toml:" in said
    assert not door.store.exists()


def test_the_answer_that_leads_nowhere_is_named(tmp_path: Path) -> None:
    folder = shutil.copytree(EXAMPLE, tmp_path / "example")
    path = folder / "procedures" / "childcare" / "library_card.toml"
    whole = path.read_text("utf-8")
    path.write_text(whole.replace("tasks.card.state == 'printed'", "form.kind in ['adult', 'child']"), "utf-8")
    assert "カードの種類 = 市の外に住む人(visitor)" in Door(tmp_path)(*OPEN, str(folder), code=1).output


def test_a_case_opens_under_definitions_without_errors(tmp_path: Path) -> None:
    door = Door(tmp_path)
    door(*OPEN, str(EXAMPLE))
    assert door.store.exists()
