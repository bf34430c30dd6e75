"""The tutorial of training is worked through, command by command, and the screen says what the page says."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.test_how_to import commands, said_otherwise
from tests.house.layout import ROOT
from tests.scenarios import stage
from training import desk

PAGE = ROOT / "docs" / "tutorial" / "train-a-clerk.md"


def test_every_command_of_the_page_shows_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(desk, "definitions", lambda *_: stage.declared("hitachinaka"))
    shown = list(commands(PAGE))
    assert [said for one in shown for said in said_otherwise(one, {})] == []
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["c07.jsonl", "madoguchi-lessons"]
    assert sum(one.command.startswith("madoguchi train act") for one in shown) >= 5
