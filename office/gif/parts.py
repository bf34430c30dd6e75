"""People, organisations, contacts and addresses as elements of the core data model, in the order that it asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from xml.etree import ElementTree as ET

from forms.gif import ADDRESS, ORGANIZATION, PERSON, GifNames
from office.gif.writing import Writing

_STREET = re.compile(r"(.*?[0-9０-９]丁目|.*?丁目|[^0-9０-９]*)(.*)", re.DOTALL)
_HOME = "JP"
_MUST = (PERSON, "fullNameKana", "dateOfBirth", ADDRESS)
"""What must be known of a person for the pattern MP03; an unknown sex has a code of its own."""
_UNKNOWN = "0"

Named = Mapping[str, Any]
"""Values of one record by their GIF names; an address is a record of its own."""


class Parts:
    """Makes elements out of values that have their GIF names."""

    def __init__(self, names: GifNames) -> None:
        self.names = names
        self.write = Writing(names.read.namespace, names.read.codes_namespace)

    def person(self, into: ET.Element, named: Named) -> bool:
        """Whether the person, now written into an element, has all that the pattern MP03 asks for."""
        for kind in ("", "Kana"):
            if name := named.get(f"{PERSON}{kind}"):
                family, given = _split(name)
                self.write.text(into, f"familyName{kind}", family)
                self.write.text(into, f"givenName{kind}", given)
        for kind in ("", "Kana"):
            if name := named.get(f"{PERSON}{kind}"):
                self.write.text(into, f"{PERSON}{kind}", " ".join(_split(name)).strip())
        is_whole = all(named.get(name) for name in _MUST)
        if is_whole or named.get("sex"):
            code = self.names.code("sex", named.get("sex")) or (_UNKNOWN, self.names.words("sex", _UNKNOWN))
            self.write.code(into, "sex", *code)
        if born := named.get("dateOfBirth"):
            self.write.text(into, "dateOfBirth", born)
        if named.get(ADDRESS):
            self.address(into, "address", named[ADDRESS])
        self.contact(into, "contactPointInformation", {key: value for key, value in named.items() if key != ADDRESS})
        return is_whole

    def organization(self, into: ET.Element, named: Named) -> None:
        """Write an organisation into an element."""
        self.write.text(into, ORGANIZATION, named[ORGANIZATION])
        self.contact(into, "contactPointInformation", named)

    def contact(self, into: ET.Element, name: str, named: Named) -> None:
        """Write how somebody is reached; nothing where that is not known."""
        found = ET.Element(self.write.name(name))
        self.contents_of_contact(found, named)
        if len(found):
            into.append(found)

    def contents_of_contact(self, into: ET.Element, named: Named) -> None:
        """Write the parts of a contact into an element."""
        if named.get("contactPointName"):
            self.write.text(into, "contactPointName", named["contactPointName"])
        if number := named.get("contactPointPhoneNumber"):
            self.write.text(into, "contactPointPhoneNumber", phone(number))
        if mail := named.get("contactPointEmailAddress"):
            self.write.text(into, "contactPointEmailAddress", mail)
        if named.get(ADDRESS):
            self.address(into, "contactPointAddress", named[ADDRESS])

    def address(self, into: ET.Element, name: str, named: Named) -> None:
        """Write an address: MP04 where the town's code is known, MP06 where it is not, MP07 abroad."""
        prefecture, city = named.get("prefecture", ""), named.get("cityAndCounty", "")
        street, building = named.get("streetAddressAndCityBlock", ""), named.get("buildingNameEtc", "")
        country = named.get("country", _HOME)
        town = self.names.towns.get((prefecture, city))
        pattern = "MP07" if country != _HOME else "MP04" if town else "MP06"
        found = ET.SubElement(into, self.write.name(f"{name}_{pattern}"))
        if pattern == "MP07":
            self.write.text(found, "fullAddress", " ".join(filter(None, (street, building, country))))
            self.write.text(found, "postalCode", named.get("postalCode", ""))
            self.write.nothing(found, "country")
            return
        if town:
            self.write.text(found, "localGovernmentCode", town.code)
        self.write.text(found, "prefecture", prefecture)
        self.write.text(found, "cityAndCounty", city)
        part, block = _streets(street)
        self.write.text(found, "streetAddress", part)
        self.write.text(found, "cityBlock", block)
        self.write.text(found, "buildingNameEtc", building)
        self.write.text(found, "fullAddress", f"{prefecture}{city}{street}{building and ' '}{building}")
        if named.get("postalCode"):
            self.write.text(found, "postalCode", named["postalCode"])


def phone(number: str) -> str:
    """A phone number with its hyphens (DS-445); as it is where it belongs to no numbering plan."""
    import phonenumbers

    try:
        read = phonenumbers.parse(number, _HOME)
    except phonenumbers.NumberParseException:
        return number
    at_home = read.country_code == phonenumbers.country_code_for_region(_HOME)
    style = phonenumbers.PhoneNumberFormat.NATIONAL if at_home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return re.sub(r"[ ()]+", "-", phonenumbers.format_number(read, style)).strip("-")


def _streets(street: str) -> tuple[str, str]:
    """The part of the town (町字), to which a 丁目 belongs, and the number in it (番地)."""
    found = _STREET.fullmatch(street)
    return (found[1], found[2]) if found else (street, "")


def _split(name: str) -> tuple[str, str]:
    """Family and given name at the first blank; a name without one is all family name."""
    family, _, given = " ".join(name.split()).partition(" ")
    return family, given
