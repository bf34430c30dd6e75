"""The search for staff: the fewest from which on the bound is kept, the curve, and what cannot be searched for."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from engine.errors import Refusal, UnknownThing
from simulation.comparison import comparing, staff_page
from simulation.comparison.staffing import Sought, Staffed, Tried, search
from simulation.statistics import Interval
from tests.simulation.comparison.conftest import SMALL
from tests.simulation.page_reader import read

if TYPE_CHECKING:
    from pathlib import Path

    from office.office import Definitions

COUNTER = "care_insurance/counter"
ASKED = replace(SMALL, pairs=1)


@pytest.fixture(scope="module")
def found(declared: Definitions, tmp_path_factory: pytest.TempPathFactory) -> Staffed:
    """One and two people at a counter, with the same luck."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(comparing, "definitions", lambda *_: declared)
        return search(ASKED, Sought(COUNTER, 0.05, 1, 2), tmp_path_factory.mktemp("staff"))


def with_curve(found: Staffed, *late: float) -> Staffed:
    """The same search with other shares of late cases, from one person on."""
    rows = [Tried(n, share, Interval(share, share + 0.02), 3.0, 0.5, 0) for n, share in enumerate(late, 1)]
    return replace(found, tried=tuple(rows))


def test_every_number_is_tried_with_the_same_people_and_more_people_are_less_busy(found: Staffed) -> None:
    ((one, two),) = found.pairs
    assert [run["posts"][COUNTER]["people"] for run in (one, two)] == [1, 2]
    assert one["procedures"]["insured_card_reissue"]["arrived"] == two["procedures"]["insured_card_reissue"]["arrived"]
    alone, both = found.tried
    assert alone.load is not None
    assert both.load is not None
    assert alone.load > both.load > 0


def test_the_fewest_is_that_from_which_on_every_number_keeps_the_bound(found: Staffed) -> None:
    dips = with_curve(found, 0.3, 0.04, 0.08, 0.04, 0.01)
    assert dips.fewest is not None
    assert (dips.fewest.people, dips.sure) == (4, False)
    assert with_curve(found, 0.3, 0.01, 0.02).sure
    never = with_curve(found, 0.3, 0.2)
    assert never.fewest is None
    assert "できません" in staff_page.points(never)[0].text


def test_a_few_pairs_without_a_late_case_prove_little(found: Staffed) -> None:
    assert found.tried[1].late == 0
    assert found.fewest is not None
    assert not found.sure
    assert all(one.interval is not None and one.interval.high > 0.1 for one in found.tried)


def test_the_page_and_the_numbers_tell_the_curve(found: Staffed, tmp_path: Path) -> None:
    told = with_curve(found, 0.3, 0.1, 0.01)
    path = staff_page.write(told, tmp_path)
    html = path.read_text(encoding="utf-8")
    page = read(html)
    assert page.unclosed == []
    assert "http" not in html
    assert "3人いれば" in page.text
    numbers = json.loads((tmp_path / staff_page.NUMBERS).read_text(encoding="utf-8"))
    assert (numbers["fewest"], numbers["now"], len(numbers["tried"])) == (3, 3, 3)
    assert (tmp_path / staff_page.SHEET).read_text(encoding="utf-8-sig").count("\n") == 4


@pytest.mark.parametrize(
    ("sought", "kind", "said"),
    [
        (Sought("care_insurance/countr", 0.05), UnknownThing, "care_insurance/counter のことですか"),
        (Sought("nursery/clerk", 0.05), UnknownThing, "この市で動かす手続にありません"),
        (Sought(COUNTER, 0.05, 0, 2), Refusal, "探せません"),
        (Sought(COUNTER, 0.05, 3, 2), Refusal, "探せません"),
        (Sought(COUNTER, 0.05, 1, 5000), Refusal, "探せません"),
        (Sought(COUNTER, 0.05, scenario="onlin"), UnknownThing, "online のことですか"),
    ],
    ids=["misspelt", "idle post", "nobody", "backwards", "absurd", "scenario"],
)
def test_what_cannot_be_searched_for_is_a_sentence(
    sought: Sought, kind: type[Refusal], said: str, tmp_path: Path
) -> None:
    with pytest.raises(kind, match=said):
        search(ASKED, sought, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_procedure_without_a_limit_cannot_be_late(tmp_path: Path) -> None:
    asked = replace(ASKED, only=("building_survey",))
    with pytest.raises(Refusal, match="期限がない"):
        search(asked, Sought("safety_and_residents/survey_team", 0.05), tmp_path / "out")
