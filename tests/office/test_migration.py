"""Running cases at the command line, moved into another edition of a made-up procedure after its files were edited."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from engine.actors import Actor
from engine.commands import Engine, Receipt
from engine.errors import StoreError
from tests.office.door import CHILD, MADE_UP, Door, contents

MONDAY = "2022-06-06T10:00"


class Plaza:
    """A city with definitions of its own, which somebody edits."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not (folder / "definitions").exists():
            shutil.copytree(MADE_UP, folder / "definitions")
        self.door = Door(folder, ("--definitions", str(folder / "definitions"), "--at", MONDAY))

    def edit(self, name: str, old: str, new: str) -> None:
        """One piece of a file replaced by another."""
        path = next(self.folder.rglob(f"*/childcare/{name}"))
        text = path.read_text("utf-8")
        assert text.count(old) == 1, old
        path.write_text(text.replace(old, new), "utf-8")

    def case(self, *, day: str = "2022-07-01", sent: bool = True) -> None:
        """One more case, handed in unless it is to stay a draft."""
        self.door("case", "open", "plaza_use", "--as", "applicant:p1", "--practice")
        number = str(len(contents(self.door.store)["case_"]))
        (self.folder / "answers.json").write_text(json.dumps({"day": day, "purpose": "市"}), "utf-8")
        if sent:
            self.door("case", "submit", number, str(self.folder / "answers.json"), "--as", "applicant:p1")

    def migrate(self, *words: str, code: int = 0) -> str:
        return self.door("case", "migrate", *words, code=code).stdout


@pytest.fixture
def plaza(tmp_path: Path) -> Plaza:
    return Plaza(tmp_path)


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Plaza:
    """A store with one case whose definition has been edited since; no test changes it."""
    plaza = Plaza(tmp_path_factory.mktemp("waiting"))
    two_versions(plaza)
    plaza.case()
    plaza.edit("plaza_use.toml", 'required = ["code"]', 'required = ["code", "free"]')
    return plaza


def renamed_state(plaza: Plaza) -> None:
    """The state `received` is called `checked_in` from now on, in every place."""
    path = plaza.folder / "definitions" / "procedures" / "childcare" / "plaza_use.toml"
    path.write_text(path.read_text("utf-8").replace('"received"', '"checked_in"'), "utf-8")


RENAME = 'renames = [\n  { id = "in", kind = "state", was = "received", now = "checked_in" },\n]\noutcomes = ['


def test_a_dry_run_says_of_each_case_whether_it_can_move_and_keeps_nothing(plaza: Plaza) -> None:
    plaza.case()
    plaza.case(sent=False)
    plaza.door("case", "open", "plaza_use", "--as", "applicant:p1")
    renamed_state(plaza)
    before = contents(plaza.door.store)
    said = plaza.migrate("--procedure", "plaza_use", "--dry-run", code=1)
    assert contents(plaza.door.store) == before
    assert "移せない案件1件" in said
    assert "移せる案件2件" in said
    assert "同じ役目の状態「受付」(received)がありません" in "".join(said.split())
    assert "試しただけ" in said


def test_cases_move_once_their_new_names_are_declared_and_the_second_time_there_is_nothing_to_do(plaza: Plaza) -> None:
    plaza.case()
    renamed_state(plaza)
    plaza.edit("plaza_use.toml", "outcomes = [", RENAME)
    assert "移した案件1件" in plaza.migrate("1", "--as", "clerk:k1")
    assert plaza.door.json("case", "show", "1")["state"] == "checked_in"
    after = contents(plaza.door.store)
    assert "もうその版にある案件1件" in plaza.migrate("1", "--as", "clerk:k1")
    assert contents(plaza.door.store) == after
    plaza.door("case", "fire", "1", "note", "--as", "clerk:k1", "--set", "code=1")
    assert "誤りは0件" in plaza.door("case", "verify").stdout


def test_the_log_tells_each_row_in_the_words_of_its_own_edition(plaza: Plaza) -> None:
    plaza.case()
    renamed_state(plaza)
    plaza.edit("plaza_use.toml", "outcomes = [", RENAME)
    plaza.edit("plaza_use.toml", "届け出る", "申し出る")
    before = plaza.door.json("case", "show", "1")["edition"]
    plaza.migrate("1", "--as", "clerk:k1")
    after = plaza.door.json("case", "show", "1")["edition"]
    lines = plaza.door("case", "log", "1").stdout.splitlines()
    assert "届け出る → 受付" in lines[1]
    assert f"定義の版を移す({before[:8]} → {after[:8]}) → 受付  clerk:k1" in lines[2]


