"""A new city: its profile has no errors, holds everything that is asked of it, and never replaces another."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from cli import main
from procedures.cities import founding
from procedures.cities.answers import Answer
from procedures.cities.questions import Model
from procedures.cities.sheets import Sheet
from procedures.drafts import Source
from procedures.files import our_folder
from procedures.profile_words import Asked, Asking, asked_by
from procedures.profiles import municipality_of

SHEET = "id,値,出典\nname,あおば市,\npopulation,62000,住基\nmeeting.panel.capacity,30,\n"
ROLE = """id = "{name}"
number = {number}
title = "試しの手続"
department = "{department}"
roles = [ {{ id = "ranger", label = "見回り", side = "office" }} ]
states = [ {{ id = "walked", label = "見回り中", kind = "working", by = "ranger" }} ]
"""


@pytest.fixture(scope="module")
def model() -> Model:
    return founding.model(founding.USUAL_MODEL, ())


def run(*words: str, code: int = 0, typed: str = "") -> Result:
    found = CliRunner().invoke(main, ["city", *words], input=typed)
    assert found.exit_code == code, found.output
    assert "Traceback" not in found.output
    return found


def new(folder: Path, *words: str, code: int = 0, typed: str = "") -> str:
    return run("new", *words, "--definitions", str(folder), code=code, typed=typed).output


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    path = tmp_path / "sheet.csv"
    path.write_text(SHEET, encoding="utf-8")
    return str(path)


@settings(max_examples=8, deadline=None)
@given(st.integers(1, 3_000_000), st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), min_size=1))
def test_whatever_the_size_and_the_name_the_profile_has_no_problems(model: Model, population: int, name: str) -> None:
    sheet = Sheet({"name": Answer(name), "population": Answer(population)})
    text = founding.profile_text("town", sheet, model, {}, "票")
    city, problems = municipality_of(Source("town.toml", text, tomllib.loads(text)), model.asked)
    assert [problem.text() for problem in problems] == []
    assert city is not None
    assert city.label == name
    assert min(post.staff for post in city.posts) >= 1


def test_an_answer_stands_as_stated_and_the_rest_as_assumed(tmp_path: Path, sheet: str) -> None:
    said = new(tmp_path / "defs", "aoba", "--from", sheet)
    assert "aoba.toml に書きました。\nあおば市: 手続 1〜27" in said
    told = json.loads(run("show", "aoba", "--definitions", str(tmp_path / "defs"), "--json").stdout)
    stated = {row["id"]: (row["value"], row["source"]) for row in told["stated"]}
    assert stated == {"population": (62000, "住基")}
    assert {row["confidence"] for row in told["assumptions"]} == {"low"}
    assert told["meetings"][0]["capacity"] == 30
    assert told["meetings"][0]["assumption"]  # its days are not answered
    assert all(post["assumption"] for post in told["posts"])


def test_departments_with_one_name_are_one_with_one_chief(model: Model) -> None:
    same = {f"department.{one}": Answer("福祉課") for one in ("nursery", "care_insurance")}
    sheet = Sheet(
        {"name": Answer("町"), **same, "staff.nursery.counter": Answer(2), "staff.care_insurance.counter": Answer(1)}
    )
    posts = tomllib.loads(founding.profile_text("town", sheet, model, {}, "票"))["posts"]
    ours = [post for post in posts if post["department"] in ("nursery", "care_insurance")]
    assert {post["department"] for post in ours} == {"nursery"}
    assert [post["id"] for post in ours].count("section_chief") == 1
    (counter,) = [post for post in ours if post["id"] == "counter"]
    assert (counter["staff"], counter["serves"], counter["assumption"]) == (3, ["care_insurance"], False)


def test_a_role_and_a_department_that_the_model_does_not_know_get_a_post(tmp_path: Path, sheet: str) -> None:
    folder = tmp_path / "defs" / "procedures" / "childcare"
    folder.mkdir(parents=True)
    for name, number, department in (("walk", 91, "child_policy"), ("ride", 92, "park")):
        text = ROLE.format(name=name, number=number, department=department)
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    said = new(tmp_path / "defs", "aoba", "--from", sheet)
    assert "注意" not in said
    posts = tomllib.loads((folder.parent / "municipalities" / "aoba.toml").read_text("utf-8"))["posts"]
    added = [(post["department"], post["label"], post["roles"]) for post in posts if post["id"] == "ranger"]
    assert sorted(added) == [("child_policy", "見回り", ["ranger"]), ("park", "見回り", ["ranger"])]


def test_a_post_that_a_route_passes_and_the_model_lacks_decides(model: Model) -> None:
    asking = Asking(91, "child_policy", ("director",), (), ())
    wider = Model(model.city, Asked((asking,), model.asked.roles, (), model.asked.labels))
    posts = tomllib.loads(founding.profile_text("town", Sheet({"name": Answer("町")}), wider, {}, "票"))["posts"]
    assert [(one["department"], one["roles"]) for one in posts if one["id"] == "director"] == [
        ("child_policy", ["decider"])
    ]


def test_a_city_is_never_written_over_another(tmp_path: Path, sheet: str) -> None:
    new(tmp_path / "defs", "aoba", "--from", sheet)
    path = tmp_path / "defs" / "procedures" / "municipalities" / "aoba.toml"
    path.write_text("id = 1\n", encoding="utf-8")
    assert "上書きはしません" in new(tmp_path / "defs", "aoba", "--from", sheet, code=1)
    assert path.read_text("utf-8") == "id = 1\n"
    assert "omitama という市町村はもうあります" in new(tmp_path / "other", "omitama", "--from", sheet, code=1)
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize("name", ["Aoba", "青葉", "1aoba", "a/b", "../aoba", "a", "a" * 41, "default"])
def test_a_name_that_is_none_is_refused(tmp_path: Path, sheet: str, name: str) -> None:
    assert name[:20] in new(tmp_path / "defs", name, "--from", sheet, code=1)
    assert not (tmp_path / "defs").exists()


def test_nothing_is_written_from_a_bad_sheet_or_into_a_place_that_takes_no_files(tmp_path: Path, sheet: str) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("id,値\npopulation,x\n", encoding="utf-8")
    assert "数字の票に2件の誤り" in new(tmp_path / "defs", "aoba", "--from", str(bad), code=1)
    assert "none.csv" in new(tmp_path / "defs", "aoba", "--from", str(tmp_path / "none.csv"), code=1)
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert "書けるフォルダを指定してください" in new(tmp_path / "file", "aoba", typed="", code=1)  # before it asks
    blocked = tmp_path / "blocked" / "procedures"
    blocked.mkdir(parents=True)
    (blocked / "municipalities").write_text("", encoding="utf-8")
    assert "読み書きできません" in new(tmp_path / "blocked", "aoba", "--from", sheet, code=1)
    assert files(tmp_path / "blocked") == ["procedures", "procedures/municipalities"]
    assert not (tmp_path / "defs").exists()


def test_the_terminal_asks_where_no_sheet_is_given_and_gives_up_without_a_trace(tmp_path: Path) -> None:
    said = new(tmp_path / "defs", "aoba", typed="あおば市\n" + "\n" * 60)
    assert "空=人口の比で換算" in said
    assert (tmp_path / "defs" / "procedures" / "municipalities" / "aoba.toml").exists()
    assert "中断しました" in new(tmp_path / "other", "midori", typed="みどり市\n", code=1)
    assert not (tmp_path / "other").exists()


def test_the_model_must_be_a_city_with_a_population(tmp_path: Path, sheet: str) -> None:
    assert "omitama のことですか" in new(tmp_path / "defs", "aoba", "--from", sheet, "--like", "omitame", code=1)
    home = tmp_path / "defs" / "procedures" / "municipalities"
    home.mkdir(parents=True)
    (home / "bare.toml").write_text('id = "bare"\nlabel = "町"\n', encoding="utf-8")
    assert "手本にできません" in new(tmp_path / "defs", "aoba", "--from", sheet, "--like", "bare", code=1)
    assert "ryugasaki" not in new(tmp_path / "defs", "aoba", "--from", sheet, "--like", "ryugasaki")


def test_a_sheet_is_not_written_over_a_file(tmp_path: Path) -> None:
    out = tmp_path / "sheet.csv"
    assert "に書きました" in run("sheet", "--out", str(out)).output
    assert out.read_bytes().startswith(b"\xef\xbb\xbfid,")
    assert "上書きはしません" in run("sheet", "--out", str(out), code=1).output


def test_a_city_that_is_not_there_is_named_with_those_that_are() -> None:
    said = run("show", "omitame", code=1).output
    assert "omitama のことですか" in said


def test_a_city_is_shown_in_eighty_columns_with_what_is_assumed() -> None:
    said = run("show", "omitama").stdout
    assert all(sum(2 if ord(letter) > 0x2000 else 1 for letter in line) <= 80 for line in said.splitlines()[4:])
    for title in ("担当課と手続", "職と役割", "会議(", "書かれていること", "仮定"):
        assert title in said
    assert "資料1  小美玉市デジタル・トランスフォーメーション（DX）推進計画" in said
    assert "保健師 nurse" in said


def test_every_role_has_a_name() -> None:
    asked = asked_by([our_folder()])
    assert [*asked.roles] == [*asked.labels]
    assert all(asked.labels.values())
