"""A clock may be extended as often and as long as is declared; its end makes possible what follows from it."""

import datetime as dt
from typing import Any

import pytest

from engine.errors import MadoguchiError, NotPossibleNow
from engine.state import ClockRun
from tests.engine.desk import MONDAY, Case, Desk
from tests.engine.made_up.shelf import Shelf, legal
from tests.engine.test_scope import seen

ENDS = "2022-07-06"  # thirty days after Monday, 6 June


@pytest.fixture
def town(desk: Desk) -> Desk:
    return desk.using(legal())


def submitted(town: Desk) -> Case:
    case = town.open("square")
    case.fire("submit", "applicant:p1", {"name": "山田"})
    return case


def statutory(case: Case) -> ClockRun:
    return case.whole.clocks["statutory"]


def extend(case: Case, until: str | None) -> None:
    case.fire("extend", "clerk:k1", {"expected_on": until} if until else {})


def with_clock(name: str, **changes: Any) -> Shelf:  # noqa: ANN401 - other keys
    procedure = legal().procedures["square"]
    clock = procedure.clocks[name].model_dump(by_alias=True, exclude_defaults=True) | changes
    changed = procedure.model_dump(by_alias=True, exclude_defaults=True)
    changed["clocks"] = {**changed["clocks"], name: clock}
    return Shelf({"square": type(procedure).model_validate(changed)})


def test_an_extension_moves_the_end_tells_it_and_leaves_the_case_where_it_is(town: Desk) -> None:
    case = submitted(town)
    assert statutory(case).due_on == ENDS
    extend(case, "2022-08-01")
    run = statutory(case)
    assert (run.state, run.due_on, run.extensions) == ("running", "2022-08-01", [["2022-06-06", "2022-08-01"]])
    assert case.state == "arrived"
    assert [sent[3] for sent in town.deliver()] == ["applicant"]
    assert seen(case, "clocks")["statutory"]["extended"] == 1


def test_the_old_end_passes_without_a_breach_and_the_new_one_is_overrun(town: Desk) -> None:
    case = submitted(town)
    extend(case, "2022-08-01")
    town.pass_time(until=dt.datetime(2022, 8, 1, 23, 59, 59, tzinfo=MONDAY.tzinfo))
    assert not statutory(case).overran
    town.pass_time(until=dt.datetime(2022, 8, 2, tzinfo=MONDAY.tzinfo))
    assert statutory(case).breached
    assert case.events().count("statutory_over") == 1


def test_one_more_than_the_most_is_refused_with_the_rule(town: Desk) -> None:
    case = submitted(town)
    for until in ("2022-08-01", "2022-09-01"):
        extend(case, until)
    before = case.events()
    assert "extend" not in [option.event for option in case.options("clerk:k1")]
    with pytest.raises(NotPossibleNow, match=r"延ばせるのは2回まで.*広場条例5条") as refused:
        extend(case, "2022-10-01")
    assert (refused.value.facts["clock"], refused.value.facts["law"]) == ("statutory", "square-5")
    assert (case.events(), statutory(case).due_on) == (before, "2022-09-01")


def test_once_means_once(desk: Desk) -> None:
    by = {"event": "extend", "new_limit": "given.delay.expected_on"}
    case = submitted(desk.using(with_clock("statutory", extended_by=by)))
    extend(case, "2022-08-01")
    with pytest.raises(NotPossibleNow, match="1回まで"):
        extend(case, "2022-09-01")


def test_after_the_end_it_is_refused_with_the_rule(town: Desk) -> None:
    case = submitted(town)
    town.pass_time(days=31)
    with pytest.raises(NotPossibleNow, match=rf"期限\({ENDS}\)は過ぎています.*広場条例5条"):
        extend(case, "2022-08-01")


def test_where_the_law_lets_it_come_late_the_end_counts_anew_and_what_passed_is_not_forgotten(desk: Desk) -> None:
    by = {"event": "extend", "new_limit": "given.delay.expected_on", "repeat": True, "late": True}
    case = submitted(desk.using(with_clock("statutory", extended_by=by)))
    case.desk.pass_time(days=31)
    extend(case, "2022-08-01")
    assert (statutory(case).breached, statutory(case).overran, statutory(case).due_on) == (False, True, "2022-08-01")
    case.desk.pass_time(days=60)
    assert case.events().count("statutory_over") == 2


@pytest.mark.parametrize(
    ("until", "why"),
    [(None, "新しい期限が書かれていません"), (ENDS, "今の期限"), ("2022-06-30", "より後の日にしてください")],
)
def test_a_new_end_that_is_none_or_no_later_is_refused_with_nothing_stored(
    town: Desk, until: str | None, why: str
) -> None:
    case = submitted(town)
    before = case.events()
    with pytest.raises(NotPossibleNow, match=why):
        extend(case, until)
    assert (case.events(), town.deliver()) == (before, [])


