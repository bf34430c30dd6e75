"""A sheet of figures is read whole, in either encoding, and everything that is wrong with it is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from procedures.cities import founding, sheets
from procedures.cities.answers import ASSUMED, OURS
from procedures.cities.asking import asked
from procedures.cities.questions import Model, questions
from procedures.cities.sheets import BadSheet, Sheet

HEAD = "id,項目,値,単位,出典\n"
NAME = "name,名前,あおば市,,\n"


@pytest.fixture(scope="module")
def model() -> Model:
    return founding.model(founding.USUAL_MODEL, ())


def read(model: Model, folder: Path, text: str | bytes) -> Sheet:
    path = folder / "sheet.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return sheets.read(path, questions(model))


def refused(model: Model, folder: Path, text: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(BadSheet) as told:
        read(model, folder, text)
    assert {problem.rule for problem in told.value.problems} == {"M018"}
    assert all(problem.en and problem.ja.endswith("。") for problem in told.value.problems)
    return [(problem.line, problem.ja) for problem in told.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_sheet_is_read_in_the_encodings_of_spreadsheets(model: Model, tmp_path: Path, encoding: str) -> None:
    text = f"{HEAD}{NAME}population,人口,48000,人,住基\r\n".encode(encoding)
    found = read(model, tmp_path, text).answers
    assert (found["name"].value, found["population"].value) == ("あおば市", 48000)
    assert (found["name"].source, found["population"].source) == (OURS, "住基")


@pytest.mark.parametrize(
    ("name", "written", "value"),
    [
        ("population", "４８，０００", 48000),
        ("population", '"48,000"', 48000),
        ("online_share_as_is", "５％", 0.05),
        ("online_share_as_is", "0.05", 0.05),
        ("staff.care_insurance.surveyor", "４．５", 4.5),
        ("opening_hours", "８：１５～１７：００", "08:15-17:00"),
        ("meeting.panel.weekdays", "木曜・火曜日", ["tue", "thu"]),
        ("channels", '"窓口\n郵送"', ["窓口", "郵送"]),
    ],
)
def test_a_value_is_understood_as_people_write_it(
    model: Model, tmp_path: Path, name: str, written: str, value: object
) -> None:
    assert read(model, tmp_path, f"{HEAD}{NAME}{name},,{written},,\n").answers[name].value == value


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("population", "0"),
        ("population", "約6万人"),
        ("population", "-5"),
        ("population", "48000000000"),
        ("online_share_as_is", "120%"),
        ("staff.care_insurance.surveyor", "0"),
        ("opening_hours", "17:00-8:30"),
        ("opening_hours", "8:30"),
        ("meeting.panel.weekdays", "第2水曜"),
        ("prefecture", '"茨城県\n東京都"'),
        ("prefecture", "茨\u202e城県"),
        ("prefecture", "あ" * 501),
        ("plan.Kiosk", "始める"),
        ("plan.kiosk", "始める"),
    ],
)
def test_a_value_that_is_none_is_told_with_its_line(model: Model, tmp_path: Path, name: str, written: str) -> None:
    ((line, said),) = refused(model, tmp_path, f"{HEAD}{NAME}{name},,{written},,\n")
    assert line == 3
    assert "は読めません。" in said


def test_all_mistakes_of_a_sheet_are_told_at_once(model: Model, tmp_path: Path) -> None:
    text = f"{HEAD}population,,x,,\n,世帯数,26000,,\nhousholds,,1,,\npopulation,,2,,\n\n"
    found = refused(model, tmp_path, text)
    assert [line for line, _ in found] == [1, 2, 3, 4, 5]
    assert "市町村の名前がありません" in found[0][1]
    assert "結合したセル" in found[2][1]
    assert "population は 2行目にもあります" in found[4][1]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"", "id・値 の列がありません"),
        ("項目,数\nname,あおば市\n", "id・値 の列がありません"),
        ("id,項目\nname,あおば市\n", "値 の列がありません"),
        (b"PK\x03\x04", "表計算のファイルのまま"),
        (b"id,\x81\x00\xff\xfe", "文字が読めません"),
        (HEAD.encode() + b"x" * 1_000_001, "大きすぎます"),
    ],
)
def test_what_is_no_sheet_is_told(model: Model, tmp_path: Path, text: str | bytes, said: str) -> None:
    ((_, told),) = refused(model, tmp_path, text)
    assert said in told


def test_an_answer_may_itself_be_an_assumption_and_a_fact_needs_its_plan(model: Model, tmp_path: Path) -> None:
    found = read(model, tmp_path, f"{HEAD}{NAME}population,,48000,,{ASSUMED}\nplan.kiosk,書かない窓口,3,か所,計画\n")
    assert found.answers["population"].assumed
    assert [(one.id, one.value, one.unit, one.source) for one in found.facts] == [("kiosk", 3, "か所", "計画")]


def test_the_blank_sheet_can_be_read_back_and_asks_for_every_post(model: Model, tmp_path: Path) -> None:
    text = sheets.blank(questions(model)).replace("市町村の名前,,", "市町村の名前,あおば市,", 1)
    assert [*read(model, tmp_path, text.encode()).answers] == ["name"]
    assert text.count("\nstaff.") == len(model.city.of("posts"))


def test_the_terminal_asks_again_until_it_understands_and_posts_only_on_request(model: Model) -> None:
    typed = iter(["", "あおば市", "", "6万", "60000"])
    told: list[str] = []
    shown: list[str] = []

    def ask(line: str) -> str:
        shown.append(line)
        return next(typed, "")

    found = asked(questions(model), ask, told.append)
    assert {name: one.value for name, one in found.answers.items()} == {"name": "あおば市", "population": 60000}
    assert told == ["一行で書いてください。", "1以上の整数で書いてください(例 48000)。"]
    assert [line for line in shown if line.startswith("人数 ")] == []


def test_who_wants_to_answer_for_every_post_is_asked_for_each(model: Model) -> None:
    shown: list[str] = []

    def ask(line: str) -> str:
        shown.append(line)
        return {"市町村の名前": "あおば市"}.get(line, "y" if line.startswith("職ごとの") else "")

    asked(questions(model), ask, shown.append)
    assert len([line for line in shown if line.startswith("人数 ")]) == len(model.city.of("posts"))
