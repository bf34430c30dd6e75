"""What the official schema lets through is told here, without the value."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from forms.gif import gif_names
from office.gif.faults import faults
from office.gif.parts import Parts, phone

NAMES = gif_names()
TOWN = {"prefecture": "茨城県", "cityAndCounty": "ひたちなか市", "postalCode": "3120052"}
PERSON = {
    "fullName": "髙橋　健太",
    "fullNameKana": "タカハシ ケンタ",
    "dateOfBirth": "1991-08-14",
    "sex": "male",
    "contactPointPhoneNumber": "0292730111",
    "address": {**TOWN, "streetAddressAndCityBlock": "東石川四丁目900番地の1"},
}


def _person(**changed: object) -> ET.Element:
    found = ET.Element("person")
    Parts(NAMES).person(found, {**PERSON, **changed})
    return found


def _texts(one: ET.Element) -> dict[str, str]:
    return {part.tag.rpartition("}")[2]: part.text or "" for part in one.iter()}


def test_a_person_is_written_with_the_codes_and_parts_of_the_model() -> None:
    found = _person()
    said = _texts(found)
    assert faults(found, NAMES) == []
    assert (said["familyName"], said["givenName"], said["fullName"]) == ("髙橋", "健太", "髙橋 健太")
    assert (said["code"], said["value"]) == ("1", "男性")
    assert (said["streetAddress"], said["cityBlock"]) == ("東石川四丁目", "900番地の1")
    assert (said["localGovernmentCode"], said["contactPointPhoneNumber"]) == ("082210", "029-273-0111")


@pytest.mark.parametrize(
    ("changed", "name"),
    [
        ({"fullNameKana": "ﾀｶﾊｼ ｹﾝﾀ"}, "familyNameKana"),
        ({"dateOfBirth": "20220601"}, "dateOfBirth"),
        ({"contactPointPhoneNumber": "12"}, "contactPointPhoneNumber"),
        ({"address": {**TOWN, "postalCode": "312-0052"}}, "postalCode"),
    ],
)
def test_what_the_schema_lets_through_is_a_fault(changed: dict[str, object], name: str) -> None:
    found = faults(_person(**changed), NAMES)
    assert name in {one.name for one in found}
    assert [value for value in changed.values() if any(str(value) in one.ja + one.en for one in found)] == []


def test_a_sex_that_is_no_code_with_its_words_is_a_fault() -> None:
    found = _person()
    next(one for one in found.iter() if one.tag.endswith("}value")).text = "男"
    assert [one.name for one in faults(found, NAMES)] == ["sex"]


def test_a_sex_that_was_not_asked_is_unknown_and_a_name_without_a_blank_is_all_family_name() -> None:
    said = _texts(_person(sex=None, fullName="乙"))
    assert (said["code"], said["value"], said["familyName"], said["givenName"]) == ("0", "不明", "乙", "")


@pytest.mark.parametrize(
    ("address", "pattern"),
    [
        (TOWN, "address_MP04"),
        ({**TOWN, "cityAndCounty": "横浜市中区"}, "address_MP06"),
        ({"country": "US", "streetAddressAndCityBlock": "1 Main Street"}, "address_MP07"),
    ],
)
def test_an_address_has_the_pattern_that_what_is_known_allows(address: dict[str, str], pattern: str) -> None:
    assert pattern in _texts(_person(address=address))


@pytest.mark.parametrize(
    ("typed", "said"),
    [("09012345678", "090-1234-5678"), ("+819012345678", "090-1234-5678"), ("0299481111", "0299-48-1111"), ("x", "x")],
)
def test_a_phone_number_has_its_hyphens(typed: str, said: str) -> None:
    assert phone(typed) == said