def test_a_case_goes_on_under_its_own_edition_until_it_is_moved(plaza: Plaza) -> None:
    plaza.case()
    plaza.edit("plaza_use.toml", 'required = ["code"]', 'required = ["code", "free"]')
    plaza.case()
    plaza.door("case", "fire", "1", "note", "--as", "clerk:k1", "--set", "code=1")
    assert "「free」を入れてください" in plaza.door.refused(
        "case", "fire", "2", "note", "--as", "clerk:k1", "--set", "code=1"
    )


def test_answers_that_the_edited_form_does_not_take_are_named_by_their_field(plaza: Plaza) -> None:
    plaza.case()
    plaza.edit("plaza_use.schema.json", '"maxLength": 100', '"maxLength": 100, "minLength": 5')
    found = plaza.door("case", "migrate", "1", "--dry-run", "--json", code=1)
    (fate,) = json.loads(found.stdout)["cases"]
    assert (fate["outcome"], fate["reason"]) == ("cannot", "answers")
    assert "「目的」(/purpose)" in fate["says"][0]


VERSIONS = """versions = [
  { id = "first", from = 2022-01-01, until = 2022-07-01 },
  { id = "second", from = 2022-07-01 },
]
natures = ["""


def two_versions(plaza: Plaza) -> None:
    """From July 2022 a notice goes out when the plaza's use is handed in no more."""
    plaza.edit("plaza_use.toml", "natures = [", VERSIONS)
    row = '  { id = "hand_in", numbers = ["receipt"]'
    later = f"{row}, since = 2022-07-01 }},\n"
    plaza.edit(
        "plaza_use.toml",
        f'{row}, notices = ["arrival"] }},\n',
        f'{row}, notices = ["arrival"], until = 2022-07-01 }},\n{later}',
    )


def test_a_case_is_moved_to_the_day_or_the_hash_that_is_named_and_back(plaza: Plaza) -> None:
    two_versions(plaza)
    plaza.edit("plaza_use.toml", 'version_by = "case.opened_on"', 'version_by = "form.day"')
    plaza.case(sent=False)
    first = plaza.door.json("case", "show", "1")["edition"]
    plaza.migrate("1", "--to", "2022-07-01", "--as", "clerk:k1")
    second = plaza.door.json("case", "show", "1")["edition"]
    plaza.migrate("1", "--to", first[:12], "--as", "clerk:k1")
    assert first != second
    assert plaza.door.json("case", "show", "1")["edition"] == first


def test_a_case_that_its_answers_put_under_another_day_stays(plaza: Plaza) -> None:
    two_versions(plaza)
    plaza.case()
    found = plaza.migrate("1", "--to", "2022-08-01", "--dry-run", code=1)
    assert "この案件は2022-06-06の定めによります" in "".join(found.split())


def test_a_case_whose_definition_is_nowhere_any_more_is_told_apart_from_the_others(plaza: Plaza) -> None:
    plaza.case()
    plaza.edit("plaza_use.toml", 'required = ["code"]', 'required = ["code", "free"]')
    plaza.case()
    with closing(sqlite3.connect(plaza.door.store)) as connection:
        gone = connection.execute("SELECT edition FROM case_ WHERE id = 1").fetchone()
        connection.execute("DELETE FROM definition WHERE hash = ?", gone)
        connection.commit()
    plaza.edit("plaza_use.toml", 'required = ["code", "free"]', "required = []")
    found = plaza.door("case", "migrate", "--procedure", "plaza_use", "--as", "clerk:k1", "--json", code=1)
    fates = [(fate["case"], fate["outcome"], fate["reason"]) for fate in json.loads(found.stdout)["cases"]]
    assert fates == [(1, "cannot", "definition"), (2, "moved", "")]


