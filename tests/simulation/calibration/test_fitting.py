"""Calibration to the ministry's table of the days of a certification: by the real engine, and predicted for others."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from engine.errors import Refusal, UnknownThing
from simulation.calibration.figures import figures_named
from simulation.calibration.fitted import Fitted, FittedPlan, all_laid_over, fitted_named, laid_over, write
from simulation.calibration.fitting import predicted, target_of
from simulation.calibration.periods import periods_of
from simulation.calibration.running import Trial, measured
from simulation.calibration.words import of_check, of_prediction
from simulation.preparing import simulated_of
from tests.simulation.calibration.conftest import CERTIFICATION, PRESET

if TYPE_CHECKING:
    from pathlib import Path

    from office.office import Definitions
    from simulation.calibration.fitting import Ground
    from simulation.calibration.spans import Span

ALL, WITHIN, OVER = "mhlw_2023_all", "mhlw_2023_within_30", "mhlw_2023_over_30"


def test_the_parts_of_the_days_add_up_to_the_total(spans: list[Span], ground: Ground) -> None:
    found = measured(spans, ground.periods, 30)
    assert found.cases > 10
    assert sum(days for _, _, days in found.parts) == pytest.approx(found.told.total)
    assert {name for name, _, _ in found.parts} == {"before", "branch", "join", "board", "handling"}


def test_in_every_case_the_end_comes_after_both_branches_and_a_sitting(spans: list[Span]) -> None:
    for span in spans:
        assert span.gathered >= max(span.branches)
        assert span.after >= 7  # the papers go out seven days before the sitting
        assert span.total == span.gathered + span.after


def test_the_file_is_used_with_other_means_without_a_fit(ground: Ground) -> None:
    fitted = fitted_named(PRESET)
    other, knobs, light = predicted(ground, fitted, figures_named(WITHIN))
    model = fitted.procedures[CERTIFICATION].model
    assert model is not None
    assert (knobs.spread, knobs.office) == (model.spread, model.office)
    assert light.means == pytest.approx((6.6, 12.7, 12.3), abs=0.1)
    assert light.total == pytest.approx(27.7, abs=2.5)
    assert light.within == pytest.approx(0.72, abs=0.05)
    days = {row.id: row.days for row in other.procedures[CERTIFICATION].waits}
    usual = {row.id: row.days for row in fitted.procedures[CERTIFICATION].waits}
    assert days["doctor"] < usual["doctor"]


def test_the_means_of_the_1493_slower_insurers_predict_their_total_and_share(ground: Ground) -> None:
    _, _, light = predicted(ground, fitted_named(PRESET), figures_named(OVER))
    assert light.total == pytest.approx(40.4, abs=0.8)
    assert light.within == pytest.approx(0.23, abs=0.03)


def test_what_is_said_of_a_prediction_names_the_source_and_what_cannot_be_reached(ground: Ground) -> None:
    figures = figures_named(WITHIN)
    _, knobs, light = predicted(ground, fitted_named(PRESET), figures)
    said = "\n".join(of_prediction(figures, ground.periods, knobs, light))
    assert "第117回" in said
    assert "合わせ直さずに" in said
    few = figures.model_copy(update={"means": {**figures.means, "panel": 2.0}})
    _, knobs, light = predicted(ground, fitted_named(PRESET), few)
    assert "届きません" in "\n".join(of_prediction(few, ground.periods, knobs, light))


def test_what_is_said_of_a_check_has_the_parts_and_what_was_missed(spans: list[Span], ground: Ground) -> None:
    figures = figures_named(ALL).model_copy(update={"total": 99.0})
    said = "\n".join(of_check(figures, ground.periods, measured(spans, ground.periods, figures.days)))
    assert "合流" in said
    assert "会議の周期" in said
    assert "全体の平均が数字と-" in said


def test_a_run_takes_the_fitted_assumptions_and_says_so(declared: Definitions) -> None:
    one = laid_over(fitted_named(PRESET), simulated_of(declared, CERTIFICATION))
    turn = next(row for row in one.plan.waits if row.id == "panel_turn")
    assert (turn.during, turn.task) == ("primary_judged", "")
    assert "合わせた値" in one.plan.source
    assert one.own is not None
    assert "第117回" in one.own.source


def test_a_written_file_is_read_back_the_same(tmp_path: Path) -> None:
    fitted = fitted_named(PRESET)
    write(fitted, tmp_path / "again.toml", ["試し"])
    assert fitted_named(str(tmp_path / "again.toml")) == fitted


def test_a_procedure_that_nothing_was_fitted_for_stays_as_it_is(declared: Definitions, ground: Ground) -> None:
    one = simulated_of(declared, "pregnancy_notice")
    assert laid_over(fitted_named(PRESET), one) is one
    empty = Fitted(assumption=True, label="x", source="x", confidence="low", procedures={CERTIFICATION: FittedPlan()})
    with pytest.raises(Refusal, match="calibrate fit"):
        predicted(ground, empty, figures_named(ALL))
    with pytest.raises(UnknownThing, match=CERTIFICATION):
        periods_of(one.procedure)


def test_a_file_about_procedures_that_do_not_run_is_told(declared: Definitions) -> None:
    other = {"pregnancy_notice": simulated_of(declared, "pregnancy_notice")}
    assert all_laid_over(None, other) == other
    with pytest.raises(UnknownThing, match=CERTIFICATION):
        all_laid_over(fitted_named(PRESET), other)


def test_a_period_without_cases_and_a_city_without_sittings_are_told(declared: Definitions, ground: Ground) -> None:
    sunday = dt.date(2022, 5, 8)
    with pytest.raises(Refusal, match="進んだ案件がありません"):
        Trial(declared, sunday, sunday, ()).run(ground.periods, None)
    bare = replace(ground, city=ground.city.model_copy(update={"meetings": ()}))
    with pytest.raises(Refusal, match="介護認定審査会を開く曜日"):
        predicted(bare, fitted_named(PRESET), figures_named(ALL))


@pytest.mark.full
def test_the_ministrys_table_is_met_by_the_real_engine(declared: Definitions, ground: Ground) -> None:
    """39.8 days within half a day and 25.1 % within one point, by the file that comes with the program."""
    figures = figures_named(ALL)
    trial = Trial(declared, dt.date(2022, 4, 1), dt.date(2023, 3, 31), (1,))
    told = measured(trial.run(ground.periods, fitted_named(PRESET)), ground.periods, figures.days).told
    assert told.total == pytest.approx(39.8, abs=0.5)
    assert told.within == pytest.approx(0.251, abs=0.01)
    assert told.means == pytest.approx(target_of(figures, ground.periods).means, abs=0.4)
