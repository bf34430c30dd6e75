"""介護保険: who is insured, who is certified at which level, and which offices and services there are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from registers.fiction import Fiction, Person
from registers.ledgers.money import on_assistance
from registers.ledgers.residents import JUKI
from registers.ledgers.view import Fields, View
from registers.names import family_name, given_name, given_names
from registers.population import assumptions

_FIRST = 65
_SECOND = 40
_FROM_CARE_3 = ("care3", "care4", "care5")
_AT_HOME = ("visit", "day", "short_stay", "equipment")


@dataclass(frozen=True)
class Certification:
    """A care certification in force: its level and its first and last day."""

    level: str
    since: dt.date
    until: dt.date

    @property
    def is_support(self) -> bool:
        """Whether it is 要支援, not 要介護."""
        return self.level.startswith("support")


def _care() -> dict[str, Any]:
    found: dict[str, Any] = assumptions()["care"]
    return found


def certification(view: View) -> Certification | None:
    """The person's certification, or None."""
    luck = view.luck("care")
    share = next((share for least, share in _care()["certified"] if view.age >= least), 0)
    if luck.random() >= share or view.one.died_on is not None:
        return None
    levels: dict[str, int] = _care()["levels"]
    level = luck.choices(list(levels), list(levels.values()))[0]
    first = view.today - dt.timedelta(days=luck.randint(10, 340))
    since = first.replace(day=1)
    return Certification(level, since, since.replace(year=since.year + 1) - dt.timedelta(days=1))


def category(view: View) -> str | None:
    """As whom the person is insured; somebody of 40 to 64 is in the ledger only with a certification."""
    if view.age >= _FIRST:
        return "first"
    if view.age < _SECOND or certification(view) is None:
        return None
    return "deemed_second" if on_assistance(view) else "second"


def services(view: View) -> list[str] | None:
    """The services that the certified person uses; None without certification."""
    found = certification(view)
    if found is None:
        return None
    luck = view.luck("services")
    if found.level in _FROM_CARE_3 and luck.random() < _care()["in_facility"]:
        return ["facility"]
    return sorted(luck.sample(_AT_HOME, luck.randint(0, 3))) or ["none"]


def is_at_home(view: View) -> bool:
    """Whether the person uses services at home, so that an office plans them."""
    return services(view) not in (None, ["facility"], ["none"])


def _number(view: View) -> str | None:
    if category(view) is None:
        return None
    return f"H{view.one.number:09}" if category(view) == "deemed_second" else f"{view.one.number:010}"


def _qualified_on(view: View) -> str | None:
    """The day of reaching 65 (the day before the birthday), or of moving in after that."""
    if category(view) != "first":
        return None
    born = view.one.birth_date
    reached = dt.date(born.year + _FIRST, born.month, min(born.day, 28)) - dt.timedelta(days=1)
    moved = JUKI["moved_in_on"](view)
    return max(reached, dt.date.fromisoformat(str(moved)) if moved is not None else reached).isoformat()


def _kind_of_renewal(view: View) -> str | None:
    found = certification(view)
    return None if found is None else "support_renewal" if found.is_support else "care_renewal"


def _plan(view: View) -> str | None:
    found = certification(view)
    return None if found is None else "yobo" if found.is_support else "kyotaku"


def _office(view: View) -> tuple[str, str] | None:
    """The name and the number of the office that plans the person's services."""
    if not is_at_home(view):
        return None
    place = view.luck("office").randrange(len(_care()["offices"]))
    return _care()["offices"][place], f"99{view.city.place.code[2:5]}{place:05}"


def _facility(view: View) -> str | None:
    return view.luck("facility").choice(_care()["facilities"]) if services(view) == ["facility"] else None


def _name(view: View) -> str | None:
    office = _office(view)
    return _facility(view) if office is None else office[0]


def _part_of_office(place: int) -> Any:  # noqa: ANN401 - a look, whose type the table says
    return lambda view: office[place] if (office := _office(view)) is not None else None


def _phone(view: View) -> str | None:
    office = _office(view)
    return None if office is None else Fiction(view.city.luck("office", office[1]), view.city.place).phone()


def _manager(view: View) -> str | None:
    if (office := _office(view)) is None:
        return None
    luck = view.city.luck("manager", office[1])
    return Person(family_name(luck), given_name(luck, given_names()["female"])).kanji


def _manager_number(view: View) -> str | None:
    office = _office(view)
    return None if office is None else f"99{view.city.luck('manager number', office[1]).randint(0, 999_999):06}"


def _from_elsewhere(look: Any) -> Any:  # noqa: ANN401 - a look, whose type the table says
    """What the city of before tells of somebody who moved in and was certified there."""
    return lambda view: look(view) if JUKI["moved_in_on"](view) and certification(view) else None


def _of_certification(part: str) -> Any:  # noqa: ANN401 - a look, whose type the table says
    def look(view: View) -> str | None:
        found = certification(view)
        value = None if found is None else getattr(found, part)
        return value.isoformat() if isinstance(value, dt.date) else value

    return look


SHIKAKU: Fields = {
    "category": category,
    "number": _number,
    "insurer_number": lambda view: view.city.place.code if category(view) else None,
    "qualified_on": _qualified_on,
}
NINTEI: Fields = {
    "has": lambda view: certification(view) is not None,
    "level": _of_certification("level"),
    "valid_from": _of_certification("since"),
    "valid_to": _of_certification("until"),
    "status": lambda view: "certified" if certification(view) else None,
    "application_kind": _kind_of_renewal,
    "plan_type": _plan,
    "office_number": _part_of_office(1),
}
KYUFU: Fields = {
    "services": services,
    "not_using": lambda view: services(view) == ["none"] if certification(view) else None,
}
JIGYOSHO: Fields = {
    "name": _name,
    "number": _part_of_office(1),
    "phone": _phone,
    "former_name": _part_of_office(0),
    "facility_name": _facility,
    "preventive_provider": lambda view: "support_centre" if _plan(view) == "yobo" else None,
}
SHIENKYU: Fields = {"name": _manager, "care_manager": _manager, "number": _manager_number}
RENKEI: Fields = {
    "certified": _from_elsewhere(lambda _view: True),
    "status": _from_elsewhere(lambda _view: "certified"),
    "level": _from_elsewhere(_of_certification("level")),
    "valid_from": _from_elsewhere(_of_certification("since")),
    "valid_to": _from_elsewhere(_of_certification("until")),
    "issued_on": _from_elsewhere(JUKI["moved_in_on"]),
    "share": _from_elsewhere(lambda _view: "1"),
}
BENEFIT: Fields = {"account_on_file": is_at_home}
