"""Over four hundred legal dates of running clocks are those of a second implementation, made from the rule texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from engine.clock import JST
from engine.reckoning import reckoned
from tests.engine import legal_rules as rules
from tests.engine.desk import Case, Desk
from tests.engine.journeys import in_memory
from tests.engine.made_up.shelf import legal

Day = dt.date


@dataclass(frozen=True)
class Life:
    """From when a case is counted, and what happens so many days after it.

    `stops` are the days on which correction is asked and answered, `extended` those on which an extension is told, each
    with that of the new end.
    """

    began: Day
    stops: tuple[tuple[int, int], ...] = ()
    extended: tuple[tuple[int, int], ...] = ()

    def on(self, days: int) -> Day:
        return self.began + dt.timedelta(days=days)


DAYS = (
    # month ends, and the days around 31 March
    *("2023-01-31", "2023-03-31", "2023-04-30", "2023-05-31", "2023-08-31", "2023-10-31", "2024-03-30", "2024-04-01"),
    # leap days: in a leap year, before one, three months and two years before one
    *("2024-02-28", "2024-02-29", "2024-03-01", "2023-02-28", "2023-11-28", "2023-11-29", "2023-11-30", "2022-02-27"),
    *("2022-02-28", "2026-02-28", "2024-01-30", "2024-01-31", "2023-12-01"),
    # the year's end, and what ends in it
    *("2022-12-14", "2022-12-15", "2022-12-28", "2022-12-29", "2022-12-31", "2023-01-03", "2023-12-04", "2024-12-13"),
    *("2023-12-14", "2023-09-30", "2024-09-29", "2024-12-27"),
    # golden week, and what ends in it
    *("2022-04-14", "2022-04-15", "2022-04-18", "2022-04-20", "2023-04-29", "2023-05-06", "2024-04-12", "2024-04-27"),
    *("2025-04-18", "2025-04-21", "2025-03-04", "2025-03-05"),
    # 振替休日 and 国民の休日
    *("2026-09-08", "2026-09-21", "2023-12-18"),
)
LIVES = (
    *(Life(Day.fromisoformat(day)) for day in DAYS),
    *(Life(Day.fromisoformat(day), stops=((3, 9),)) for day in ("2022-12-20", "2024-02-20", "2023-04-20")),
    *(Life(Day.fromisoformat(day), stops=((0, 14), (14, 15))) for day in ("2022-12-31", "2024-02-15", "2025-04-25")),
    Life(Day(2023, 1, 31), stops=((2, 2),)),
    Life(Day(2023, 3, 31), stops=((9, 30), (40, 75))),
    Life(Day(2024, 12, 2), stops=((1, 29),), extended=((30, 61),)),
    Life(Day(2022, 6, 6), extended=((5, 45),)),
    Life(Day(2023, 11, 30), extended=((29, 60), (60, 91))),
    Life(Day(2024, 1, 31), stops=((10, 20),), extended=((25, 29 + 2),)),
    Life(Day(2023, 12, 1), extended=((31, 31),)),
)
COUNTED: dict[str, Callable[[Life], Day]] = {
    "fifteen_days": lambda life: rules.fifteen_days(life.began),
    "fourteen_days": lambda life: rules.fourteen_days(life.began),
    "thirty_days": lambda life: rules.thirty_days(life.began, life.on(life.extended[-1][1]) if life.extended else None),
    "standard": lambda life: rules.standard_period(life.began, [(life.on(a), life.on(b)) for a, b in life.stops]),
    "open_days": lambda life: rules.opening_days(life.began, [(life.on(a), life.on(b)) for a, b in life.stops]),
    "appeal": lambda life: rules.three_months(life.began),
    "lapse": lambda life: rules.two_years(life.began),
    "renewal": lambda life: rules.renewal_opens(life.began),
    "payment": lambda life: rules.payment_day(life.began),
}


@pytest.fixture(scope="module")
def town() -> Desk:
    return in_memory().using(legal())


def lived(town: Desk, life: Life) -> Case:
    """The case after all that happened to it."""
    at(town, life.began)
    case = town.open("spans")
    case.establish("clerk:k1", began_on=life.began.isoformat())
    case.fire("submit", "applicant:p1", {"name": "山田"})
    done: list[tuple[int, str, dict[str, str] | None]] = []
    for asked, answered in life.stops:
        done += [(asked, "ask", None), (answered, "answer", None)]
    done += [(told, "extend", {"until": life.on(until).isoformat()}) for told, until in life.extended]
    for days, event, answers in sorted(done, key=lambda one: one[0]):
        at(town, life.on(days))
        case.fire(event, "applicant:p1" if event == "answer" else "clerk:k1", answers)
    return case


def at(town: Desk, day: Day) -> None:
    town.clock.set(dt.datetime.combine(day, dt.time(10), JST))


@pytest.mark.parametrize(
    ("found", "by_hand"),
    [
        (rules.fifteen_days(Day(2025, 4, 30)), "2025-05-15"),
        (rules.fifteen_days(Day(2022, 5, 20)), "2022-06-06"),  # the fifteenth day is a Saturday
        (rules.fifteen_days(Day(2024, 12, 16)), "2025-01-06"),  # 31 December, then New Year and a weekend
        (rules.moved_on(Day(2025, 8, 31)), "2025-09-01"),
        (rules.thirty_days(Day(2022, 6, 6)), "2022-07-06"),
        (rules.standard_period(Day(2022, 5, 30), [(Day(2022, 5, 31), Day(2022, 6, 20))]), "2022-08-18"),
        (rules.three_months(Day(2026, 11, 30)), "2027-02-28"),
        (rules.three_months(Day(2026, 11, 29)), "2027-02-28"),
        (rules.two_years(Day(2024, 2, 28)), "2026-02-28"),
        (rules.renewal_opens(Day(2025, 3, 31)), "2025-01-30"),
        (rules.payment_day(Day(2026, 10, 10)), "2026-10-09"),
    ],
)
def test_the_second_implementation_gives_dates_that_were_worked_out_by_hand(found: Day, by_hand: str) -> None:
    assert found.isoformat() == by_hand


def test_every_date_of_every_clock_is_the_one_that_the_rule_gives(town: Desk) -> None:
    different, dates = [], 0
    for life in LIVES:
        case = lived(town, life)
        found = {name: run.due_on for name, run in case.whole.clocks.items()}
        wanted = {name: count(life).isoformat() for name, count in COUNTED.items()}
        dates += len(wanted)
        different += [(life, name, found[name], wanted[name]) for name in wanted if found[name] != wanted[name]]
        case.fire("finish", "clerk:k1")
    assert (len(LIVES), dates >= 300, different) == (len(set(LIVES)), True, [])


def test_what_is_told_day_by_day_ends_on_the_same_day(town: Desk) -> None:
    for life in LIVES[::4]:
        for one in lived(town, life).ask(reckoned):
            assert one.days == () or one.days[-1][1].endswith("期限") or "前の開庁日" in one.days[-1][1], (
                life,
                one.clock,
            )
            assert max((day for day, _ in one.days), default=Day.min).isoformat() == one.run.due_on or not one.days
