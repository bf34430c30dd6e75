"""Exports from the command line: a case, a made-up submission, the catalogue of services."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest

from office.gif.services import COLUMNS, LONGEST
from tests.office.door import Door

At = Callable[[str], Door]
CLERK = ("--as", "clerk:k1")


def test_a_case_is_exported_by_somebody_and_that_is_noted(at: At) -> None:
    door = at("submitted")
    said = door("export", "gif", "1", *CLERK).stdout
    for part in ("<pd:fullName>髙橋 健太</pd:fullName>", "<pd:id>082210</pd:id>", "<applicationDate>2022-05-30<"):
        assert part in said
    assert '<item path="claim_reason" label="請求の事由" code="birth">出生</item>' in said
    assert door.json("export", "gif", "1", *CLERK)["xml"] == said
    said = door("log", "readings", "--db", str(door.store), "--json", plain=True).stdout
    (first, _) = json.loads(said)
    assert (first["person"], first["purpose"], first["case"]) == ("k1", "export gif", 1)
    assert set(first["fields"]) == {"form.1", "form.1.special_care"}


@pytest.mark.parametrize(
    ("stage", "words", "code", "sentence"),
    [
        ("submitted", ("1",), 2, "見る人を --as 職:人 で"),
        ("submitted", ("1", "--as", "clerk"), 2, "見る人を --as 職:人 で"),
        ("submitted", ("1", "--as", "wizard:w1"), 1, "wizard"),
        ("submitted", ("9", *CLERK), 1, "案件9"),
        ("submitted", ("1", "--sample", "care_certification", *CLERK), 2, "どちらか一つ"),
        ("submitted", (), 2, "どちらか一つ"),
        ("opened", ("1", *CLERK), 1, "出された申請データがありません"),
    ],
)
def test_what_cannot_be_exported_is_said_and_not_noted(
    at: At, stage: str, words: tuple[str, ...], code: int, sentence: str
) -> None:
    assert sentence in at(stage).refused("export", "gif", *words, code=code)


def test_a_destroyed_submission_is_not_exported(at: At) -> None:
    door = at("submitted")
    door("case", "fire", "1", "withdraw", "--set", "reason=やめる", "--as", "applicant:p1")
    door("deliver")
    door.standing = ("--at", "2027-04-01T09:00")
    door("case", "destroy", "1", "--field", "form.1", "--reason", "保存期間の満了", "--as", "section_chief:s1")
    assert "廃棄されたので" in door.refused("export", "gif", "1", *CLERK)


def test_a_made_up_submission_is_the_same_for_the_same_seed_and_has_no_my_number(door: Door) -> None:
    words = ("export", "gif", "--sample", "care_certification")
    first = door(*words, plain=True).stdout
    assert first == door(*words, plain=True).stdout != door(*words, "--seed", "2", plain=True).stdout
    assert "my_number" not in first
    assert "手続はありません" in door("export", "gif", "--sample", "nothing", plain=True, code=1).stderr
    assert "申請者の欄がない" in door("export", "gif", "--sample", "building_survey", plain=True, code=1).stderr


def test_the_catalogue_has_a_row_for_every_procedure_that_residents_bring(door: Door) -> None:
    words = ("export", "catalogue", "--city", "hitachinaka", "--on", "2025-06-02")
    rows = list(csv.DictReader(io.StringIO(door(*words, plain=True).stdout)))
    numbers = [int(row["制度番号"]) for row in rows]
    assert tuple(rows[0]) == COLUMNS
    assert numbers == sorted(set(numbers))
    assert len(numbers) >= 24
    needed = ("所管組織", "タイトル", "概要", "内容", "根拠法令", "地域")
    assert [row["タイトル"] for row in rows if not all(row[name] for name in needed)] == []
    assert [row for row in rows for name, most in LONGEST.items() if len(row[name]) > most] == []
    assert {row["地域"] for row in rows} == {"082210"}


def test_a_catalogue_needs_a_city_that_is_there(door: Door) -> None:
    assert "--city" in door("export", "catalogue", plain=True, code=2).stderr
    assert "nowhere" in door("export", "catalogue", "--city", "nowhere", plain=True, code=1).stderr
