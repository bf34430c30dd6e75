"""A comparison: pairs with the same luck, the same bytes however it was done, and a stop that loses nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from engine.errors import Refusal
from simulation.comparison import datasets, page, running, workers
from simulation.comparison.comparing import Compared, compare
from simulation.comparison.differences import differences, luck_shared, quantities, saved, steps, totals
from simulation.comparison.job import Job, plan_of
from simulation.comparison.journal import FILE
from simulation.statistics import Interval
from tests.simulation.comparison.conftest import CARD, LEVERS, SMALL
from tests.simulation.page_reader import read

if TYPE_CHECKING:
    from pathlib import Path

    from simulation.comparison.job import Place


def test_both_sides_have_the_same_people(compared: Compared) -> None:
    for pair in compared.pairs:
        assert len({totals(run).arrived for run in pair}) == 1
        channels = [run["procedures"][CARD]["channels"] for run in pair]
        assert sum(one["cases"] for one in channels[0].values()) == sum(one["cases"] for one in channels[2].values())
        assert totals(pair[1]).online >= totals(pair[0]).online
    assert compared.pairs[0] != compared.pairs[1]


def test_the_waterfall_leads_from_one_side_to_the_other(compared: Compared) -> None:
    told = steps(compared.pairs)
    assert told[0].hours + sum(one.change for one in told[1:]) == pytest.approx(told[-1].hours)
    hours = next(one for one in differences(compared.pairs, quantities(5)) if one.quantity.id == "hours")
    assert (hours.before, hours.after) == pytest.approx((told[0].hours, told[-1].hours))
    assert all(one.change < 0 for one in told[1:])


def test_the_step_done_away_with_is_the_only_unit_that_is_gone(compared: Compared) -> None:
    rows = {row["unit"]: row for row in datasets.work_units(compared)}
    assert rows["通知・交付"]["to_be"] == 0 < rows["通知・交付"]["as_is"]
    assert rows["決裁"]["change"] == pytest.approx(0)


def test_what_an_applicant_spends_follows_his_channel(compared: Compared) -> None:
    told = datasets.applicants(compared)
    assert told is not None
    assert told["as_is"] > told["to_be"]


def test_a_second_run_gives_the_same_bytes_whoever_did_what_first(
    compared: Compared, tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {(pair, rung): run for pair, runs in enumerate(compared.pairs) for rung, run in enumerate(runs)}

    @contextmanager
    def backwards(*_: object) -> Iterator[workers.Run]:
        yield lambda places: ((place, known[place]) for place in reversed(places))

    monkeypatch.setattr(running, "workers", backwards)
    again = compare(SMALL, str(folder / "levers.toml"), tmp_path)
    assert datasets.as_json(again) == datasets.as_json(compared)
    assert page.render(again) == page.render(compared)


def test_a_run_that_was_stopped_goes_on_where_it_was(
    compared: Compared, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {(pair, rung): run for pair, runs in enumerate(compared.pairs) for rung, run in enumerate(runs)}
    done: list[Place] = []

    def counts(_declared: object, _job: object, place: Place) -> dict[str, Any]:
        done.append(place)
        if len(done) == 3:
            raise KeyboardInterrupt
        return known[place]

    monkeypatch.setattr(workers, "run", counts)
    with pytest.raises(Refusal, match="続きから始めます"):
        compare(SMALL, str(folder / "levers.toml"), tmp_path)
    with (tmp_path / FILE).open("a") as torn:
        torn.write('{"pair": 1, "rung"')
    again = compare(SMALL, str(folder / "levers.toml"), tmp_path)
    assert len(done) == 7, "two were known"
    assert again.pairs == compared.pairs
    with pytest.raises(Refusal, match="別のもの"):
        compare(replace(SMALL, seed=2), str(folder / "levers.toml"), tmp_path)


def test_it_stops_at_the_first_pairs_that_are_enough(
    compared: Compared, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "run", lambda _declared, _job, place: compared.pairs[place[0] % 2][place[1]])
    wide = compare(replace(SMALL, pairs=9, halfwidth=1.0), str(folder / "levers.toml"), tmp_path / "wide")
    assert (len(wide.pairs), wide.enough) == (5, True)
    never = compare(replace(SMALL, pairs=7, halfwidth=1e-9), str(folder / "levers.toml"), tmp_path / "never")
    assert (len(never.pairs), never.enough) == (7, False)


@pytest.mark.full
def test_two_processes_give_the_same_runs_as_one(compared: Compared, folder: Path, tmp_path: Path) -> None:
    assert compare(replace(SMALL, workers=2), str(folder / "levers.toml"), tmp_path).pairs == compared.pairs


def made_up(work: Sequence[tuple[int, int]]) -> list[tuple[dict[str, Any], ...]]:
    """Pairs in which nothing but the seconds of work differs."""
    row = {"arrived": 10, "told": 10, "days": 50, "started": 10, "late": 1, "channels": {}}
    return [tuple({"procedures": {"a": {**row, "work": {"受理": one}}}} for one in pair) for pair in work]


def test_differences_are_those_of_paired_values_worked_out_by_hand() -> None:
    pairs = made_up([(36_000, 18_000), (72_000, 50_400), (54_000, 32_400)])
    found = {one.quantity.id: one for one in differences(pairs, quantities(73))}
    hours = found["yearly_hours"]
    assert (hours.before, hours.after, hours.change) == pytest.approx((75, 46.6666667, -28.3333333))
    assert isinstance(hours.interval, Interval)
    # s = 1 hour of the period over the root of 3, five times in a year; t(2) = 4.302653
    assert hours.interval.high - hours.change == pytest.approx(4.302653 * 5 * (1 / 3) ** 0.5 / 3**0.5)
    assert hours.sure
    assert not found["lead_days"].sure
    share = saved(pairs)
    assert share is not None
    assert share.share == pytest.approx((0.5 + 0.3 + 0.4) / 3)
    assert luck_shared(pairs) == pytest.approx(136)  # (18,000² + 2.6352e8) / 4.32e6


def test_one_pair_has_no_interval_and_nothing_to_divide_by_is_left_out() -> None:
    (hours,) = [one for one in differences(made_up([(3600, 1800)]), quantities(1)) if one.quantity.id == "hours"]
    assert (hours.interval, hours.sure) == (None, False)
    assert "online_share" not in {one.quantity.id for one in differences(made_up([(1, 1)]), quantities(1))}
    assert luck_shared(made_up([(3600, 1800)])) is None


def test_the_page_is_whole_offline_and_says_every_lever_once(compared: Compared) -> None:
    html = page.render(compared)
    found = read(html)
    assert found.unclosed == []
    ids = [tag["id"] for _, tag in found.tags if "id" in tag]
    assert len(ids) == len(set(ids))
    assert not {"http", "src=", "<script", "<b>試し"} & {
        word for word in ("http", "src=", "<script", "<b>試し") if word in html
    }
    assert "2組" in found.text
    for lever in compared.scenario.levers:
        assert lever.label in found.text


def test_the_numbers_lie_beside_the_page(compared: Compared) -> None:
    rows = datasets.every(compared)
    assert {name: bool(ours) for name, ours in rows.items()} == dict.fromkeys(rows, True)
    assert len(rows["runs"]) == 6
    text = datasets.as_csv([{"label": "=1+1", "hours": 1 / 3, "low": None}])
    assert text == "label,hours,low\r\n'=1+1,0.333333,\r\n"


def test_a_period_or_number_of_pairs_that_cannot_be_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "levers.toml"
    file.write_text(LEVERS, encoding="utf-8")
    for asked in (replace(SMALL, pairs=0), replace(SMALL, last=SMALL.first.replace(year=2024))):
        with pytest.raises(Refusal):
            compare(asked, str(file), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_fitted_assumptions_lie_beneath_the_levers(
    compared: Compared, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fitted = tmp_path / "fitted.toml"
    head = 'assumption = true\nlabel = "実測"\nsource = "試し"\nconfidence = "low"\n'
    fitted.write_text(f"{head}[procedures.{CARD}.minutes]\nreception = 20\n", encoding="utf-8")
    seen: list[float] = []

    def counts(_declared: object, job: Job, place: Place) -> dict[str, Any]:
        plan = job.rungs[place[1]].of_plan(CARD, plan_of(compared.declared, CARD, job.fitted))
        seen.append(next(row for row in plan.work if row.id == "reception").as_is)
        return compared.pairs[place[0]][place[1]]

    monkeypatch.setattr(workers, "run", counts)
    compare(replace(SMALL, fitted=str(fitted)), str(folder / "levers.toml"), tmp_path / "out")
    assert set(seen) == {20}
