"""`madoguchi forms prefill`: answers with their registers, for a person and for a program, and every look-up told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from forms.commands import group
from tests.registers.cities import city

PERSON = 51


def run(*args: str) -> Result:
    return CliRunner().invoke(group, ["prefill", *args])


def test_each_answer_stands_with_its_label_and_its_register_within_reach_of_the_eye() -> None:
    shown = run("child_allowance_claim", "--person", str(PERSON)).output
    assert [line.split() for line in shown.splitlines() if line.startswith("請求者氏名フリガナ")] == [
        ["請求者氏名フリガナ", *city().resident(PERSON).kana.split(), "住民基本台帳"]
    ]
    assert "照会: 住民 51 の住民基本台帳" in shown
    assert "子(実子)" in shown
    assert "Resident" not in shown


def test_the_same_seed_gives_the_same_bytes_and_another_another_person() -> None:
    first, again = (run("child_allowance_claim", "--person", "11", "--json").output for _ in range(2))
    assert first == again
    assert first != run("child_allowance_claim", "--person", "11", "--seed", "2", "--json").output


def test_a_program_reads_answers_sources_and_look_ups() -> None:
    told = json.loads(run("child_allowance_claim", "--person", str(PERSON), "--json").output)
    assert told["answers"]["applicant"]["name_kanji"] == city().resident(PERSON).kanji
    assert {"pointer": "/applicant/name_kanji", "source": "juki.name_kanji", "person": PERSON} in told["filled"]
    read = {field for one in told["look_ups"] for field in one["fields"]}
    assert {f"{one['person']}/{one['source']}" for one in told["filled"]} <= read
    assert {(one["by"], one["for"]) for one in told["look_ups"]} == {("51", "forms prefill")}


def test_answers_that_are_given_stay_and_bring_in_what_hangs_on_them(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"change_kinds": ["name"], "old_name": "前の名"}', "utf-8")
    args = ("name_address_change", "--person", str(PERSON), "--json", "--given", str(tmp_path / "a.json"))
    answers = json.loads(run(*args).output)["answers"]
    assert answers["old_name"] == "前の名"
    assert answers["new_name"] == city().resident(PERSON).kanji


def test_what_a_form_does_not_take_is_told_with_the_reason() -> None:
    shown = run("pregnancy_notice", "--person", "21", "--lang", "en").output
    assert "not taken: Age (resident register) “Age” must be 60 or less." in shown


@pytest.mark.parametrize(
    ("args", "said", "code"),
    [
        (("child_allowance_claim", "--person", "7"), "住民番号 7 の人はいません", 1),
        (("child_allowance_claim", "--person", "-51"), "住民番号 -51 の人はいません", 1),
        (("child_allowance_claim", "--person", "51", "--place", "edo"), "市 edo の住民は作れません", 1),
        (("child_allowance_claim",), "--person", 2),
        (("child_allowance_claim", "--person", "x"), "x", 2),
        (("child_allowance_clam", "--person", "51"), "child_allowance_claim", 2),
    ],
)
def test_bad_input_is_said_without_a_traceback(args: tuple[str, ...], said: str, code: int) -> None:
    result = run(*args)
    assert (result.exit_code, said in result.output) == (code, True), result.output


def test_given_answers_that_cannot_be_read_are_said(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"a": 1, "a": 2}', "utf-8")
    result = run("child_allowance_claim", "--person", "51", "--given", str(tmp_path / "a.json"))
    assert result.exit_code == 1
    assert result.output.strip()
