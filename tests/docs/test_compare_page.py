"""The page on comparing is worked through, command by command, and the screen says what the page says."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from simulation.comparison import comparing
from simulation.people import key_of
from simulation.surge import surge_named
from tests.docs.test_how_to import HOW_TO, commands, said_otherwise
from tests.house.layout import ROOT
from tests.scenarios import stage

PAGE = HOW_TO / "compare.md"
FLOOD = HOW_TO / "surge.md"


def test_every_command_of_the_page_shows_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(HOW_TO / "compare", tmp_path / "compare")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(comparing, "definitions", lambda *_: stage.declared("hitachinaka"))
    shown = list(commands(PAGE))
    assert [said for one in shown for said in said_otherwise(one, {})] == []
    assert {path.name for path in tmp_path.iterdir()} == {"compare", "online", "reissue", "staff", "weigh"}
    assert {path.name for path in Path("reissue").glob("*.csv")} >= {"figures.csv", "levers.csv", "runs.csv"}


def test_every_command_of_the_page_on_a_flood_shows_what_the_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(HOW_TO / "surge", tmp_path / "surge")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(comparing, "definitions", lambda *_: stage.declared("hitachinaka"))
    assert [said for one in commands(FLOOD) for said in said_otherwise(one, {})] == []
    assert {path.name for path in tmp_path.iterdir()} == {"surge", "flood"}
    assert {path.name for path in Path("flood").glob("*.csv")} == {"surge_days.csv", "surge_others.csv"}


@pytest.mark.parametrize(("page", "file"), [(PAGE, "compare/reissue.toml"), (FLOOD, "surge/small_flood.toml")])
def test_the_file_that_the_page_shows_is_the_one_beside_it(page: Path, file: str) -> None:
    text = page.read_text("utf-8").partition("```toml\n")[2].partition("```")[0]
    assert text == (HOW_TO / file).read_text("utf-8")


@pytest.mark.parametrize("name", re.findall(r"^\| `(\w+)` \|", FLOOD.read_text("utf-8"), re.MULTILINE))
def test_every_surge_that_the_page_names_holds_three_answers_of_the_city(name: str) -> None:
    surge = surge_named(name)
    posts = {key_of(post) for post in stage.declared("hitachinaka").municipality.posts}
    named = {
        key for one in surge.staffing for row in one.support for key in (f"{row.department}/{row.post}", row.lent_by)
    }
    assert [one.id for one in surge.staffing] == ["alone", "lent", "cities"]
    assert named - {""} <= posts


def test_the_page_names_every_surge_that_comes_with_the_program() -> None:
    ours = {path.stem for path in (ROOT / "simulation" / "surges").glob("*.toml")}
    assert ours == set(re.findall(r"^\| `(\w+)` \|", FLOOD.read_text("utf-8"), re.MULTILINE))
    assert sum(surge_named("himi_2024").daily) == 4930
    assert sum(surge_named("koriyama_2019").daily) == 4800
    assert 10_000 <= sum(surge_named("quake_month").daily) <= 20_000
