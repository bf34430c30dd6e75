"""住民基本台帳 and what the family register adds: names, day of birth, home, household, moves, deaths."""

from __future__ import annotations

import datetime as dt

from registers.ledgers.view import Fields, View
from registers.resident import Resident

_LATELY = 300  # days in which an event is still a reason to file something

# (how the other stands to the head, how this one does): what this one is to the other
_RELATIONS = {
    ("head", "child"): "child",
    ("spouse", "child"): "child",
    ("parent", "head"): "child",
    ("head", "spouse"): "spouse",
    ("spouse", "head"): "spouse",
    ("parent", "parent"): "spouse",
    ("head", "parent"): "parent",
    ("child", "head"): "parent",
    ("child", "spouse"): "parent",
    ("parent", "child"): "grandchild",
    ("child", "child"): "sibling",
}


def relation_to(other: Resident, one: Resident) -> str | None:
    """What somebody is to another of the same household; None where the register does not say it."""
    if one.number == other.number:
        return "head" if one.relation == "head" else None
    return _RELATIONS.get((other.relation, one.relation))


def _address(view: View) -> str:
    return view.household.address.line


def _household(view: View) -> str:
    living = view.household.living
    if len(living) == 1:
        return "alone"
    return "couple" if len(living) == len({"head", "spouse"} & {one.relation for one in living}) else "with_family"


def _married(view: View) -> str | None:
    if view.spouse is not None:
        return "married"
    return "none" if view.one.relation == "head" or view.dead_head is not None else None


def _spouse_exists(view: View) -> bool | None:
    known = _married(view)
    return None if known is None else known == "married"


def _came_from_elsewhere(view: View) -> bool:
    origin = view.household.from_address
    return origin is not None and origin.city != view.city.place.city


def _moved_in_on(view: View) -> str | None:
    day = view.household.moved_on
    return day.isoformat() if day is not None and _came_from_elsewhere(view) else None


def _previous(view: View) -> str | None:
    origin = view.household.from_address
    return f"{origin.prefecture}{origin.city}" if origin is not None and _came_from_elsewhere(view) else None


def _previous_code(view: View) -> str | None:
    """The code of the previous municipality without its check digit."""
    from registers.fiction import places

    origin = view.household.from_address
    if origin is None or not _came_from_elsewhere(view):
        return None
    return next(one.code[:5] for one in places().values() if one.city == origin.city)


def _event_date(view: View) -> str | None:
    """The newest of a move, a birth and a death in the household, if it was of late."""
    days = [view.household.moved_on, *(one.died_on for one in view.household.members)]
    days += [one.birth_date for one in view.household.living if one.relation == "child"]
    newest = max((one for one in days if one is not None), default=dt.date.min)
    return newest.isoformat() if newest > view.today - dt.timedelta(days=_LATELY) else None


def _since_long(view: View) -> bool | None:
    return True if view.household.moved_on is None else None


def _relation_to_the_dead(view: View) -> str | None:
    dead = view.dead_head
    return relation_to(dead, view.one) if dead is not None and dead != view.one else None


def _together(view: View) -> str | None:
    return "together" if view.one in view.household.living else None


def _child_order(view: View) -> int | None:
    """The child's place among the children of the household, by age."""
    children = [one for one in view.household.living if one.relation == "child"]
    older = sorted(children, key=lambda one: (one.birth_date, one.number))
    return older.index(view.one) + 1 if view.one in older else None


JUKI: Fields = {
    "name_kanji": lambda view: view.one.kanji,
    "name_kana": lambda view: view.one.kana,
    "birth_date": lambda view: view.one.birth_date.isoformat(),
    "sex": lambda view: view.one.sex,
    "age": lambda view: view.age,
    "address": _address,
    "address.postal_code": lambda view: view.household.address.postal_code,
    "address.prefecture": lambda view: view.household.address.prefecture,
    "address.city": lambda view: view.household.address.city,
    "address.street": lambda view: view.household.address.street,
    "address.building": lambda view: view.household.address.building or None,
    "relation": lambda view: relation_to(view.beside, view.one),
    "child_order": _child_order,
    "household": _household,
    "marital_status": _married,
    "spouse_exists": _spouse_exists,
    "living": _together,
    "lives_together": _together,
    "lived_in": _since_long,
    "main_dwelling": _since_long,
    "standing": lambda _view: "resident",
    "moved_in_on": _moved_in_on,
    "previous_municipality": _previous,
    "previous_municipality_code": _previous_code,
    "event_date": _event_date,
    "death_date": lambda view: view.one.died_on.isoformat() if view.one.died_on else None,
}
KOSEKI: Fields = {"relation": _relation_to_the_dead}
