"""The full screen at 80 by 24 with the keyboard alone; what is done there is in the diary as from plain commands."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import OptionList, RichLog

from training.desk import Desk
from training.diary import Diary
from training.lessons import FIRST_DAY
from training.play import Act, Play
from training.scene import School
from training.screen import Classroom

LESSON = "child_allowance_claim.apart_without_statement"
SIZE = (80, 24)


@pytest.fixture
def desk(school: School, tmp_path: Path) -> Desk:
    """A desk with a lesson on it."""
    found = Desk(school, Diary(tmp_path, "c01"), FIRST_DAY)
    found.start(LESSON, 1)
    return found


def _played(desk: Desk, *keys: str) -> tuple[Classroom, str]:
    """The screen after some keys, and what stands on it."""
    app = Classroom(desk)

    async def play() -> str:
        async with app.run_test(size=SIZE) as pilot:
            await _settled(pilot)
            for key in keys:
                await pilot.press(key)
                await _settled(pilot)
            return _shown(app)

    return app, asyncio.run(play())


async def _settled(pilot: Pilot[None]) -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    while isinstance(pilot.app, Classroom) and pilot.app.busy:
        await pilot.pause(0.01)
    await pilot.pause()


def _shown(app: Classroom) -> str:
    menu, told = app.query_one("#menu", OptionList), app.query_one("#told", RichLog)
    rows = [str(menu.get_option_at_index(place).prompt) for place in range(menu.option_count)]
    return "\n".join([*rows, *(line.text for line in told.lines)])


def test_a_case_is_read_checked_and_decided_with_the_keyboard_alone(desk: Desk) -> None:
    _, shown = _played(desk, "enter", "down", "down", "p", "down", "enter", "f", "h")
    acts = [(row["act"], row["name"], row["verdict"]) for row in desk.diary.rows if row["kind"] == "act"]
    assert acts == [
        ("look", "application", "right"),
        ("check", "identity", "right"),
        ("look", "required", "right"),
        ("check", "required", "right"),
    ]
    assert "別居児童の申立書がない" in shown.replace("\n", "")


def test_what_was_drafted_is_shown_before_an_event_and_sent(desk: Desk) -> None:
    for act in (Act("look", "application"), Act("check", "required", "failed")):
        desk.act(act)
    _played(desk, *["down"] * 6, "enter", "ctrl+s")
    last = desk.diary.rows[-1]
    assert (last["act"], last["name"], last["verdict"]) == ("do", "request_correction", "right")
    assert last["answers"]


def test_escape_leaves_a_form_and_does_nothing(desk: Desk) -> None:
    _played(desk, *["down"] * 6, "enter", "escape")
    assert [row["kind"] for row in desk.diary.rows] == ["start"]


def test_a_line_may_be_typed_and_bad_ones_are_told(desk: Desk) -> None:
    _, shown = _played(desk, "colon", *"look", "space", *"nothing", "enter", "n", *"memo", "enter")
    assert "は見られません" in shown.replace("\n", "")
    assert [row["act"] for row in desk.diary.rows[1:]] == ["note"]


def test_a_closed_terminal_goes_on_where_it_was(desk: Desk, school: School, tmp_path: Path) -> None:
    _played(desk, "enter", "q")
    again = Desk(school, Diary(tmp_path, "c01"), FIRST_DAY)
    _, play = again.play()
    assert isinstance(play, Play)
    assert play.looked == ["application"]


def test_who_is_done_looks_back_and_is_offered_lessons(desk: Desk) -> None:
    desk.act(Act("do", "request_correction"))
    _, shown = _played(desk, "d")
    assert "一番よい道" in shown
    assert "8件の研修" in shown
    assert desk.diary.rows[-1]["kind"] == "finish"


def test_everything_fits_on_eighty_columns(desk: Desk) -> None:
    app = Classroom(desk)

    async def look() -> list[int]:
        async with app.run_test(size=SIZE) as pilot:
            await _settled(pilot)
            await pilot.press("colon")
            await _settled(pilot)
            return [app.query_one(name).region.right for name in ("#line", "#told", "#head")]

    assert max(asyncio.run(look())) <= SIZE[0]
