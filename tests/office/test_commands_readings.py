"""Who is shown a person's values is noted first: by whom, of which case, which values, and never what they say."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from typing import Any

import pytest

from engine.actors import Actor
from engine.store import Store
from registers.noting import in_log
from registers.population import Population
from registers.port import Counter
from registers.synthetic import SyntheticRegisters
from tests.office.door import CHILD, EVENING, EXAMPLE, Door

At = Callable[[str], Door]
NUMBER = "123456789010"
CLERK = ("--as", "clerk:k1")


def looked(door: Door, *words: str) -> list[tuple[str, str, dict[str, str]]]:
    """Who looked at what, and why."""
    standing, door.standing = door.standing, ()
    found: list[dict[str, Any]] = door.json("log", "readings", *words)
    door.standing = standing
    return [(f"{one['post']}:{one['person']}", one["purpose"], one["fields"]) for one in found]


@pytest.fixture
def numbered(door: Door) -> Door:
    """A case whose applicant gave a My Number, made up so that it is nobody's."""
    document = json.loads(EXAMPLE.read_text("utf-8"))
    document["applicant"]["my_number"] = NUMBER
    (door.folder / "answers.json").write_text(json.dumps(document), "utf-8")
    door("case", "open", CHILD, "--as", "applicant:p1", "--practice")
    door("case", "submit", "1", str(door.folder / "answers.json"), "--as", "applicant:p1")
    return door


def test_whoever_sees_the_answers_is_noted_with_the_names_of_what_was_shown(at: At) -> None:
    door = at("proposed")
    door("case", "show", "1", "--answers", *CLERK)
    ((who, purpose, fields),) = looked(door)
    assert (who, purpose) == ("clerk:k1", "case show")
    assert fields == {
        "form.1": "general",
        "form.1.special_care": "special_care",
        "proposal.1": "general",
        "rules.monthly_amount": "general",
        "rules.start_month": "general",
    }


def test_what_is_calculated_is_shown_only_to_somebody_who_is_named(at: At) -> None:
    door = at("proposed")
    assert "計算" not in door("case", "show", "1").stdout
    assert looked(door) == []
    assert "計算 開始月の月額: 15,000円" in door("case", "show", "1", *CLERK).stdout
    assert [set(fields) for _, _, fields in looked(door)] == [{"rules.start_month", "rules.monthly_amount"}]


def test_whoever_sees_the_notices_is_noted_and_so_is_what_goes_out(at: At) -> None:
    door = at("issued")
    door("case", "notices", "1", "--as", "counter:c1")
    door("deliver")
    seen, *sent = looked(door)
    assert seen[:2] == ("counter:c1", "case notices")
    assert [one[:2] for one in sent] == [("system:system", "deliver")] * len(sent)
    assert seen[2] == {name: kind for _, _, fields in sent for name, kind in fields.items()}
    assert len(sent) == 2


def test_a_my_number_is_whole_only_where_it_is_asked_for_and_who_asked_is_separable(numbered: Door) -> None:
    hidden = numbered("case", "show", "1", "--answers", *CLERK).stdout
    whole = numbered("case", "show", "1", "--my-number", "--as", "counter:c2").stdout
    assert (NUMBER in hidden, "************" in hidden) == (False, True)
    assert (NUMBER in whole, "************" in whole) == (True, False)
    assert [who for who, _, _ in looked(numbered)] == ["clerk:k1", "counter:c2"]
    ((who, _, fields),) = looked(numbered, "--sensitivity", "my_number")
    assert (who, fields["form.1.my_number"]) == ("counter:c2", "my_number")


def test_readings_are_found_by_case_and_by_person(numbered: Door) -> None:
    for who in ("clerk:k1", "clerk:k2", "counter:c1"):
        numbered("case", "show", "1", "--answers", "--as", who)
    assert [who for who, _, _ in looked(numbered, "--by", "k2")] == ["clerk:k2"]
    assert len(looked(numbered, "--case", "1")) == 3
    assert looked(numbered, "--case", "2") == []
    said = numbered("log", "readings", "--by", "c1").stdout.splitlines()
    assert len(said) == 1
    assert said[0].split()[3:6] == ["案件1", "counter:c1", "case"]
    assert "form.1" in said[0]
    assert "当てはまる閲覧の記録はありません" in numbered("log", "readings", "--by", "nobody").stdout


