"""The port over a made-up city: every register is a view of the same residents, so that they never disagree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from engine.errors import UnknownThing
from engine.problems import nearest
from registers.certificate import Attributes, Certificate
from registers.fiction import places
from registers.ledgers import allowance, buildings, care, certificates, insurance, money, residents
from registers.ledgers.view import Fields, View
from registers.population import Population
from registers.port import Role, Value, vocabulary
from registers.resident import Resident

LEDGERS: Mapping[str, Fields] = {
    "juki": residents.JUKI,
    "certificate": certificates.FIELDS,
    "koseki": residents.KOSEKI,
    "tax": money.TAX,
    "zei": money.ZEI,
    "pension": money.PENSION,
    "nenkin": money.NENKIN,
    "iryo": insurance.IRYO,
    "child_allowance": allowance.CHILD_ALLOWANCE,
    "jido_fuyo": allowance.JIDO_FUYO,
    "shikaku": care.SHIKAKU,
    "nintei": care.NINTEI,
    "kyufu": care.KYUFU,
    "jigyosho": care.JIGYOSHO,
    "shienkyu": care.SHIENKYU,
    "renkei": care.RENKEI,
    "seiho": money.SEIHO,
    "public_account": money.PUBLIC_ACCOUNT,
    "benefit": care.BENEFIT,
    "kaoku": buildings.KAOKU,
}
"""What is made up. A field of the vocabulary that is not here is known of nobody of a made-up city."""


class SyntheticRegisters:
    """The registers of a made-up city."""

    def __init__(self, city: Population) -> None:
        self.city = city

    def people(self, person: int, role: Role) -> tuple[int, ...]:
        """The numbers of those who stand in a role to a person."""
        one = self.city.resident(person)
        view = View(self.city, one, one)
        return tuple(found.number for found in _people(view, role))

    def certificate(self, person: int) -> Certificate | None:
        """The newest signing certificate of a person."""
        one = self.city.resident(person)
        return certificates.certificate_of(View(self.city, one, one))

    def registered(self, person: int) -> Attributes:
        """The four attributes of a person as the resident register has them now."""
        one = self.city.resident(person)
        return certificates.attributes_of(View(self.city, one, one))

    def read(self, person: int, keys: Sequence[str], beside: int) -> Mapping[str, Value]:
        """What is known of a person, by key."""
        view = View(self.city, self.city.resident(person), self.city.resident(beside))
        found = {}
        for key in keys:
            if key not in vocabulary():
                ja = f"台帳の項目 {key} はありません。{nearest(key, vocabulary())}"
                raise UnknownThing(ja, f"no register has a field {key}", key=key)
            ledger, _, field = key.partition(".")
            look = LEDGERS.get(ledger, {}).get(field)
            value = look(view) if look is not None else None
            if value is not None:
                found[key] = value
        return found


def registers_of(place: str, seed: int, today: dt.date) -> SyntheticRegisters:
    """The registers of a city as they stand on a day.

    Raises:
        UnknownThing: no city of that name can be made up.
    """
    if place not in places():
        known = "、".join(places())
        raise UnknownThing(
            f"市 {place} の住民は作れません。{known} から選んでください。", f"no city {place}", place=place
        )
    return SyntheticRegisters(Population(place, seed, today))


def _people(view: View, role: Role) -> Sequence[Resident]:
    living = view.household.living
    head = living[0] if living else None
    dead = allowance.former_recipient(view)
    found: dict[Role, Sequence[Resident | None]] = {
        "person": [view.one],
        "spouse": [view.spouse],
        "children": allowance.claimed(view) or view.children,
        "new_children": [one for one in view.children if allowance.is_newborn(view, one)],
        "elder_children": view.elder_children,
        "head": [head],
        "household": [one for one in living if one != head],
        "others": [one for one in living if one != view.one],
        "former_recipient": [dead],
        "nobody": [],
    }
    return [one for one in found[role] if one is not None]
