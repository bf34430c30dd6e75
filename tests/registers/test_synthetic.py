"""The registers of a made-up city never disagree, know only whom there is, and say it in words that forms have."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UnknownThing
from registers.port import ROLES, Role, Value, vocabulary
from registers.resident import Resident
from registers.synthetic import LEDGERS, SyntheticRegisters
from tests.registers.cities import TODAY, city

REGISTERS = SyntheticRegisters(city())
ANYBODY = st.sampled_from([one.number for one in city().residents()])
PEOPLE = list(city().residents())


def known(number: int, *keys: str, beside: int | None = None) -> dict[str, Value]:
    """What is known of somebody; of everything when no key is named."""
    return dict(REGISTERS.read(number, keys or tuple(vocabulary()), beside or number))


def test_every_ledger_answers_only_keys_that_the_port_knows() -> None:
    assert {f"{name}.{field}" for name, fields in LEDGERS.items() for field in fields} <= set(vocabulary())


@given(ANYBODY)
def test_every_value_is_of_the_kind_that_the_vocabulary_says(number: int) -> None:
    kinds = {"whole": int, "yen": int, "yes_no": bool, "list": list}
    for key, value in known(number).items():
        assert type(value) is kinds.get(vocabulary()[key].kind, str), (key, value)
        if vocabulary()[key].kind == "date":
            assert dt.date.fromisoformat(str(value)).isoformat() == value
        assert value not in ("", [])


@given(ANYBODY)
def test_the_resident_register_says_what_the_population_is(number: int) -> None:
    one, found = city().resident(number), known(number)
    assert (found["juki.name_kanji"], found["juki.birth_date"]) == (one.kanji, one.birth_date.isoformat())
    parts = [str(found.get(f"juki.address.{part}", "")) for part in ("prefecture", "city", "street", "building")]
    assert found["juki.address"] == "".join(parts)
    assert found["juki.age"] == one.age_on(TODAY)


@given(ANYBODY)
def test_registers_of_one_person_agree(number: int) -> None:
    found = known(number)
    assert ("shikaku.number" in found) == (found.get("juki.age", 0) >= 65 or found["nintei.has"] is True)  # type: ignore[operator]
    assert ("nintei.level" in found) is found["nintei.has"]
    assert found["seiho.receives"] is (found["iryo.type"] == "seiho")
    assert found["juki.age"] < 75 or found["iryo.type"] in {"koki", "seiho"}  # type: ignore[operator]
    if "nintei.valid_from" in found:
        assert str(found["nintei.valid_from"]) <= TODAY.isoformat() <= str(found["nintei.valid_to"])


@given(ANYBODY)
def test_spouses_are_each_others_and_each_parents_children_are_the_same(number: int) -> None:
    for spouse in REGISTERS.people(number, "spouse"):
        assert REGISTERS.people(spouse, "spouse") == (number,) or city().resident(number).died_on
        assert known(spouse, "juki.relation", beside=number) == {"juki.relation": "spouse"}
        assert REGISTERS.people(spouse, "children") == REGISTERS.people(number, "children")
    for child in REGISTERS.people(number, "children"):
        assert known(child, "juki.relation", beside=number) == {"juki.relation": "child"}


@given(ANYBODY)
def test_a_household_has_one_living_recipient_at_most_and_children_are_under_eighteen(number: int) -> None:
    members = city().household_of(number).living
    receiving = [one for one in members if "child_allowance.recipient_no" in known(one.number)]
    assert len(receiving) <= 1
    children = [city().resident(one) for one in REGISTERS.people(number, "children")]
    assert all(one.school_age_on(TODAY) < 18 for one in children)
    elder = [city().resident(one) for one in REGISTERS.people(number, "elder_children")]
    assert all(18 <= one.school_age_on(TODAY) < 22 for one in elder)


@pytest.mark.parametrize(
    ("born", "age"), [("2007-04-01", 18), ("2007-04-02", 17), ("2006-06-02", 18), ("2024-12-31", 0)]
)
def test_the_school_year_begins_with_april_and_who_is_born_on_the_first_is_a_year_ahead(born: str, age: int) -> None:
    one = Resident(11, PEOPLE[0].name, "male", dt.date.fromisoformat(born), "child", "")
    assert one.school_age_on(TODAY) == age


@pytest.mark.parametrize("role", ROLES)
def test_every_role_is_somebodys_but_nobody(role: Role) -> None:
    somebody = any(REGISTERS.people(one.number, role) for one in PEOPLE)
    assert somebody is (role != "nobody")


def test_a_recipient_who_died_leaves_months_unpaid_and_relations_to_tell() -> None:
    heirs = [one for one in PEOPLE if REGISTERS.people(one.number, "former_recipient")]
    found = known(next(one.number for one in heirs if one.relation == "child"))
    assert found["koseki.relation"] == "child"
    assert str(found["child_allowance.unpaid_from"]) <= str(found["child_allowance.unpaid_to"])
    assert {"child_allowance.recipient_name"} <= set(found)


def test_what_is_not_known_is_not_there() -> None:
    assert known(PEOPLE[0].number, "juki.destination_city", "daicho.grade", "juki.death_date") == {}


def test_an_unknown_person_and_an_unknown_key_are_said_with_the_nearest_right_word() -> None:
    with pytest.raises(UnknownThing, match="住民番号 7 の人はいません"):
        known(7, "juki.sex")
    with pytest.raises(UnknownThing, match=r"juki\.name_kanjii はありません.*juki\.name_kanji"):
        known(PEOPLE[0].number, "juki.name_kanjii")
