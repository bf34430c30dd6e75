"""A path of ids leads to a line and column, whoever found the problem and however the row came to be there."""

import datetime as dt

import pytest

from engine.problems import Problem
from procedures.places import Places
from tests.procedures.samples import SAMPLE, load_text


@pytest.fixture(name="places")
def _places() -> Places:
    places = load_text(SAMPLE).places
    assert places is not None
    return places


def text_at(places: Places, path: tuple[str, ...], on: dt.date | None = None) -> str:
    """What stands at a path, to the end of its line."""
    place = places.place(path, on)
    line, column = place.spot()
    return place.source.text.split("\n")[line - 1][column - 1 :]


@pytest.mark.parametrize(
    ("path", "begins"),
    [
        (("version_by",), "case.arrived_on"),
        (("events",), "["),
        (("events", "issue"), '{ id = "issue"'),
        (("events", "issue", "label"), "通知を送る"),
        (("events", "start", "to"), "review"),
        (("events", "issue", "asks"), '{ id = "issue"'),
        (("events", "nothing"), "["),
        (("tasks", "correction", "events", "answer", "from", "overdue"), 'overdue"]'),
        (("tasks", "correction", "label"), "補正"),
        (("tasks", "approval_step", "states"), "["),
        (("clocks", "standard", "limit", "days"), "30"),
        (("approval", "main", "levels", "section", "decider"), "chief"),
        (("params", "wait_days"), "14"),
        (("appeal", "law"), "aplaw-6"),
        (("rules", "start_month", "2024-10-01", "cel"), "month_after"),
        ((), 'id = "sample"'),
    ],
)
def test_a_path_of_ids_leads_to_its_place(places: Places, path: tuple[str, ...], begins: str) -> None:
    assert text_at(places, path).startswith(begins)


def test_of_rows_that_share_an_id_the_day_chooses(places: Places) -> None:
    path = ("rules", "start_month", "cel")
    assert text_at(places, path).startswith("month_of")
    assert text_at(places, path, dt.date(2025, 4, 1)).startswith("month_after")


def test_an_offset_is_counted_inside_the_text_of_a_condition(places: Places) -> None:
    problem = Problem(rule="C001", path=("conditions", "refusable"), offset=(1, 21))
    located = places.locate(problem)
    assert located.file == "sample.toml"
    assert SAMPLE.split("\n")[located.line - 1][located.column - 1 :].startswith("== false")


def test_a_condition_named_without_a_key_is_its_text(places: Places) -> None:
    located = places.locate(Problem(rule="C001", path=("conditions", "refusable")))
    assert SAMPLE.split("\n")[located.line - 1][located.column - 1 :].startswith("facts.resident_here")


def test_a_row_of_a_fragment_is_in_the_file_of_the_fragment(places: Places) -> None:
    assert places.locate(Problem(path=("events", "withdraw", "by"))).file == "intake_small.toml"


def test_a_problem_with_a_place_keeps_it(places: Places) -> None:
    problem = Problem(file="other.toml", line=7, column=1, path=("events", "issue"))
    assert places.locate(problem) is problem


def test_located_problems_are_in_the_order_of_lines(places: Places) -> None:
    problems = places.locate_all([Problem(path=("appeal",)), Problem(path=("states",)), Problem(path=("id",))])
    assert [one.path for one in problems] == [("id",), ("states",), ("appeal",)]