def test_a_reading_holds_no_value_and_leaves_the_case_as_it_is(numbered: Door) -> None:
    before = numbered.json("case", "show", "1")["version"]
    numbered("case", "show", "1", "--my-number", *CLERK)
    assert numbered.json("case", "show", "1")["version"] == before
    with closing(sqlite3.connect(numbered.store)) as connection:
        rows = repr(connection.execute("SELECT * FROM reading").fetchall())
    assert [text for text in (NUMBER, "髙橋", "15000", "15,000") if text in rows] == []


@pytest.mark.parametrize("more", [(), ("--as", "clerk")])
@pytest.mark.parametrize(
    "words", [("case", "show", "1", "--answers"), ("case", "show", "1", "--my-number"), ("case", "notices", "1")]
)
def test_nobody_is_shown_anything_without_being_named(at: At, words: tuple[str, ...], more: tuple[str, ...]) -> None:
    assert "--as 職:人" in at("submitted").refused(*words, *more, code=2)


def test_a_post_that_is_not_here_is_shown_nothing(at: At) -> None:
    door = at("submitted")
    for words in (("case", "show", "1", "--answers"), ("case", "show", "1"), ("case", "notices", "1")):
        assert "janitor" in door.refused(*words, "--as", "janitor:j1")


def test_where_a_reading_cannot_be_noted_nothing_is_shown(numbered: Door) -> None:
    with closing(sqlite3.connect(numbered.store)) as connection, connection:
        connection.execute("CREATE TRIGGER full BEFORE INSERT ON reading BEGIN SELECT RAISE(ABORT, 'no room'); END")
    for words in (("case", "show", "1", "--answers"), ("case", "notices", "1")):
        assert "no room" in numbered.refused(*words, *CLERK)
    letters = numbered.folder / "letters"
    assert "no room" in numbered.refused("deliver", "--out", str(letters))
    assert not letters.exists()


def test_readings_are_sealed_and_a_changed_one_is_named(numbered: Door) -> None:
    numbered("case", "show", "1", "--answers", *CLERK)
    numbered("case", "show", "1", "--my-number", *CLERK)
    numbered("log", "seal")
    head = numbered.folder / "head.json"
    numbered("log", "head", "--out", str(head))
    assert "閲覧の記録2行を確かめました。誤りは0件" in numbered("log", "verify", "--head", str(head)).stdout
    kept = numbered.store.read_bytes()
    for change, said in (
        ("UPDATE reading SET person = 'k9' WHERE number = 1", "閲覧の記録1行目は、書かれた後に"),
        ("DELETE FROM reading WHERE number = 2", "閲覧の記録は2行目まで封をしてありますが、いまは1行です"),
    ):
        with closing(sqlite3.connect(numbered.store)) as connection, connection:
            connection.execute(change)
        assert said in numbered("log", "verify", "--head", str(head), code=1).stdout
        numbered.store.write_bytes(kept)


def test_a_reading_is_noted_at_the_instant_of_the_clock(at: At) -> None:
    door = at("submitted")
    door("case", "notices", "1", *CLERK)
    door.standing = ()
    assert door.json("log", "readings")[0]["at"] == f"{EVENING}:00+09:00"


def test_a_look_up_in_the_registers_outside_any_case_is_told_with_them(numbered: Door) -> None:
    with Store.open(str(numbered.store)) as store:
        registers = SyntheticRegisters(Population("hitachinaka", 1, date(2025, 6, 2), households=9))
        at_the_desk = Counter(registers, Actor("clerk", "k9"), "審査", in_log(store), lambda: 1_748_822_400)
        at_the_desk.read(11, ("juki.sex", "zei.stage"), 11)
    said = numbered("log", "readings", "--by", "k9").stdout
    assert said.split()[3:6] == ["案件外", "clerk:k9", "審査"]
    assert "11/juki.sex、11/zei.stage(要配慮個人情報)" in said
