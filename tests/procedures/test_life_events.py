"""Life events: ours lead to every procedure that somebody files, and what is wrong with a file is told at its place."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from engine.calendar import OpeningCalendar
from procedures.library import Library
from procedures.life_events import LifeEvent, applies, read_life_events

GOOD = """\
id = "fair"
order = 1
ja = "祭り"
easy = "まつり"
en = "a fair"

[questions.stall]
ja = "店を出す"
easy = "みせを だしますか"
en = "a stall"

[questions.held_on]
kind = "date"
when = "stall"
ja = "開く日"
easy = "いつですか"
en = "the day"

[procedures.notice]
to = "pregnancy_notice"
when = "stall"
counts_from = "held_on"
days = 3
law = "○○条例1条"
ja = "3日以内"
easy = "3にちの うち"
en = "within three days"
"""


@pytest.fixture(scope="module")
def ours() -> dict[str, LifeEvent]:
    events, problems = Library().life_events()
    assert [one.text() for one in problems] == []
    return {one.id: one for one in events}


def test_every_procedure_that_somebody_files_follows_from_an_event(ours: dict[str, LifeEvent]) -> None:
    named = {lead.to for event in ours.values() for lead in event.procedures.values()}
    # only the city begins a survey, and only somebody who was told a decision a review
    assert named == set(Library().ids()) - {"building_survey", "administrative_review"}


def test_every_question_decides_something(ours: dict[str, LifeEvent]) -> None:
    for event in ours.values():
        said = [*event.questions.values(), *event.procedures.values()]
        used = {name for one in said for name in (*one.when, *one.unless)}
        used |= {lead.counts_from for lead in event.procedures.values() if lead.counts_from}
        assert set(event.questions) == used, event.id


@pytest.mark.parametrize(
    ("event", "lead", "counted_from", "last"),
    [
        ("birth", "claim", dt.date(2025, 4, 30), dt.date(2025, 5, 15)),
        ("birth", "increase", dt.date(2025, 4, 26), dt.date(2025, 5, 12)),
        ("move_in", "claim", dt.date(2026, 1, 31), dt.date(2026, 2, 16)),
        ("birth", "claim", dt.date(2025, 12, 15), dt.date(2026, 1, 5)),
        ("move_in", "carry_over", dt.date(2022, 6, 11), dt.date(2022, 6, 25)),
        ("care_certified", "equipment", dt.date(2022, 6, 10), dt.date(2024, 6, 10)),
    ],
)
def test_last_days_are_those_by_which_the_declared_rules_judge(
    ours: dict[str, LifeEvent], event: str, lead: str, counted_from: dt.date, last: dt.date
) -> None:
    assert ours[event].procedures[lead].span(counted_from, OpeningCalendar()) == (None, last)


def test_a_renewal_may_be_filed_from_sixty_days_before_the_end(ours: dict[str, LifeEvent]) -> None:
    end = dt.date(2022, 8, 31)
    span = ours["care_certified"].procedures["renewal"].span(end, OpeningCalendar())
    assert span == (dt.date(2022, 7, 2), end)


def test_what_is_asked_hangs_on_answers_of_yes_and_of_no(ours: dict[str, LifeEvent]) -> None:
    claim = ours["birth"].procedures["claim"]
    assert (applies(claim, {"receiving": False}), applies(claim, {"receiving": True})) == (True, False)
    assert not applies(claim, {})


@pytest.mark.parametrize(
    ("right", "wrong", "rule", "path", "hint"),
    [
        ('id = "fair"', 'id = "feast"', "D018", ("id",), "fair"),
        ('to = "pregnancy_notice"', 'to = "pregnancy_notic"', "D127", ("procedures", "notice", "to"), "pregnancy_"),
        ('when = "stall"\ncounts', 'when = "stal"\ncounts', "D125", ("procedures", "notice", "when"), "stall"),
        ('when = "stall"\nja', 'unless = "held_on"\nja', "D125", ("questions", "held_on", "unless"), "stall"),
        ("days = 3\n", "", "D219", ("procedures", "notice"), "どれも"),
        ("days = 3\n", "days = 3\nyears = 1\n", "D219", ("procedures", "notice"), "days・years"),
        ('"held_on"\ndays', '"stall"\ndays', "D125", ("procedures", "notice", "counts_from"), "held_on"),
        ('law = "○○条例1条"\n', "", "D011", ("procedures", "notice"), ""),
        ('kind = "date"', 'kind = "day"', "D012", ("questions", "held_on", "kind"), "date"),
        ("order = 1", "orders = 1", "D010", ("orders",), "order"),
        ("order = 1", "order = ", "D002", (), ""),
    ],
)
def test_what_is_wrong_is_told_at_its_place(
    tmp_path: Path, right: str, wrong: str, rule: str, path: tuple[str, ...], hint: str
) -> None:
    assert GOOD.count(right) == 1
    file = tmp_path / "fair.toml"
    file.write_text(GOOD.replace(right, wrong), "utf-8")
    _, problems = read_life_events([(file, "fair.toml")], ["pregnancy_notice"])
    found = next(one for one in problems if one.rule == rule)
    assert (found.path[: len(path)], found.line > 0) == (path, True)
    assert hint in f"{found.ja}{found.hint}"
