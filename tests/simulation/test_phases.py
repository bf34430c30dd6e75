"""The split of the days where work runs side by side: every case's parts are those of its log."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from simulation.year import simulate
from tests.simulation.conftest import FIRST

if TYPE_CHECKING:
    from office.office import Definitions
    from simulation.results import ProcedureResults

DAY = 86_400


@pytest.fixture(scope="module")
def certifications(declared: Definitions) -> ProcedureResults:
    """Certifications of care need applied for on three days."""
    last = FIRST + dt.timedelta(days=2)
    return simulate(declared, first=FIRST, last=last, scenario="as-is", seed=1, only=["care_certification"]).procedures[
        0
    ]


def test_branches_that_run_side_by_side_are_told_apart(certifications: ProcedureResults) -> None:
    assert [one.id for one in certifications.phases] == ["survey", "opinion", "join", "board", "office"]
    assert {len(one.seconds) for one in certifications.phases} == {len(certifications.phases[0].seconds)}


def test_the_slower_branch_the_sitting_and_the_office_make_up_the_whole(certifications: ProcedureResults) -> None:
    survey, opinion, join, board, office = (one.seconds for one in certifications.phases)
    assert survey
    longest = max(lead.civil_days for lead in certifications.leads)
    for parts in zip(survey, opinion, join, board, office, strict=True):
        assert min(parts) >= 0
        assert max(parts[:2]) + parts[3] + parts[4] <= (longest + 1) * DAY + parts[2]


def test_a_procedure_whose_work_runs_in_a_line_has_no_split(declared: Definitions) -> None:
    alone = simulate(declared, first=FIRST, last=FIRST, scenario="as-is", seed=1, only=["insured_card_reissue"])
    assert alone.procedures[0].phases == ()
