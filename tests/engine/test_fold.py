"""The reducer: a case's present state is the fold of the effects in its events, and nothing else."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.fold import apply, begin, fold
from engine.state import ClockRun, LogRow, TaskState, TimerRun, Whole
from engine.store import chained
from engine.store.canonical import canonical

GIVEN = {"procedure": "p", "edition": "e", "municipality": "m", "state": "draft", "filer": "p1", "memo": {}}
NOON = 1_654_484_400  # 6 June 2022, noon in Japan
DAY = 86_400


def fresh() -> Whole:
    return begin(7, NOON, dict(GIVEN))[0]


def after(*effects: list[Any], at: int = NOON + DAY) -> Whole:
    whole = fresh()
    for effect in effects:
        apply(whole, effect, at)
    return whole


def log(*events: list[list[Any]]) -> list[LogRow]:
    """A history: one row for each list of effects, the first with the opening."""
    rows: list[LogRow] = []
    for n, effects in enumerate(events):
        said = [["opened", GIVEN], *effects] if n == 0 else effects
        head = rows[-1].hash if rows else ""
        columns = (7, n + 1, NOON + n, f"e{n}", "event", 0, "p", "post", "", "", "e", canonical(said), "")
        rows.append(chained(head, columns))
    return rows


def test_a_case_begins_with_what_its_opening_says() -> None:
    case = fresh().case
    assert (case.id, case.state, case.opened_at, case.state_since, case.version) == (7, "draft", NOON, NOON, 0)


def test_a_move_sets_state_desk_and_since_when() -> None:
    case = after(["state", "review", "clerk"]).case
    assert (case.state, case.desk, case.state_since) == ("review", "clerk", NOON + DAY)


def test_arrival_outcome_and_decision_are_dated_by_their_event() -> None:
    case = after(["arrived"], ["outcome", "granted", True], ["closed", True]).case
    assert (case.arrived_at, case.outcome, case.decided_at, case.closed) == (NOON + DAY, "granted", NOON + DAY, True)


def test_an_outcome_without_a_decision_has_no_date() -> None:
    assert after(["outcome", "withdrawn", False]).case.decided_at is None


def test_a_pin_sets_edition_nature_and_priority() -> None:
    case = after(["pin", "f", "report", 1]).case
    assert (case.edition, case.nature, case.priority) == ("f", "report", 1)


def test_a_memo_is_set_by_key_and_taken_back_by_null() -> None:
    whole = after(["memo", "facts", "fee", "d1"], ["memo", "facts", "width", "d2"], ["memo", "facts", "fee", None])
    assert whole.case.memo == {"facts": {"width": "d2"}}
    assert after(["memo", "facts", "fee", None]).case.memo == {"facts": {}}


def test_a_task_opens_moves_and_remembers() -> None:
    whole = after(
        ["task+", 1, "survey", {"state": "going", "desk": "clerk", "post": None, "open": True, "memo": {}}],
        ["task.memo", 1, "absent", True],
        ["task", 1, {"state": "done", "desk": None, "open": False}],
    )
    expected = TaskState(
        7, 1, "survey", "done", NOON + DAY, NOON + DAY, None, open=False, version=1, memo={"absent": True}
    )
    assert whole.tasks == {1: expected}


def test_a_task_that_stays_in_its_state_keeps_since_when() -> None:
    whole = after(["task+", 1, "survey", {"state": "going"}])
    apply(whole, ["task", 1, {}], NOON + 5 * DAY)
    assert (whole.tasks[1].state_since, whole.tasks[1].version) == (NOON + DAY, 1)


def test_a_clock_starts_pauses_resumes_and_ends_on_civil_days() -> None:
    whole = after(["clock+", "standard", "2022-06-06", "2022-07-06"])
    apply(whole, ["clock.pause", "standard"], NOON)
    assert whole.clocks["standard"] == ClockRun(7, "standard", "paused", "2022-06-06", None, [["2022-06-06", None]])
    apply(whole, ["clock.resume", "standard", "2022-07-08"], NOON + 2 * DAY)
    apply(whole, ["clock.breach", "standard"], NOON + 40 * DAY)
    apply(whole, ["clock.end", "standard", "satisfied"], NOON + 41 * DAY)
    pauses: list[list[str | None]] = [["2022-06-06", "2022-06-08"]]
    run = ClockRun(7, "standard", "satisfied", "2022-06-06", "2022-07-08", pauses, "2022-07-17", breached=True)
    assert whole.clocks["standard"] == run


def test_a_clock_that_is_stopped_was_not_satisfied() -> None:
    whole = after(["clock+", "standard", "2022-06-06", None], ["clock.end", "standard", "stopped"])
    assert (whole.clocks["standard"].state, whole.clocks["standard"].satisfied_on) == ("stopped", None)


def test_a_timer_is_set_moved_and_dropped() -> None:
    whole = after(["timer+", 0, "close", 5, 1], ["timer+", 0, "close", 9, 2], ["timer+", 1, "remind", 3, 1])
    apply(whole, ["timer-", 1, "remind"], NOON)
    apply(whole, ["timer-", 1, "never set"], NOON)
    assert whole.timers == {(0, "close"): TimerRun(7, 0, "close", 9, 2)}


@pytest.mark.parametrize("effect", [["notice", 1, "n", "r", "d"], ["number", "s", "x", 1], ["link", 1, "a", "b", "c"]])
def test_what_has_a_table_of_its_own_leaves_the_state_alone(effect: list[Any]) -> None:
    assert after(effect) == fresh()


def test_an_effect_that_nobody_knows_is_an_error_and_never_passed_over() -> None:
    with pytest.raises(KeyError):
        after(["teleport", "granted"])


def test_what_is_recorded_does_not_change_with_the_case() -> None:
    given: dict[str, Any] = {**GIVEN, "memo": {"opened": {"by": "clerk"}}}
    whole, effect = begin(7, NOON, given)
    apply(whole, ["memo", "opened", "by", "somebody"], NOON)
    opened = ["task+", 1, "survey", {"state": "going", "memo": {"role": "r"}}]
    apply(whole, opened, NOON)
    apply(whole, ["task.memo", 1, "role", "s"], NOON)
    assert (effect[1]["memo"], opened[3]) == ({"opened": {"by": "clerk"}}, {"state": "going", "memo": {"role": "r"}})


def test_folding_sets_version_and_head_from_the_last_row() -> None:
    rows = log([], [["state", "review", None]], [["arrived"]])
    whole = fold(rows)
    assert whole is not None
    assert (whole.case.version, whole.case.head) == (3, rows[-1].hash)
    assert (whole.case.state, whole.case.arrived_at) == ("review", NOON + 2)


def test_folding_asks_no_definition_and_changes_nothing_it_is_given() -> None:
    rows = log([["memo", "given", "form", 1]], [["memo", "given", "form", 2]])
    before = [row.effects for row in rows]
    assert fold(rows) == fold(rows)
    assert [row.effects for row in rows] == before


EFFECTS = st.one_of(
    st.tuples(st.just("state"), st.sampled_from(["a", "b"]), st.none() | st.just("clerk")),
    st.tuples(st.just("memo"), st.sampled_from(["x", "y"]), st.sampled_from(["k", "l"]), st.none() | st.integers()),
    st.tuples(st.just("closed"), st.booleans()),
    st.tuples(st.just("timer+"), st.just(0), st.sampled_from(["t", "u"]), st.integers(0, 99), st.just(1)),
    st.tuples(st.just("timer-"), st.just(0), st.sampled_from(["t", "u"])),
    st.tuples(st.just("clock+"), st.just("c"), st.just("2022-06-06"), st.none() | st.just("2022-07-06")),
).map(list)


@given(st.lists(st.lists(EFFECTS, max_size=4), min_size=1, max_size=6))
def test_applying_effects_one_by_one_and_folding_their_log_give_the_same(events: list[list[list[Any]]]) -> None:
    whole = fresh()
    for n, effects in enumerate(events):
        for effect in effects:
            apply(whole, effect, NOON + n)
    rows = log(*events)
    whole.case.version, whole.case.head = len(rows), rows[-1].hash
    assert fold(rows) == whole
    assert json.loads(rows[0].effects)[0][0] == "opened"
