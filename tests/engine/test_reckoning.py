"""How the dates of a clock came about is told in the order in which it happened, and adds up to the stored dates."""

import datetime as dt
from typing import Any

import pytest

from engine.reckoning import Reckoned, dated, reckoned
from engine.store import Store
from tests.engine.desk import MONDAY, Case, Desk
from tests.engine.journeys import in_memory
from tests.engine.made_up.shelf import legal
from tests.engine.test_extensions import extend, submitted, with_clock

Told = list[tuple[str, tuple[str, ...], str | None]]


@pytest.fixture
def town() -> Desk:
    return in_memory().using(legal())


def with_statutory(**changes: Any) -> Case:  # noqa: ANN401 - other keys of the clock
    return submitted(in_memory().using(with_clock("statutory", **changes)))


def of(case: Case, clock: str = "statutory") -> Reckoned:
    return next(one for one in case.ask(reckoned) if one.clock == clock)


def told(case: Case, clock: str = "statutory") -> Told:
    """The steps that happened: the words, how it was counted, and the end."""
    today = case.desk.clock.now().date()
    steps = [step for step in of(case, clock).steps if step.on <= today]
    return [(step.says, step.how, step.due_on.isoformat() if step.due_on else None) for step in steps]


FIRST = ("申請する: 到達の日から数える", ("初日は数えず(民法140条)、30日目",), "2022-07-06")


def test_the_start_is_told_with_what_is_counted_and_the_ground(town: Desk) -> None:
    case = submitted(town)
    assert told(case) == [FIRST]
    assert of(case).law == "広場条例5条"


def test_what_is_still_to_come_is_told_last(town: Desk) -> None:
    to_come = [(step.on.isoformat(), step.says, step.how) for step in of(submitted(town)).steps[1:]]
    assert to_come == [
        *((f"2022-{day}", f"期限の{n}日前に知らせる(条件に合えば)", ()) for day, n in [("06-26", 10), ("07-01", 5)]),
        ("2022-07-05", "期限の1日前に知らせる(条件に合えば)", ()),
        ("2022-07-07", "この日になると期限を過ぎる", ("却下とみなすことができる(広場条例6条)",)),
    ]


def test_a_pause_is_told_with_its_state_and_its_length() -> None:
    case = with_statutory(pauses_in=["correction"])
    case.desk.pass_time(days=2)
    case.fire("ask_correction", "clerk:k1", {"due_on": "2022-06-30"})
    case.desk.pass_time(days=6)
    case.fire("correct", "applicant:p1")
    assert told(case) == [
        FIRST,
        ("補正を求める: 止まる(補正待ち)", (), None),
        ("補正する: また進む。6日止まった", (), "2022-07-12"),
    ]


def test_an_end_on_a_closed_day_is_told_with_the_day_it_moves_from(town: Desk) -> None:
    case = submitted(town)
    town.pass_time(days=2)
    case.fire("ask_correction", "clerk:k1", {"due_on": "2022-06-30"})
    town.pass_time(days=6)
    case.fire("correct", "applicant:p1")
    moved = "満了日 2022-08-11(木) は祝日(山の日)なので次の開庁日"
    assert told(case, "standard")[-1] == ("補正する: また進む。6日止まった", (moved,), "2022-08-12")


@pytest.mark.parametrize(
    ("limit", "on", "how", "due_on"),
    [
        ({"months": 3}, "2022-06-06", "応当日の前日(民法143条2項)", "2022-09-06"),
        ({"months": 3}, "2022-11-30", "応当日の前日(民法143条2項)", "2023-02-28"),
        ({"months": 3}, "2022-11-29", "応当日がなく、月の末日(民法143条2項)", "2023-02-28"),
        ({"years": 2}, "2024-02-28", "応当日がなく、月の末日(民法143条2項)", "2026-02-28"),
        ({"years": 2}, "2022-06-06", "応当日の前日(民法143条2項)", "2024-06-06"),
    ],
)
def test_months_and_years_are_told_by_their_corresponding_day(
    limit: dict[str, int], on: str, how: str, due_on: str
) -> None:
    desk = in_memory().using(with_clock("statutory", limit=limit))
    desk.clock.set(dt.datetime.fromisoformat(f"{on}T10:00").replace(tzinfo=MONDAY.tzinfo))
    _, (start, corresponding), end = told(submitted(desk))[0]
    first = dt.date.fromisoformat(on) + dt.timedelta(days=1)
    length = f"{limit['years']}年" if "years" in limit else f"{limit['months']}か月"
    assert (start, corresponding, end) == (f"初日は数えず(民法140条)、{dated(first)} から{length}", how, due_on)


def test_opening_days_are_told_as_such() -> None:
    case = with_statutory(limit={"days": 5, "unit": "opening"})
    assert told(case)[0][1:] == (("初日は数えず(民法140条)、5開庁日目",), "2022-06-13")


