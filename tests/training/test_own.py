"""What a trainer writes is checked: every finding with its line and the nearest word; what is right is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.desk import Desk
from training.diary import Diary
from training.lessons import FIRST_DAY
from training.own import FileFindings, checked, round_from, template
from training.play import Act, Play
from training.scene import School

ROW = (
    '{ id = "out", procedure = "pregnancy_notice", says = "市外の人が来た", '
    'plant = { "facts.resident_here" = false }, check = "resident" },'
)
OWN = f"""
title = "練習"
cases = [
  {ROW}
]
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the trainer writes."""
    return tmp_path / "mine.toml"


def test_the_template_has_no_findings(school: School, file: Path) -> None:
    file.write_text(template(), "utf-8")
    round_, problems = checked(school, file)
    assert problems == []
    assert round_ is not None
    assert [one.lesson.own for one in round_.cases] == [False, True]
    assert round_.minutes == 240


@pytest.mark.parametrize(
    ("right", "wrong", "line", "says"),
    [
        ("title =", "titel =", 2, "title のことですか"),
        ('id = "out"', 'id = "Out"', 4, "英小文字"),
        ('"pregnancy_notice"', '"pregnancy_notic"', 4, "pregnancy_notice のことですか"),
        ("facts.resident_here", "facts.resident_her", 4, "resident_here のことですか"),
        ("facts.resident_here", "fakts.resident_here", 4, "form. か facts. で始めます"),
        ('check = "resident"', 'check = "residents"', 4, "resident のことですか"),
        ('check = "resident"', 'right = "pas"', 4, "pass のことですか"),
        ('says = "市外の人が来た"', "says = 3", 4, "文字を書きます"),
        ('id = "out",', 'id = "out", lesson = "pregnancy_notice.clean",', 4, "どちらか一つ"),
        ('id = "out",', 'id = "out", seed = -1,', 4, "seed は0から"),
        ("cases = [", "cases = 3 #", 3, "並びを書きます"),
        ('check = "resident"', 'teaches = "案内"', 4, "宣言にありません"),
    ],
)
def test_each_mistake_in_a_file_is_found_with_its_line(
    school: School, file: Path, right: str, wrong: str, line: int, says: str
) -> None:
    text = OWN.replace(right, wrong)
    file.write_text(text if "cases = 3" not in text else text.split("#")[0], "utf-8")
    round_, problems = checked(school, file)
    assert round_ is None
    assert any(one.line == line and says in one.text() for one in problems), [one.text() for one in problems]


def test_a_file_with_findings_is_not_begun(school: School, file: Path, tmp_path: Path) -> None:
    file.write_text(OWN.replace("resident_here", "resident_her"), "utf-8")
    with pytest.raises(FileFindings, match=r"mine\.toml:4"):
        round_from(school, file)
    assert [one.name for one in tmp_path.iterdir()] == ["mine.toml"]


def test_an_own_lesson_is_played_and_taken_up_again(school: School, file: Path, tmp_path: Path) -> None:
    file.write_text(OWN, "utf-8")
    desk = Desk(school, Diary(tmp_path, "c01"), FIRST_DAY)
    desk.start_round("mine", 1, round_from(school, file))
    desk.act(Act("look", "application"))
    again = Desk(school, Diary(tmp_path, "c01"), FIRST_DAY)
    file.unlink()
    _, play = again.play()
    assert isinstance(play, Play)
    assert play.prepared.lesson.says == "市外の人が来た"
    assert play.looked == ["application"]
