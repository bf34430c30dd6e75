"""`madoguchi procedures`: the list and one procedure, for a person and for a program."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from click.testing import CliRunner, Result

from cli import main
from procedures.drafts import Source
from procedures.files import FragmentFolders
from procedures.library import Library
from procedures.loader import load_source

CHILD = "child_allowance_claim"
CHECK_OF_2022 = "所得上限限度額未満"


def run(*words: str, code: int = 0) -> Result:
    found = CliRunner().invoke(main, ["procedures", *words])
    assert found.exit_code == code, found.output
    assert "Traceback" not in found.output
    return found


def width(line: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def test_the_list_has_every_procedure_in_eighty_columns_that_line_up() -> None:
    lines = run("list", "--all").stdout.splitlines()
    assert lines[0].split() == ["番号", "ID", "手続", "版"]
    assert max(map(width, lines)) <= 80
    starts = [line for line in lines if line[:1].isdecimal()]
    assert [line.split()[1] for line in starts] == [entry.id for entry in Library().list()]
    titles = {width(line[: line.index(" ", 6)]) for line in starts}
    assert titles  # the id is never broken
    column = width(lines[0][: lines[0].index("版")])
    assert {line[_at(line, column)] == " " for line in starts} == {False}
    assert {line[_at(line, column) - 1] for line in starts} == {" "}


def _at(line: str, column: int) -> int:
    """The index of the letter in a column."""
    return next(index for index in range(len(line) + 1) if width(line[:index]) >= column)


def test_what_nobody_files_by_itself_is_listed_only_on_request() -> None:
    every, ours = (json.loads(run("list", "--json", *words).stdout) for words in (("--all",), ()))
    beside = {row["id"] for row in every} - {row["id"] for row in ours}
    assert beside == {"building_survey", "administrative_review"}
    assert [row["id"] for row in every if row["inside"]] == ["building_survey"]
    assert [row["id"] for row in every if row["reviews"]] == ["administrative_review"]
    assert [row["number"] for row in ours] == list(range(1, 28))


def test_a_city_says_who_has_a_procedure_and_when_it_goes_online() -> None:
    rows = {row["number"]: row for row in json.loads(run("list", "--city", "hitachinaka", "--json").stdout)}
    assert (rows[16]["department"], rows[16]["online"], rows[16]["act_kinds"]) == (
        "介護保険課",
        "9～12月",
        ["依頼", "申請"],
    )
    assert "介護保険課" in run("list", "--city", "hitachinaka").stdout
    said = CliRunner().invoke(main, ["procedures", "list", "--city", "hitachinak"])
    assert (said.exit_code, "hitachinaka のことですか" in said.output) == (1, True)


def test_the_list_is_data_on_request() -> None:
    rows = json.loads(run("list", "--json").stdout)
    assert rows[0]["id"] == CHILD
    assert rows[0]["versions"] == ["cah-2012", "cah-2022-06", "cah-2024-10"]
    assert [row["errors"] for row in rows] == [0] * len(rows)


def test_a_procedure_is_shown_with_its_states_events_tasks_and_periods() -> None:
    shown = run("show", CHILD).stdout
    assert "形式審査(formal_review) 処理中" in shown
    assert "提出する(submit) draft → arrived [申請者・請求者・届出人・代理人・受付・発送]" in shown
    assert "作業 補正(correction)" in shown
    assert "標準処理期間" in shown


@pytest.mark.parametrize(("day", "there"), [("2022-05-31", False), ("2022-06-01", True), ("2024-10-01", False)])
def test_as_of_shows_the_rows_of_one_day(day: str, there: bool) -> None:  # noqa: FBT001 - a case of the test
    assert (CHECK_OF_2022 in run("show", CHILD, "--as-of", day, "--expanded").stdout) is there
    found = json.loads(run("show", CHILD, "--as-of", day, "--json").stdout)
    assert (CHECK_OF_2022 in [row["says"] for row in found["checks"]]) is there


def test_the_version_of_the_day_is_marked() -> None:
    assert " *版 cah-2022-06" in run("show", CHILD, "--as-of", "2022-06-01").stdout


def test_the_expanded_declaration_is_the_same_procedure_without_fragments() -> None:
    text = run("show", CHILD, "--expanded").stdout
    source = Source("expanded.toml", text, tomllib.loads(text))
    again = load_source(source, FragmentFolders([])).procedure
    whole, _ = Library().load(CHILD)
    assert again is not None
    assert whole is not None
    assert "fragments" not in source.data
    assert again.events == whole.events
    assert again.tasks == whole.tasks


def test_what_is_shown_as_data_is_the_whole_declaration() -> None:
    found = json.loads(run("show", CHILD, "--json").stdout)
    whole, _ = Library().load(CHILD)
    assert whole is not None
    assert [row["id"] for row in found["events"]] == [row.id for row in whole.events]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "child_allowance_clame"), "child_allowance_claim のことですか"),
        (("show", "zzz"), "procedures list で一覧"),
        (("show", CHILD, "--as-of", "2001-01-01"), "2012-04-01から"),
        (("list", "--definitions", "no_such_folder"), "フォルダ「no_such_folder」がありません"),
        (("show", CHILD, "--definitions", "no_such_folder"), "フォルダ「no_such_folder」がありません"),
    ],
)
def test_what_is_not_there_is_answered_with_what_is(words: tuple[str, ...], said: str) -> None:
    found = run(*words, code=1)
    assert said in found.stderr
    assert found.stdout == ""


def test_a_file_that_is_no_toml_is_listed_with_its_errors(tmp_path: Path) -> None:
    (tmp_path / "childcare").mkdir()
    (tmp_path / "childcare" / "scrap.toml").write_bytes(b'id = "scrap"\n\xff')
    assert "誤り" in run("list", "--definitions", str(tmp_path)).stdout
    assert "scrap.toml" in run("show", "scrap", "--definitions", str(tmp_path), code=1).stderr


def test_a_folder_laid_over_ours_replaces_a_procedure(tmp_path: Path) -> None:
    folder = tmp_path / "procedures" / "childcare"
    folder.mkdir(parents=True)
    text = run("show", CHILD, "--expanded").stdout.replace('認定請求"', '認定請求(市の版)"', 1)
    (folder / f"{CHILD}.toml").write_text(text, "utf-8")
    assert "(市の版)" in run("show", CHILD, "--definitions", str(tmp_path)).stdout
