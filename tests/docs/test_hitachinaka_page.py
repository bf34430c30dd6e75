"""The page on Hitachinaka in 2022: a small run of the same command speaks as the page does; its figures agree."""

from __future__ import annotations

import re
import shlex
from itertools import pairwise
from typing import TYPE_CHECKING

from click.testing import CliRunner

from cli import main
from simulation.comparison import comparing
from tests.docs.pages import blocks
from tests.docs.test_how_to import HOW_TO
from tests.house.layout import ROOT
from tests.scenarios import stage

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

PAGE = HOW_TO / "hitachinaka-2022.md"
FIGURE = re.compile(r"[\d,]+\.\d+")


def command(name: str) -> list[str]:
    """The words of a command that the page gives."""
    return next(shlex.split(line)[1:] for line in PAGE.read_text("utf-8").splitlines() if line.startswith(name))


def small(words: list[str]) -> list[str]:
    """The same command for two days of the shortest procedure, in two pairs."""
    named = dict(pairwise(words))
    kept = [named[key] for key in ("--city", "--from", "--scenario")]
    pairs = zip(("--city", "--from", "--scenario"), kept, strict=True)
    return [words[0], *(w for p in pairs for w in p), "--to", "2022-04-04", "--procedure", "21", "--pairs", "2"]


def test_a_small_run_speaks_in_the_form_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "definitions", lambda *_: stage.declared("hitachinaka"))
    said = CliRunner().invoke(main, [*small(command("madoguchi compare")), "--out", str(tmp_path / "out")])
    assert said.exit_code == 0, said.output
    shown = next(iter(blocks(PAGE, "text"))).splitlines()
    told = said.output.splitlines()
    assert told[0].partition(" 2022")[0] == shown[0].partition(" 2022")[0]
    assert [line.partition(":")[0] for line in told[1:-1]] == [line.partition(":")[0] for line in shown[1:]]
    saved = re.compile(
        r"年に直した職員の作業は、.*時間から.*時間へ、.*時間\(.*%\)減ります\(差の95%区間 −.*〜−.*時間\)。"
    )
    assert all(saved.search(text) for text in (told[1], shown[1]))


def test_the_findings_are_three_each_with_an_interval_and_the_assumption_it_hangs_on() -> None:
    part = PAGE.read_text("utf-8").partition("## 分かったこと")[2].partition("\n## ")[0]
    findings = re.split(r"\n(?=\d\. )", part.strip())
    findings = [one for one in findings if one[:2] in {"1.", "2.", "3."}]
    assert len(findings) == 3
    assert all("95%区間" in one and "かかっている仮定は" in one for one in findings)


def test_the_first_finding_is_the_one_that_the_run_printed() -> None:
    text = PAGE.read_text("utf-8")
    printed = FIGURE.findall(next(iter(blocks(PAGE, "text"))).splitlines()[1])
    first = text.partition("1. **")[2].partition("**")[0]
    assert set(FIGURE.findall(first)) <= set(printed)
    assert len(FIGURE.findall(first)) >= 4


def test_make_runs_the_command_of_the_page() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    rule = makefile.partition("hitachinaka-2022: ")[2].partition("\n\n")[0].replace("\\\n\t\t", "")
    assert shlex.join(command("madoguchi compare")) in rule