def test_an_extension_its_rungs_and_the_overrun_are_told_with_the_law(town: Desk) -> None:
    case = submitted(town)
    town.pass_time(days=26)
    extend(case, "2022-08-01")
    town.pass_time(days=40)
    label = "30日以内の決定"
    rung, late = f"期限の予告({label})", [(10, "2022-07-22(金)"), (5, "2022-07-27(水)"), (1, "2022-07-31(日)")]
    assert told(case) == [
        FIRST,
        (f"{rung}: 10日前", ("その日は 2022-06-26(日)",), None),
        (f"{rung}: 5日前", ("その日は 2022-07-01(金)",), None),
        ("延期を通知する: 期限を改める(広場条例5条)", (), "2022-08-01"),
        *((f"{rung}: {n}日前", (f"その日は {day}",), None) for n, day in late),
        (
            f"期限の経過({label}): 期限を過ぎた",
            ("2022-08-02(火) から過ぎていた", "却下とみなすことができる(広場条例6条)"),
            None,
        ),
    ]


def test_rungs_that_lay_behind_already_are_not_told_as_reached() -> None:
    case = with_statutory(limit={"days": 3})
    case.desk.pass_time(days=1)
    assert [says for says, *_ in told(case)[1:]] == [
        "申請する: 期限の10日前はもう過ぎていた",
        "期限の予告(30日以内の決定): 5日前",
    ]


def test_a_day_that_somebody_gives_is_told_by_its_name(town: Desk) -> None:
    case = submitted(town)
    case.establish("clerk:k1", closes_on="2022-06-15")
    assert told(case, "closing") == [
        ("申請する: 期限は広場が閉まる日。まだ分からない", (), None),
        ("事実の記録: 期限の日が決まった", (), "2022-06-15"),
    ]
    case.fire("ask_correction", "clerk:k1", {"due_on": "2022-06-30"})
    assert told(case, "answer") == [("補正を求める: 期限は「補正の求め」のdue_on", (), "2022-06-30")]


def test_how_a_clock_ended_is_told(town: Desk) -> None:
    case = submitted(town)
    case.fire("ask_correction", "clerk:k1", {"due_on": "2022-06-30"})
    case.fire("correct", "applicant:p1")
    case.fire("withdraw", "applicant:p1")
    assert told(case, "answer")[-1] == ("補正する: これで済んだ", (), None)
    assert told(case)[-1] == ("取り下げる: 案件が終わり、打ち切る", (), None)


def test_of_a_clock_that_started_anew_only_the_last_run_is_told() -> None:
    case = with_statutory(starts=["submit", "correct"], satisfied_by=["ask_correction"])
    case.fire("ask_correction", "clerk:k1", {"due_on": "2022-06-30"})
    case.desk.pass_time(days=3)
    case.fire("correct", "applicant:p1")
    assert told(case) == [("補正する: 到達の日 2022-06-06(月) から数える", *FIRST[1:])]


def test_the_days_one_by_one_end_on_the_end_that_is_stored() -> None:
    case = with_statutory(pauses_in=["correction"], limit={"days": 10, "shift": "next_open"})
    case.desk.pass_time(days=2)
    case.fire("ask_correction", "clerk:k1", {"due_on": "2022-06-30"})
    case.desk.pass_time(days=2)
    case.fire("correct", "applicant:p1")
    days = of(case).days
    assert days[0] == (dt.date(2022, 6, 6), "初日は数えない(民法140条)")
    assert [why for _, why in days].count("停止中で数えない") == 2
    assert days[-1] == (dt.date(2022, 6, 20), "休日の翌開庁日・期限")
    assert of(case).run.due_on == "2022-06-20"


def test_after_an_extension_the_days_go_on_from_the_day_of_the_notice() -> None:
    case = with_statutory(limit={"days": 3}, pauses_in=["correction"])
    case.desk.pass_time(days=1)
    extend(case, "2022-06-12")
    case.desk.pass_time(days=1)
    case.fire("ask_correction", "clerk:k1", {"due_on": "2022-06-30"})
    case.desk.pass_time(days=2)
    case.fire("correct", "applicant:p1")
    said = [(day.day, why) for day, why in of(case).days]
    assert said[3:6] == [(9, "3日目・期限"), (7, "延期した日。期限は 2022-06-12(日)"), (8, "1日目")]
    assert [said[6], said[7], said[-1]] == [(9, "停止中で数えない"), (10, "停止中で数えない"), (14, "5日目・期限")]
    assert of(case).run.due_on == "2022-06-14"


def test_a_case_without_clocks_has_nothing_to_tell(town: Desk) -> None:
    assert isinstance(town.store, Store)
    assert town.open("square").ask(reckoned) == ()
