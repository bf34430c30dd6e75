"""本人確認: a certificate's four attributes beside a form's, every way it can come out, and what is said of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.actors import Actor
from registers.certificate import Attributes, Certificate, letters, words
from registers.identity import Identity, compare
from registers.port import Counter, LookUp
from registers.synthetic import SyntheticRegisters
from tests.registers.cities import TODAY, city

REGISTERS = SyntheticRegisters(city())
PEOPLE = [one.number for one in city().residents()]
HOME = "茨城県ひたちなか市東石川9951番地の1"
OLD_HOME = "茨城県水戸市曙町9002番地"
WRITTEN = Attributes("髙橋　健太", HOME, dt.date(1990, 5, 4), "male")
HELD = Certificate(WRITTEN, dt.date(2023, 4, 1), dt.date(2027, 5, 4))


def found(certificate: Certificate, written: Attributes = WRITTEN, on: dt.date = TODAY) -> Identity:
    return compare(certificate, written, replace(WRITTEN), on)


def holding(name: str = WRITTEN.name, address: str = WRITTEN.address) -> Certificate:
    return replace(HELD, attributes=replace(WRITTEN, name=name, address=address))


def test_the_same_attributes_are_the_same_person() -> None:
    assert found(HELD).verdict == "equal"
    assert found(HELD).is_confirmed
    assert "申請書と同じです" in found(HELD).ja


@pytest.mark.parametrize("written", ["髙橋健太", "髙橋 健太", "髙橋　健太"])
def test_a_space_in_a_name_makes_no_difference(written: str) -> None:
    assert found(HELD, replace(WRITTEN, name=written)).verdict == "equal"


@pytest.mark.parametrize("address", [HOME.replace("1", "１"), f"{HOME[:3]} {HOME[3:]}"])
def test_width_and_spaces_of_an_address_make_no_difference(address: str) -> None:
    assert found(HELD, replace(WRITTEN, address=address)).verdict == "equal"


@pytest.mark.parametrize("name", ["〓橋　健太", "高橋　健太"])
def test_a_substitute_letter_that_the_certificate_declares_is_read_as_one(name: str) -> None:
    held = replace(holding(name=name), substitutes=(0,))
    assert found(held).verdict == "equal_by_substitute"
    assert "代わりの文字" in found(held).ja


@pytest.mark.parametrize("name", ["〓橋　健太", "高橋　健太"])
def test_a_letter_that_it_does_not_declare_is_another_letter(name: str) -> None:
    assert found(holding(name=name)).verdict == "different"


def test_a_plainer_letter_stands_only_for_its_own() -> None:
    assert found(replace(holding(name="吉橋　健太"), substitutes=(0,))).verdict == "different"
    variant = replace(WRITTEN, name="辻󠄀　健太")
    assert found(replace(holding(name="辻　健太"), substitutes=(0,)), variant).verdict == "equal_by_substitute"
    assert found(holding(name="辻　健太"), variant).verdict == "different"


def test_an_address_that_the_register_has_since_is_a_move() -> None:
    moved = holding(address=OLD_HOME)
    assert found(moved).verdict == "moved"
    assert found(replace(moved, revoked_on=TODAY, lapse="moved")).verdict == "moved"
    assert "引っ越し" in found(moved).ja
    elsewhere = replace(WRITTEN, address="茨城県那珂市菅谷9003番地")
    assert found(moved, elsewhere).verdict == "different"


def test_a_revoked_and_an_expired_certificate_are_no_proof_from_the_first_day_on() -> None:
    revoked = replace(HELD, revoked_on=TODAY, lapse="lost")
    assert [found(revoked, on=TODAY - dt.timedelta(days=n)).verdict for n in (0, 1)] == ["revoked", "equal"]
    last = HELD.expires_on
    assert [found(HELD, on=last + dt.timedelta(days=n)).verdict for n in (0, 1)] == ["equal", "expired"]
    assert found(HELD, on=HELD.issued_on - dt.timedelta(days=1)).verdict == "not_yet"


@pytest.mark.parametrize(
    ("change", "what"),
    [({"name": "別所　花"}, "name"), ({"birth_date": dt.date(1991, 5, 4)}, "birth_date"), ({"sex": "female"}, "sex")],
)
def test_what_differs_is_named_in_every_language(change: dict[str, str], what: str) -> None:
    result = found(HELD, replace(WRITTEN, **change))  # type: ignore[arg-type]
    names = words()["attributes"][what]
    assert (result.verdict, result.differing) == ("different", (what,))
    assert names["ja"] in result.ja
    assert names["easy"] in result.easy
    assert names["en"] in result.en.lower()


def test_anothers_lapsed_certificate_is_anothers() -> None:
    result = found(replace(holding(name="別所　花"), revoked_on=TODAY, lapse="lost"))
    assert result.verdict == "different"


def test_a_sex_that_is_not_stated_is_not_held_against_anybody() -> None:
    assert found(HELD, replace(WRITTEN, sex="unspecified")).verdict == "equal"


@given(st.sampled_from(PEOPLE))
def test_what_a_city_holds_of_its_residents_comes_out_as_its_register_says(number: int) -> None:
    held, now = REGISTERS.certificate(number), REGISTERS.registered(number)
    if held is None:
        return
    result = compare(held, now, now, TODAY)
    expected = {"moved": {"moved"}, "lost": {"revoked"}, None: {"equal", "equal_by_substitute", "expired"}}[held.lapse]
    assert result.verdict in expected
    assert all("{" not in said and said for said in (result.ja, result.easy, result.en))
    assert len(letters(held.attributes.name)) == len(letters(now.name))
    assert held.issued_on < held.expires_on


def test_every_way_happens_in_a_city() -> None:
    verdicts = {
        compare(held, REGISTERS.registered(one), REGISTERS.registered(one), TODAY).verdict
        for one in PEOPLE
        if (held := REGISTERS.certificate(one)) is not None
    }
    assert verdicts == {"equal", "equal_by_substitute", "moved", "revoked", "expired"}


def test_certificates_are_looked_up_like_anything_else() -> None:
    notes: list[LookUp] = []
    counter = Counter(REGISTERS, Actor("counter", "c1"), "本人確認", notes.append, lambda: 0)
    counter.certificate(11)
    counter.registered(11)
    assert [one.keys[0] for one in notes] == ["certificate.status", "juki.name_kanji"]
    assert all(one.shown for one in notes)
