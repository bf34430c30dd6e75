"""What a learner did is kept line by line; nothing else on the disk is touched."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import NotPossibleNow, Overtaken
from office.asking import Misused
from training.diary import Diary


def test_a_line_is_there_for_who_reads_it_next(tmp_path: Path) -> None:
    Diary(tmp_path, "c01").add({"kind": "start"})
    assert [row["kind"] for row in Diary(tmp_path, "c01").rows] == ["start"]


def test_two_learners_never_mix(tmp_path: Path) -> None:
    Diary(tmp_path, "c01").add({"kind": "start"})
    assert Diary(tmp_path, "c02").rows == []


def test_a_line_cut_off_half_way_is_left_out_and_the_next_one_stands(tmp_path: Path) -> None:
    diary = Diary(tmp_path, "c01")
    diary.add({"kind": "start"})
    with diary.path.open("a", encoding="utf-8") as file:
        file.write('{"row": 2, "diary": "madogu')
    again = Diary(tmp_path, "c01")
    again.add({"kind": "act"})
    assert [row["kind"] for row in Diary(tmp_path, "c01").rows] == ["start", "act"]


def test_of_two_commands_at_once_one_is_told(tmp_path: Path) -> None:
    first, second = Diary(tmp_path, "c01"), Diary(tmp_path, "c01")
    first.add({"kind": "start", "lesson": "a"})
    with pytest.raises(Overtaken):
        second.add({"kind": "start", "lesson": "b"})
    assert [row["lesson"] for row in Diary(tmp_path, "c01").rows] == ["a"]


@pytest.mark.parametrize("code", ["", "../c01", "山田花子", "a b", "x" * 41, "-a"])
def test_a_learner_is_a_code(tmp_path: Path, code: str) -> None:
    with pytest.raises(Misused):
        Diary(tmp_path, code)


def test_a_file_that_is_no_diary_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "c01.jsonl"
    other.write_text("something else\n", "utf-8")
    with pytest.raises(NotPossibleNow):
        Diary(tmp_path, "c01")
    assert other.read_text("utf-8") == "something else\n"
