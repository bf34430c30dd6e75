"""Examples in the pages are what the program does: run again, or compared with the files they show."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.coverage_page import coverage_page
from tests.docs.pages import blocks, name_of
from tests.docs.writing import (
    COMMANDS,
    COVERAGE,
    PLAYED,
    PROCEDURES,
    RULES,
    SCHEMAS,
    commands_page,
    diagrams,
    played,
    procedure_pages,
    rules_page,
    schemas,
)
from tests.house.layout import ROOT

TUTORIAL = ROOT / "docs" / "tutorial"
STORY = TUTORIAL / "add-a-procedure.md"
CALIBRATE = ROOT / "docs" / "how-to" / "calibrate.md"
PREFILL = ROOT / "docs" / "how-to" / "prefill-a-form.md"
EDITOR = ROOT / "docs" / "how-to" / "set-up-an-editor.md"
FIRST = TUTORIAL / "first-simulation.md"
CITY = ROOT / "docs" / "how-to" / "supply-a-city.md"
STALE = "stale: run `.venv/bin/python -m tests.docs.writing`"


def test_the_page_of_commands_is_what_help_says() -> None:
    assert COMMANDS.read_text("utf-8") == commands_page(), STALE


def test_the_page_of_rules_is_what_the_catalogue_says() -> None:
    assert RULES.read_text("utf-8") == rules_page(), STALE


def test_the_diagrams_are_what_the_program_draws_and_there_is_one_of_every_procedure() -> None:
    assert {path: path.read_text("utf-8") for path in sorted(PROCEDURES.glob("*.svg"))} == diagrams(), STALE


def test_the_pages_of_procedures_are_what_the_declarations_say_and_there_is_one_of_every_procedure() -> None:
    assert {path: path.read_text("utf-8") for path in sorted(PROCEDURES.glob("*.md"))} == procedure_pages(), STALE


def test_the_page_of_coverage_is_what_facts_and_declarations_say() -> None:
    assert COVERAGE.read_text("utf-8") == coverage_page(), STALE


def test_the_schemas_are_what_the_types_say_and_there_is_one_of_every_kind() -> None:
    assert {path: path.read_text("utf-8") for path in sorted(SCHEMAS.glob("*"))} == schemas(), STALE


def test_the_editor_is_set_up_as_its_page_says() -> None:
    assert EDITOR.read_text("utf-8") == played(EDITOR), STALE


def test_a_city_is_supplied_as_its_page_says() -> None:
    assert CITY.read_text("utf-8") == played(CITY), STALE


def test_the_assumptions_are_calibrated_as_their_page_says() -> None:
    assert CALIBRATE.read_text("utf-8") == played(CALIBRATE), STALE


def test_the_form_is_prefilled_as_its_page_says() -> None:
    assert PREFILL.read_text("utf-8") == played(PREFILL), STALE


def test_the_new_procedure_is_run_as_its_tutorial_says() -> None:
    assert STORY.read_text("utf-8") == played(STORY), STALE


def test_the_first_simulation_prints_what_its_tutorial_shows_but_for_the_figures() -> None:
    assert _figureless(FIRST.read_text("utf-8")) == _figureless(played(FIRST)), STALE


@pytest.mark.parametrize("page", sorted(PLAYED), ids=name_of)
def test_a_run_page_has_consoles_in_which_something_is_printed(page: Path) -> None:
    consoles = blocks(page, "console")
    assert consoles
    assert all(console.splitlines()[-1] for console in consoles)
    assert all(len(console.splitlines()) > console.count("$ madoguchi") for console in consoles)


def test_the_files_that_the_tutorial_shows_are_those_that_run() -> None:
    paths = re.findall(r"`(story_hour/[\w./]+)`[^`]*```(?:json|toml)\n(.*?)```", STORY.read_text("utf-8"), re.DOTALL)
    assert len(paths) == 4
    assert [path for path, shown in paths if (TUTORIAL / path).read_text("utf-8") != shown] == []


@pytest.mark.parametrize("name", ["README.md", "README.ja.md"])
def test_the_first_screen_says_both_commands(name: str) -> None:
    first = blocks(ROOT / name, "console")[0]
    assert re.findall(r"(?m)^\$ (make \w+)", first) == ["make simulate", "make test"]


def test_the_output_in_the_readme_is_of_the_period_that_make_simulate_runs_and_adds_up() -> None:
    shown = blocks(ROOT / "README.md", "text")[0]
    recipe = re.search(r"simulate --city \w+ --from (\S+) --to (\S+)", (ROOT / "Makefile").read_text("utf-8"))
    assert recipe is not None
    assert f"{recipe[1]}〜{recipe[2]}" in shown
    counts = [int(count) for count in re.findall(r"(?m)^ *\d+\. .*: (\d+)件", shown)]
    total = re.search(r"合計 (\d+)件", shown)
    assert total is not None
    assert sum(counts) == int(total[1])


def _figureless(text: str) -> str:
    """The text with every number as one mark: figures move with each assumption, sentences do not."""
    kept = re.sub(r"[0-9][0-9,.]*", "#", text)
    return re.sub(r"(?m)^   \S+: #件\n", "", kept)  # a state that no case of this month ended in is not printed
