"""The page on comparing is worked through, command by command, and the screen says what the page says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from simulation.comparison import comparing
from tests.docs.test_how_to import HOW_TO, commands, said_otherwise
from tests.scenarios import stage

PAGE = HOW_TO / "compare.md"


def test_every_command_of_the_page_shows_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(HOW_TO / "compare", tmp_path / "compare")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(comparing, "definitions", lambda *_: stage.declared("hitachinaka"))
    shown = list(commands(PAGE))
    assert [said for one in shown for said in said_otherwise(one, {})] == []
    assert {path.name for path in tmp_path.iterdir()} == {"compare", "online", "reissue", "staff", "weigh"}
    assert {path.name for path in Path("reissue").glob("*.csv")} >= {"figures.csv", "levers.csv", "runs.csv"}


def test_the_file_that_the_page_shows_is_the_one_beside_it() -> None:
    text = PAGE.read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    assert text == (HOW_TO / "compare" / "reissue.toml").read_text("utf-8")
