"""The made-up residents are a city's: the same for the same seed, shaped like one, and nobody."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import UnknownThing
from registers.check_digit import is_my_number, is_twelve_digits
from registers.fiction import places
from registers.population import Population, assumptions
from tests.registers.cities import TODAY, city

NUMBERS = st.integers(1, 600)
SEEDS = st.integers(0, 2**32)


@given(SEEDS, NUMBERS, st.sampled_from(sorted(places())))
def test_the_same_seed_makes_the_same_household_whoever_was_asked_for_before(
    seed: int, number: int, place: str
) -> None:
    first, again = Population(place, seed, TODAY), Population(place, seed, TODAY)
    list(map(again.household, (3, 1, number % 7 + 1)))
    assert repr(first.household(number)) == repr(again.household(number))
    assert repr(first.household(number)) != repr(Population(place, seed + 1, TODAY).household(number))


@given(SEEDS, NUMBERS)
def test_no_resident_has_a_number_that_can_be_somebodys(seed: int, number: int) -> None:
    for one in Population("omitama", seed, TODAY).household(number).members:
        assert is_twelve_digits(one.my_number)
        assert not is_my_number(one.my_number)


@given(SEEDS, NUMBERS)
def test_a_household_hangs_together(seed: int, number: int) -> None:
    household = Population("ryugasaki", seed, TODAY).household(number)
    relations = [one.relation for one in household.members]
    ages = {one.relation: one.age_on(TODAY) for one in household.members}
    assert relations.count("head") == 1 == len({one.name.family for one in household.members})
    assert relations[0] == "head"
    assert ages.get("child", 0) < ages["head"] < ages.get("parent", 200)
    assert all(one.birth_date < TODAY for one in household.members)
    assert [one.number // 10 for one in household.members] == [number] * len(relations)


@given(SEEDS, NUMBERS)
def test_everybody_is_found_by_the_number(seed: int, number: int) -> None:
    people = Population("mito", seed, TODAY)
    for one in people.household(number).members:
        assert people.resident(one.number) == one
        assert one in people.household_of(one.number).members


def test_the_ages_are_those_of_a_city() -> None:
    ages = [one.age_on(TODAY) for one in city().residents() if one.died_on is None]
    assert 0.10 < sum(age < 15 for age in ages) / len(ages) < 0.18
    assert 0.24 < sum(age >= 65 for age in ages) / len(ages) < 0.36
    assert 2.0 < len(ages) / city().size < 2.6


def test_addresses_are_the_citys_own_with_their_postal_codes() -> None:
    towns = {town: code for code, town in places()["hitachinaka"].towns}
    for household in city().households():
        town = household.address.street.partition("9")[0]
        assert household.address.postal_code == towns[town]
        assert household.address.city == "ひたちなか市"


def test_flats_of_one_building_have_one_street_and_each_a_room_of_its_own() -> None:
    flats = [one.address for one in city().households() if one.address.building]
    assert len(flats) > 100
    assert len({one.line for one in flats}) == len(flats)
    assert len({one.street for one in flats}) < len(flats) * 0.6


def test_names_that_old_systems_mangle_and_foreign_residents_are_among_them() -> None:
    names = "".join(one.kanji for one in city().residents())
    assert all(rare in names for rare in ("髙橋", "𠮷田", "辻󠄀", "山﨑", "濵田"))
    foreign = [one for one in city().residents() if one.stay is not None]
    assert {one.stay.status for one in foreign if one.stay} == {row["status"] for row in assumptions()["residence"]}
    assert all(one.kanji.isascii() and one.kana.isascii() for one in foreign)
    assert all(one.stay.until is None or one.stay.until > TODAY for one in foreign if one.stay)


def test_some_moved_and_some_died_of_late() -> None:
    moved = [one for one in city().households() if one.moved_on is not None]
    assert {one.from_address.city == "ひたちなか市" for one in moved if one.from_address} == {True, False}
    assert any(one.died_on for one in city().residents())
    assert all(one.died_on is None or TODAY - dt.timedelta(365) < one.died_on < TODAY for one in city().residents())


@pytest.mark.parametrize("number", [0, -1, 7, 10, 6_001 * 10, 19])
def test_a_number_of_nobody_is_said_with_one_that_is_somebodys(number: int) -> None:
    with pytest.raises(UnknownThing, match=rf"住民番号 {number} の人はいません.*例 \d+"):
        city().resident(number)
    with pytest.raises(UnknownThing):
        city().household(601)
