"""Which assumption moves the answer most: known answers come out, and what cannot be asked is told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from cli import main as command
from engine.errors import DefinitionError, Refusal
from simulation.comparison import sensitivity_page
from simulation.comparison.comparing import prepared
from simulation.comparison.factors import Varied, factors
from simulation.comparison.scenario import Levers, read_scenario
from simulation.comparison.sensitivity import Doubted, rank
from simulation.report import tornado
from simulation.swings import Ends, Figure, Ranking, ranking_in
from tests.simulation.comparison.conftest import CARD, LEVERS, SMALL

if TYPE_CHECKING:
    from pathlib import Path

    from office.office import Definitions

DAYS = ["--city", "hitachinaka", "--from", "2022-04-01", "--to", "2022-04-02", "--procedure", "21"]
SHORT = replace(SMALL, last=SMALL.first, pairs=1)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, declared: Definitions) -> tuple[Ranking, Path]:
    """One day of one procedure, every assumption lowered and raised by half."""
    folder = tmp_path_factory.mktemp("swings")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("simulation.comparison.comparing.definitions", lambda *_: declared)
        ranking = rank(SHORT, Doubted("hours", 0.5), folder)
    sensitivity_page.write(ranking, folder)
    return ranking, folder


def test_the_minutes_of_a_step_move_the_hours_by_their_share_and_no_more(found: tuple[Ranking, Path]) -> None:
    ranking, folder = found
    runs = [json.loads(line) for line in (folder / "runs.jsonl").read_text("utf-8").splitlines()[1:]]
    base = next(one for one in runs if one["rung"] == 0)["counts"]["procedures"][CARD]["work"]
    swing = next(one for one in ranking.swings if one.id == "work:受理").ends["hours"]
    assert swing.raised is not None
    assert swing.lowered is not None
    assert swing.raised.value == pytest.approx(base["受理"] / 3600 * 365 * 0.5, rel=0.01)
    assert swing.lowered.value == pytest.approx(-swing.raised.value, rel=0.01)


def test_they_stand_in_the_order_of_how_far_they_move_the_answer(found: tuple[Ranking, Path]) -> None:
    ranking, _ = found
    swings = [one.ends["hours"].swing for one in ranking.ranked()]
    assert swings == sorted(swings, reverse=True)
    assert swings[0] > 0
    assert {one.id for one in ranking.swings} >= {"arrivals", "absence", "waits", "staff:care_insurance/counter"}
    assert len(ranking.swings) == len({one.id for one in ranking.swings})


def test_the_page_and_the_numbers_say_the_same(found: tuple[Ranking, Path]) -> None:
    ranking, folder = found
    first = ranking.ranked()[0]
    assert ranking_in(folder / "sensitivity.json", "hitachinaka", (CARD,)) == ranking
    page = (folder / "sensitivity.html").read_text("utf-8")
    assert first.label in page
    assert first.source in page
    assert "http" not in page.replace("http://www.w3.org", "")
    assert f"「{first.label}」" in sensitivity_page.summary(ranking)
    assert (folder / "sensitivity.csv").read_bytes().startswith(b"\xef\xbb\xbfrank,")


def test_one_more_at_a_post_and_the_figures_of_a_lever_are_tried_too() -> None:
    ready = prepared(SHORT)
    scenario, _ = read_scenario(LEVERS.encode(), "levers.toml")
    assert scenario is not None
    known = {one.id: one for one in factors(ready.ground, (), scenario)}
    share = Varied(known["lever:online.share"], "raised", 0.2, scenario.rung(2))
    plan = ready.ground.plans[CARD]
    halved = Varied(known["lever:online.share"], "lowered", 0.5, scenario.rung(1)).of_plan(CARD, plan)
    over = [row.as_is * sum(row.goes_over.values()) for row in halved.channels]
    assert sum(over) < 0.4  # two fifths are wanted online, and some are there already
    assert sum(row.as_is * sum(row.goes_over.values()) for row in share.of_plan(CARD, plan).channels) > 0.7
    alone = known["staff:care_insurance/section_chief"]
    assert (alone.ends(), known["staff:care_insurance/counter"].ends()) == (("raised",), ("lowered", "raised"))
    assert Varied(known["waits"], "raised", 0.2, Levers(())).of_plan(CARD, plan).waits[0].days == pytest.approx(
        plan.waits[0].days * 1.2
    )


def test_a_move_within_luck_is_called_that() -> None:
    lucky = Ends(lowered=Figure(value=1, low=-1, high=3), raised=Figure(value=-2, low=-5, high=1))
    assert (lucky.swing, lucky.sure) == (2, False)
    assert Ends(raised=Figure(value=2, low=1, high=3)).sure
    assert not Ends(raised=Figure(value=2)).sure


def test_a_report_takes_the_ranking_of_its_own_procedures_only(found: tuple[Ranking, Path], tmp_path: Path) -> None:
    ranking, folder = found
    kept = folder / "sensitivity.json"
    with pytest.raises(Refusal, match="別の市町村か別の手続"):
        ranking_in(kept, "omitama", (CARD,))
    with pytest.raises(Refusal, match=r"sensitivity\.json"):
        ranking_in(folder / "sensitivity.csv", "hitachinaka", (CARD,))
    with pytest.raises(Refusal, match="読めません"):
        ranking_in(tmp_path / "none.json", "hitachinaka", (CARD,))
    said = CliRunner().invoke(
        command,
        ["compare", *DAYS, "--scenario", "online", "--sensitivity", str(kept), "--out", str(tmp_path / "out")],
    )
    assert said.exit_code == 1
    assert "別の改善の想定" in said.output
    assert not (tmp_path / "out").exists()
    assert tornado.sentence(ranking).startswith("年間工数をいちばん動かすのは")


def test_what_cannot_be_asked_is_a_sentence(tmp_path: Path) -> None:
    for words, code, told in (
        (["--vary", "0%"], 2, "0より大きく"),
        (["--by", "cost"], 2, "hours・days・late"),
        (["--pairs", "0"], 1, "1から1000まで"),
        (["--scenario", "onlin"], 1, "online のことですか"),
    ):
        said = CliRunner().invoke(command, ["sensitivity", *DAYS, *words, "--out", str(tmp_path / "out")])
        assert (said.exit_code, "Traceback" in said.output) == (code, False), said.output
        assert told in said.output
    assert not (tmp_path / "out").exists()
    (tmp_path / "bad.toml").write_text(LEVERS.replace("0.8", "8"), "utf-8")
    with pytest.raises(DefinitionError):
        rank(SHORT, Doubted("hours", 0.2, str(tmp_path / "bad.toml")), tmp_path / "out")