def test_a_late_extension_to_a_day_that_has_passed_is_refused(desk: Desk) -> None:
    by = {"event": "extend", "new_limit": "given.delay.expected_on", "late": True}
    case = submitted(desk.using(with_clock("statutory", extended_by=by)))
    case.desk.pass_time(days=60)
    with pytest.raises(NotPossibleNow, match="もう過ぎた日"):
        extend(case, "2022-07-20")


def test_a_pause_after_the_extension_lengthens_what_it_gave(desk: Desk) -> None:
    case = submitted(desk.using(with_clock("statutory", pauses_in=["correction"])))
    extend(case, "2022-08-01")
    case.desk.pass_time(days=2)
    case.fire("ask_correction", "clerk:k1", {"due_on": "2022-07-30"})
    case.desk.pass_time(days=10)
    case.fire("correct", "applicant:p1")
    assert statutory(case).due_on == "2022-08-11"


def test_a_clock_that_stands_still_is_extended_and_goes_on_to_the_new_end(desk: Desk) -> None:
    case = submitted(desk.using(with_clock("statutory", pauses_in=["correction"])))
    case.fire("ask_correction", "clerk:k1", {"due_on": "2022-07-30"})
    case.desk.pass_time(days=10)
    extend(case, "2022-08-01")
    assert (statutory(case).state, statutory(case).due_on) == ("paused", None)
    case.desk.pass_time(days=3)
    case.fire("correct", "applicant:p1")
    assert statutory(case).due_on == "2022-08-04"


def test_a_clock_satisfied_by_the_notice_itself_ends_with_it(desk: Desk) -> None:
    case = submitted(desk.using(with_clock("statutory", satisfied_by=["grant", "extend"], extended_by=None)))
    extend(case, "2022-08-01")
    assert statutory(case).state == "satisfied"


def test_a_clock_that_does_not_run_cannot_be_extended(desk: Desk) -> None:
    case = submitted(desk.using(with_clock("statutory", starts=["grant"])))
    with pytest.raises(NotPossibleNow, match="進んでいません"):
        extend(case, "2022-08-01")


def test_what_the_end_makes_possible_is_refused_before_it_with_the_rule(town: Desk) -> None:
    case = submitted(town)
    with pytest.raises(NotPossibleNow, match=rf"が過ぎてからです.*{ENDS}.*広場条例6条"):
        case.fire("claim", "applicant:p1")
    town.pass_time(days=31)
    assert "claim" in [option.event for option in case.options("applicant:p1")]
    case.fire("claim", "applicant:p1")
    assert (case.state, case.whole.case.outcome) == ("deemed", "deemed")


def test_nothing_is_deemed_unless_somebody_claims_it(town: Desk) -> None:
    case = submitted(town)
    town.pass_time(days=400)
    assert case.state == "arrived"


def test_an_automatic_consequence_happens_with_the_end_before_anything_else_is_done(town: Desk) -> None:
    case = submitted(town)
    case.fire("ask_correction", "clerk:k1", {"due_on": "2022-06-20"})
    assert case.state == "correction"
    town.clock.set(MONDAY + dt.timedelta(days=15))
    with pytest.raises(MadoguchiError, match=r"「期限の経過\(補正の期限\)」を.*システム"):
        case.fire("correct", "applicant:p1")
    town.engine.tick()
    assert (case.state, case.events()[-2:]) == ("lapsed", ["no_answer", "lapse"])


def test_an_end_given_by_an_answer_moves_with_the_answer(town: Desk) -> None:
    case = submitted(town)
    case.fire("ask_correction", "clerk:k1", {"due_on": "2022-06-20"})
    assert case.whole.clocks["answer"].due_on == "2022-06-20"
    case.fire("give_more_time", "clerk:k1", {"due_on": "2022-06-27"})
    assert case.whole.clocks["answer"].due_on == "2022-06-27"
    town.pass_time(days=15)
    assert case.state == "correction"


def test_an_end_given_by_a_fact_is_awaited_from_when_it_is_known(town: Desk) -> None:
    case = submitted(town)
    assert closing(case) == (None, False)
    case.establish("clerk:k1", closes_on="2022-06-15")
    assert closing(case) == ("2022-06-15", True)
    case.establish("clerk:k1", closes_on=None)
    assert closing(case) == (None, False)
    case.establish("clerk:k1", closes_on="2022-06-10")
    town.pass_time(days=5)
    assert case.whole.clocks["closing"].breached


def closing(case: Case) -> tuple[str | None, bool]:
    """Until when the square is open, and whether that is waited for."""
    return case.whole.clocks["closing"].due_on, (0, "clock:closing") in case.whole.timers
