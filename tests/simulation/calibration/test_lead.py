"""The light model of the lead time: what it is made of, and that a fit finds what it was made with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from simulation.calibration.lead import Frame, Knobs, Lead, Told, told

FRAME = Frame(((1.5, 7.0), (14.5,)), (0, 0, 0, 1, 5), 7, (1, 3), 30, samples=300)
KNOBS = Knobs(office=2.0, spread=0.5, branches=(0.9, 1.05), turn=6.0)
NOTHING = Told((0, 0, 0), 0, 0)


def test_a_join_takes_longer_than_the_longer_branch_on_average() -> None:
    found = told(FRAME, KNOBS)
    assert found.total > max(found.means[:2]) + found.means[2] + 1


def test_without_waits_only_the_sittings_and_the_closed_days_are_left() -> None:
    found = told(replace(FRAME, before=(0,)), Knobs(0, 0.5, (0, 0), 0))
    assert found.means[:2] == (0, 0)
    assert 7 <= found.total < 7 + 7
    assert found.within == 1


@pytest.mark.parametrize("spread", [0.3, 0.6])
def test_more_spread_and_more_days_at_the_office_make_it_longer(spread: float) -> None:
    usual = told(FRAME, replace(KNOBS, spread=spread))
    assert told(FRAME, replace(KNOBS, spread=spread + 0.4)).total > usual.total
    assert told(FRAME, replace(KNOBS, spread=spread, office=5.0)).total > usual.total + 2


def test_a_fit_finds_the_figures_that_known_values_give() -> None:
    target = told(FRAME, KNOBS)
    lead = Lead(FRAME, NOTHING)
    found = lead.told(lead.fitted(target, Knobs(0, 1.0, (1, 1), 1.0)))
    assert found.means == pytest.approx(target.means, abs=0.2)
    assert found.total == pytest.approx(target.total, abs=0.3)
    assert found.within == pytest.approx(target.within, abs=0.03)


def test_what_the_engine_says_more_is_carried_along() -> None:
    missed = Told((1.0, -0.5, 0.0), 2.0, 0.0)
    lead = Lead(FRAME, missed)
    found = lead.stretched(KNOBS, (10.9, 18.0, 16.9))
    assert lead.told(found).means == pytest.approx((10.9, 18.0, 16.9), abs=0.2)
    assert lead.told(found).total == pytest.approx(told(FRAME, found).total + 2.0)


def test_a_mean_below_what_the_sittings_take_gives_a_wait_of_nothing() -> None:
    lead = Lead(FRAME, NOTHING)
    found = lead.stretched(KNOBS, (10.9, 18.0, 3.0))
    assert found.turn == 0
    assert lead.told(found).means[2] > 7
