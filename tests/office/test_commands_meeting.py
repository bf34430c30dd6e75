"""The lists of a meeting on the screen: on which days it sits, with which cases, in words and for programs."""

from __future__ import annotations

import shutil

import pytest

from tests.house.layout import ROOT
from tests.office.door import Door

ROOM = ROOT / "docs" / "how-to" / "extend-a-deadline"
AT_MEETING = {
    '  { id = "allow", label = "許可する", from = "looked_at",': """\
  { id = "put", label = "審査会に出す", from = "looked_at", to = "waiting", by = "clerk" },
  { id = "allow", label = "許可する", at_meeting = "panel", from = "waiting",""",
    '  { id = "allowed", label = "許可", kind': """\
  { id = "waiting", label = "審査会待ち", kind = "waiting_meeting", by = "clerk" },
  { id = "allowed", label = "許可", kind""",
    "effects = [\n": 'effects = [\n  { id = "put", books = "panel" },\n',
    "[appeal]": '[meetings.panel]\nlabel = "審査会"\npapers_before = 1\n\n[appeal]',
}


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Door:
    """Two cases on the list of Tuesday, 7 June; no test changes them."""
    folder = tmp_path_factory.mktemp("meeting")
    definitions = folder / "definitions"
    shutil.copytree(ROOM / "reading_room", definitions)
    path = definitions / "procedures" / "childcare" / "reading_room.toml"
    text = path.read_text("utf-8")
    for old, new in AT_MEETING.items():
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path.write_text(text, "utf-8")
    standing = ("--definitions", str(definitions), "--city", "hitachinaka", "--at", "2022-06-06T10:00")
    door = Door(folder, standing)
    for number in ("1", "2"):
        door("case", "open", "reading_room", "--as", "applicant:p1", "--practice")
        door("case", "submit", number, str(ROOM / "answers.json"), "--as", "applicant:p1")
        door("case", "fire", number, "put", "--as", "clerk:k1")
    return door


def test_the_sittings_to_come_are_listed_with_their_cases_and_the_room_left(waiting: Door) -> None:
    lines = waiting("meeting", "panel").stdout.splitlines()
    assert [line.split() for line in lines[:3]] == [
        ["開催日", "件数", "残り"],
        ["2022-06-07(火)", "2", "68"],
        ["2022-06-09(木)", "0", "70"],
    ]
    assert waiting.json("meeting", "panel")[0] == {"on": "2022-06-07", "cases": 2, "room": 68}


def test_the_list_of_a_day_names_its_cases_in_order(waiting: Door) -> None:
    lines = waiting("meeting", "panel", "--on", "2022-06-07").stdout.splitlines()
    assert [line.split() for line in lines] == [
        ["番号", "案件", "作業", "手続", "いま"],
        ["1", "1", "読書室の利用の許可の申請", "審査会待ち"],
        ["2", "2", "読書室の利用の許可の申請", "審査会待ち"],
    ]
    assert [one["case"] for one in waiting.json("meeting", "panel", "--on", "2022-06-07")] == [1, 2]
    assert waiting("meeting", "panel", "--on", "2022-06-09").stdout == "この日の一覧に案件はありません。\n"


def test_a_case_says_when_its_meeting_is_and_what_has_to_wait_for_it(waiting: Door) -> None:
    assert "  会議 審査会: 2022-06-07" in waiting("case", "show", "1").stdout.splitlines()
    assert waiting.json("case", "show", "1")["meeting_on"] == "2022-06-07"
    said = waiting.refused("case", "fire", "1", "allow", "--as", "clerk:k1")
    assert "会議「審査会」で行います。この案件の会議は2022-06-07です。その日からできます。" in said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("panl",), 1, "panel のことですか"),
        (("panel", "--on", "6月7日"), 2, "日付ではありません"),
        ((), 2, "MEETING"),
    ],
)
def test_what_is_wrong_is_told_in_a_sentence(waiting: Door, words: tuple[str, ...], code: int, said: str) -> None:
    assert said in waiting.refused("meeting", *words, code=code)
