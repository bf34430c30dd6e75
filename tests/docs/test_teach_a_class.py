"""The guide for instructors is worked through, command by command, and the screen says what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.test_how_to import commands, said_otherwise
from tests.house.layout import ROOT
from tests.scenarios import stage
from training import desk

PAGE = ROOT / "docs" / "tutorial" / "teach-a-class.md"


def test_every_command_of_the_page_shows_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "definitions", lambda *_: stage.declared("hitachinaka"))
    assert [said for one in commands(PAGE) for said in said_otherwise(one, {})] == []
    assert "apart_without_statement" not in (tmp_path / "class" / "handout.html").read_text("utf-8")
    written = sorted(path.name for path in tmp_path.rglob("*") if path.is_file())
    assert written == ["answers.html", "april.toml", "c01.jsonl", "handout.html"]
