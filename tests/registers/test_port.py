"""Every look-up is noted before a value is given: who, when, for what, about whom, which fields; never the value."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.actors import Actor
from engine.errors import StoreError
from engine.store.canonical import unpack
from registers.noting import in_log
from registers.port import Counter, LookUp
from registers.synthetic import SyntheticRegisters
from tests.grounds import FileGround
from tests.registers.cities import city

CLERK = Actor("clerk", "k1")
AT = 1_748_822_400
REGISTERS = SyntheticRegisters(city())


def test_a_look_up_says_who_when_about_whom_and_which_fields() -> None:
    notes: list[LookUp] = []
    counter = Counter(REGISTERS, CLERK, "審査", notes.append, lambda: AT)
    assert counter.read(11, ("juki.sex", "zei.stage"), 11)["juki.sex"] in {"male", "female"}
    assert notes == [LookUp(CLERK, "審査", AT, 11, ("juki.sex", "zei.stage"))]
    assert notes[0].shown == {"11/juki.sex": "general", "11/zei.stage": "special_care"}


def test_asking_who_belongs_to_somebody_is_a_look_up_too_and_asking_nothing_is_none() -> None:
    notes: list[LookUp] = []
    counter = Counter(REGISTERS, CLERK, "審査", notes.append, lambda: AT)
    assert counter.people(11, "person") == (11,)
    assert counter.read(11, (), 11) == {}
    assert notes == []
    counter.people(11, "children")
    assert [one.keys for one in notes] == [("juki.relation",)]


def test_nothing_is_read_that_could_not_be_noted() -> None:
    def full(_: LookUp) -> None:
        raise StoreError("書けません。", "cannot write")

    counter = Counter(REGISTERS, CLERK, "審査", full, lambda: AT)
    with pytest.raises(StoreError):
        counter.read(11, ("juki.sex",), 11)
    with pytest.raises(StoreError):
        counter.people(11, "spouse")


def test_a_look_up_stands_in_the_log_of_readings_and_no_value_does(tmp_path: Path) -> None:
    with FileGround(tmp_path).open(practice=True) as store:
        counter = Counter(REGISTERS, CLERK, "審査", in_log(store, 7), lambda: AT)
        name = counter.read(11, ("juki.name_kanji", "zei.stage"), 11)["juki.name_kanji"]
        with store.reading() as tx:
            rows = tx.readings(case_id=7, person="k1")
    assert [(row.at, row.post, row.person, row.purpose) for row in rows] == [(AT, "clerk", "k1", "審査")]
    assert unpack(rows[0].fields, 7, "fields") == {"11/juki.name_kanji": "general", "11/zei.stage": "special_care"}
    assert str(name).encode() not in (tmp_path / "madoguchi.db").read_bytes()