def test_an_ended_case_is_left_and_not_even_listed(plaza: Plaza) -> None:
    plaza.case()
    plaza.door("case", "fire", "1", "note", "--as", "clerk:k1", "--set", "code=1")
    plaza.edit("plaza_use.toml", 'required = ["code"]', 'required = ["code", "free"]')
    assert "終わった案件は移しません" in "".join(plaza.migrate("1", "--as", "clerk:k1", code=1).split())
    assert "移した案件0件、移せない案件0件" in plaza.migrate("--procedure", "plaza_use", "--as", "clerk:k1")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((), 2, "案件の番号か --procedure の、どちらか一つ"),
        (("1", "--procedure", "plaza_use"), 2, "どちらか一つ"),
        (("1",), 2, "--as 職:人"),
        (("1", "--to", "soon", "--dry-run"), 2, "2024-10-01 のような日か、版のハッシュ"),
        (("1", "--to", "2022-13-01", "--dry-run"), 2, "2024-10-01 のような日か、版のハッシュ"),
        (("1", "--to", "abcdef0123", "--dry-run"), 1, "今の定義にない"),
        (("1", "--to", "2021-12-31", "--dry-run"), 1, "2022-01-01から2022-07-01の前日まで"),
        (("9", "--dry-run"), 1, "案件9はありません"),
        (("--procedure", "plaza_us", "--dry-run"), 1, "plaza_use のことですか"),
        (("1", "--as", "applicant:p1"), 1, "職員"),
        (("0", "--dry-run"), 2, "1以上の整数"),
    ],
)
def test_what_cannot_be_is_answered_with_what_can(waiting: Plaza, words: tuple[str, ...], code: int, said: str) -> None:
    assert said in waiting.door.refused("case", "migrate", *words, code=code)


def test_what_was_stopped_half_way_goes_on_when_it_is_said_again(plaza: Plaza, monkeypatch: pytest.MonkeyPatch) -> None:
    plaza.case()
    plaza.case()
    plaza.edit("plaza_use.toml", 'required = ["code"]', 'required = ["code", "free"]')
    words = ("case", "migrate", "--procedure", "plaza_use", "--as", "clerk:k1")
    migrate = Engine.migrate

    def full_at_the_second(engine: Engine, number: int, actor: Actor, on: dt.date | None) -> Receipt:
        if number == 2:
            raise StoreError("ディスクがいっぱいです。", "the disk is full")
        return migrate(engine, number, actor, on)

    with monkeypatch.context() as patched:
        patched.setattr(Engine, "migrate", full_at_the_second)
        assert "ディスクがいっぱい" in plaza.door(*words, code=1).stderr
    found = plaza.door.json(*words)
    assert [(fate["case"], fate["outcome"]) for fate in found["cases"]] == [(1, "stands"), (2, "moved")]
    assert "誤りは0件" in plaza.door("case", "verify").stdout


def test_the_reasons_are_told_in_the_language_asked_for(plaza: Plaza) -> None:
    plaza.case()
    renamed_state(plaza)
    assert "thereisnostatereceivedofthesamekind" in "".join(
        plaza.migrate("1", "--dry-run", "--lang", "en", code=1).split()
    )


def test_no_case_is_touched_when_the_definition_to_move_into_has_errors(plaza: Plaza) -> None:
    plaza.case()
    plaza.edit("plaza_use.toml", 'version_by = "case.opened_on"', 'version_by = "case.opened_of"')
    said = plaza.door.refused("case", "migrate", "--procedure", "plaza_use", "--as", "clerk:k1")
    assert "plaza_use.toml" in said


def test_the_table_is_readable_in_eighty_columns(plaza: Plaza) -> None:
    plaza.case()
    plaza.edit("plaza_use.schema.json", '"maxLength": 100', '"maxLength": 100, "minLength": 5')
    lines = plaza.migrate("1", "--dry-run", code=1).splitlines()
    assert lines[0].split() == ["案件", "結果", "版", "わけ・変わること"]
    assert max(len(line.encode("gbk", "replace")) for line in lines[:-1]) <= 80


def test_a_procedure_of_ours_is_moved_like_any_other(at: Callable[[str], Door]) -> None:
    door = at("reviewed")
    assert "もうその版にある案件1件" in door("case", "migrate", "--procedure", CHILD, "--as", "clerk:k1").stdout
    found = door("case", "migrate", "1", "--to", "2024-10-01", "--dry-run", code=1)
    assert "この案件は2022-06-01の定めによります" in "".join(found.stdout.split())
