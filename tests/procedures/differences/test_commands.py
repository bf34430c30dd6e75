"""`madoguchi procedures diff` and `versions`: what is compared, how it is said, and what is refused."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from unicodedata import east_asian_width

import pytest
from click.testing import CliRunner, Result

from cli import main
from office.office import definitions
from procedures.files import our_folder
from tests.office.door import BROKEN, MADE_UP

CHILD = "child_allowance_claim"
BEFORE, AFTER = f"{CHILD}@2024-09-01", f"{CHILD}@2024-10-01"


def run(*words: str, code: int = 0) -> Result:
    found = CliRunner().invoke(main, ["procedures", *words])
    assert found.exit_code == code, found.output
    assert "プログラムの誤り" not in found.output
    return found


def width(line: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in line)


def joined(text: str) -> str:
    """What is said, whatever line it is on."""
    return re.sub(r"\s+", "", text)


@pytest.fixture
def former(tmp_path: Path) -> Path:
    """A folder with a former copy of the made-up declaration: another label, another role, a shorter purpose."""
    folder = shutil.copytree(MADE_UP, tmp_path / "former")
    path = folder / "procedures" / "childcare" / "plaza_use.toml"
    text = path.read_text("utf-8").replace('label = "記帳する"', 'label = "記入する"')
    path.write_text(text.replace('by = ["clerk"], asks', 'by = ["clerk", "applicant"], asks'), "utf-8")
    schema = folder / "forms" / "childcare" / "plaza_use.schema.json"
    schema.write_text(schema.read_text("utf-8").replace('"maxLength": 100', '"maxLength": 50'), "utf-8")
    return folder


@pytest.mark.parametrize("words", [(BEFORE, AFTER), (CHILD, "2024-09-01", "2024-10-01")])
def test_the_reform_of_2024_is_told_in_words(words: tuple[str, ...]) -> None:
    said = joined(run("diff", *words).stdout)
    assert "確認「所得上限限度額未満」(cap)がなくなります" in said
    assert "確かめる事実「請求者の判定所得(前年、1–5月分は前々年)」(assessed_income)がなくなります" in said
    assert "添付「監護相当・生計費の負担についての確認書」(care_confirmation)が加わります" in said
    assert "(child_allowance_income_limit)の値がすべてなくなります(16行)" in said
    assert "under_three_third:15,000円→30,000円" in said
    assert "動きが違います" in said


def test_the_hashes_are_those_that_pin_cases() -> None:
    (facts,) = json.loads(run("diff", BEFORE, AFTER, "--json").stdout)
    catalogue = definitions().catalogue
    editions = [edition.hash for edition in catalogue.editions(CHILD)]
    assert facts["before"]["behaviour"] in editions
    assert editions.index(facts["after"]["behaviour"]) == editions.index(facts["before"]["behaviour"]) + 1
    assert facts["verdict"] == "behaviour"
    assert {"group", "kind", "path", "touches", "ja", "before", "after", "sources"} <= set(facts["differences"][0])


def test_a_group_is_named_once_and_nothing_is_wider_than_eighty_columns() -> None:
    lines = run("diff", BEFORE, AFTER).stdout.splitlines()
    assert max(map(width, lines)) <= 80
    groups = [line.split()[0] for line in lines if line and not line.startswith((" ", "1."))][1:]
    assert groups == ["確認", "添付書類", "額・計算・表", "条件", "文言だけ"]


def test_within_one_version_only_the_papers_of_that_day_differ() -> None:
    (facts,) = json.loads(run("diff", f"{CHILD}@2024-12-01", f"{CHILD}@2024-12-02", "--json").stdout)
    assert [(one["group"], one["kind"]) for one in facts["differences"]] == [("attachments", "added")]


def test_a_procedure_does_not_differ_from_itself() -> None:
    assert "違いはありません" in run("diff", BEFORE, BEFORE).stdout
    assert "違いはありません" in run("diff", CHILD, CHILD).stdout


def test_a_former_copy_is_compared_with_the_present(former: Path) -> None:
    said = joined(run("diff", str(former), "plaza_use", "--definitions", str(MADE_UP)).stdout)
    assert "操作「記帳する」(note)の行う人:担当・届出人→担当" in said
    assert "操作「記帳する」(note)の名:記入する→記帳する" in said
    assert "欄「目的」(purpose)の文字数の上限:50→100" in said


def test_a_single_file_is_enough(former: Path) -> None:
    file = former / "procedures" / "childcare" / "plaza_use.toml"
    found = run("diff", str(file), "plaza_use", "--definitions", str(MADE_UP), "--json")
    (facts,) = json.loads(found.stdout)
    assert {one["path"][-1] for one in facts["differences"]} >= {"by", "label"}


def test_two_folders_are_compared_procedure_by_procedure(former: Path) -> None:
    assert [one["procedure"] for one in json.loads(run("diff", str(former), str(MADE_UP), "--json").stdout)] == [
        "plaza_use"
    ]


def test_words_alone_are_said_to_be_words_alone(tmp_path: Path) -> None:
    folder = shutil.copytree(MADE_UP, tmp_path / "former")
    path = folder / "procedures" / "childcare" / "plaza_use.toml"
    path.write_text(path.read_text("utf-8").replace("広場の使用の届出", "広場使用届"), "utf-8")
    (facts,) = json.loads(run("diff", str(folder), str(MADE_UP), "--json").stdout)
    assert facts["verdict"] == "wording"
    assert facts["before"]["behaviour"] == facts["after"]["behaviour"]
    assert "違うのは文言だけです" in run("diff", str(folder), str(MADE_UP)).stdout


def test_a_figure_alone_is_said_to_be_a_figure(tmp_path: Path) -> None:
    tables = tmp_path / "former" / "procedures" / "tables"
    shutil.copytree(our_folder() / "childcare", tables.parent / "childcare")
    tables.mkdir()
    text = (our_folder() / "tables" / "child_allowance_monthly.toml").read_text("utf-8")
    text = text.replace(
        'key = "primary", value = 10000, since = 2024-10-01', 'key = "primary", value = 12000, since = 2024-10-01'
    )
    (tables / "child_allowance_monthly.toml").write_text(text, "utf-8")
    (facts,) = json.loads(run("diff", str(tmp_path / "former"), CHILD, "--json").stdout)
    assert (facts["verdict"], facts["span"]) == ("figures", ["2024-10-01", None])
    assert [one["ja"] for one in facts["differences"]] == [
        "表「児童手当の月額(児童1人)」の primary: 12,000円 → 10,000円"
    ]


def test_every_edition_is_listed_with_its_law() -> None:
    rows = json.loads(run("versions", CHILD, "--json").stdout)
    assert [row["from"] for row in rows][:3] == ["2012-04-01", "2022-06-01", "2024-10-01"]
    assert rows[1]["changes"][0].startswith("確認「所得上限限度額未満」(cap)が加わります")
    assert "児童手当法6条(令和6年法律第47号)" in rows[2]["sources"]
    lines = run("versions", CHILD).stdout.splitlines()
    assert max(map(width, lines)) <= 80
    assert "所得制限なし" in joined(run("versions", CHILD).stdout)


def test_a_procedure_without_versions_has_one_edition() -> None:
    rows = json.loads(run("versions", "plaza_use", "--definitions", str(MADE_UP), "--json").stdout)
    assert [(row["from"], row["version"], row["changes"]) for row in rows] == [(None, "", [])]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("diff", CHILD), 2, "比べる二つを書いてください"),
        (("diff", CHILD, "2024-09-01"), 2, "比べる二つを書いてください"),
        (("diff", BEFORE, f"{CHILD}@soon"), 2, "@ の後は 2024-10-01 のような日"),
        (("diff", BEFORE, "child_allowance_clame@2024-10-01"), 1, "child_allowance_claim のことですか"),
        (("diff", BEFORE, f"{CHILD}@2001-01-01"), 1, "2012-04-01から"),
        (("diff", "old/claim.toml", CHILD), 1, "ファイル「old/claim.toml」がありません"),
        (("diff", str(MADE_UP.parent), CHILD), 1, "に手続がありません"),
        (("diff", str(BROKEN), CHILD), 1, "同じ id の手続がありません"),
        (("diff", str(BROKEN), str(BROKEN)), 1, "crooked_plaza.toml"),
        (("versions", "child_allowance_clame"), 1, "child_allowance_claim のことですか"),
        (("versions", "crooked_plaza", "--definitions", str(BROKEN)), 1, "crooked_plaza.toml"),
    ],
)
def test_what_cannot_be_compared_is_answered_with_what_can(words: tuple[str, ...], code: int, said: str) -> None:
    found = run(*words, code=code)
    assert said in found.stderr
    assert found.stdout == ""
