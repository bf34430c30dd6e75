"""A day ends when the counter closes; the end of a month and a surge morning are days of their own."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from engine.errors import NotPossibleNow
from training import rounds
from training.desk import Desk
from training.diary import Diary
from training.lessons import FIRST_DAY, Lesson, lesson
from training.play import Act
from training.scene import School

NAMES = ("name_address_change.clean", "pregnancy_notice.other_city", "pregnancy_notice.clean")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a few lessons there are, so that a day is quickly made."""
    monkeypatch.setattr(rounds, "CASES_OF_A_DAY", 2)
    monkeypatch.setattr(rounds, "ERRORS_OF_A_DAY", 1)
    monkeypatch.setattr(rounds, "CASES_OF_A_SURGE", 3)
    monkeypatch.setattr(rounds, "ERRORS_OF_A_SURGE", 1)

    def known(declared: object, on: dt.date | None) -> list[Lesson]:
        return [lesson(declared, name, on) for name in NAMES]  # type: ignore[arg-type]

    monkeypatch.setattr(rounds, "lessons", known)


@pytest.mark.usefixtures("few")
def test_after_closing_time_nothing_more_is_done(school: School, tmp_path: Path) -> None:
    desk = Desk(school, Diary(tmp_path, "c01"), FIRST_DAY)
    begun = desk.start("day", 1)
    assert begun["minutes"] == 525
    many = begun["minutes"] // rounds.MINUTES["do"] + 1
    for _ in range(many):
        desk.diary.add({"kind": "act", "case": 1, "act": "do", "over": False, "points": 0})
    with pytest.raises(NotPossibleNow, match="閉庁"):
        desk.act(Act("look", "application"), 2)


@pytest.mark.usefixtures("few")
def test_with_a_clock_on_the_wall_nobody_waits_for_days(school: School, tmp_path: Path) -> None:
    desk = Desk(school, Diary(tmp_path, "c01"), FIRST_DAY)
    desk.start("day", 1)
    with pytest.raises(NotPossibleNow, match="日を送れません"):
        desk.act(Act("wait", "3"))


@pytest.mark.usefixtures("few")
def test_the_end_of_a_month_is_on_its_last_opening_day(school: School) -> None:
    made = rounds.round_of(school, rounds.MONTH_END, 1, dt.date(2022, 7, 31))
    assert {one.lesson.on for one in made.cases} == {dt.date(2022, 7, 29)}


@pytest.mark.usefixtures("few")
def test_a_surge_is_one_procedure_until_noon(school: School) -> None:
    made = rounds.round_of(school, rounds.SURGE, 1)
    assert made.minutes == 210
    assert {one.lesson.procedure for one in made.cases} == {"pregnancy_notice"}
    assert len({(one.lesson.id, one.number) for one in made.cases}) == 3


def test_the_time_of_day_follows_the_minutes(school: School) -> None:
    assert rounds.time_of_day(school.declared.municipality.hours, rounds.spent(["look", "do"])) == "08:42"
