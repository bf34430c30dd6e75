"""税, 年金, 生活保護 and the accounts that the state or the city knows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from registers.ledgers.view import Fields, View
from registers.population import assumptions
from registers.resident import Resident

_WORKING_AGE = (20, 65)
_COVERED_AGE = (20, 60)
_LAST_BORN_FOR_OLD_AGE = dt.date(1916, 4, 1)  # 老齢福祉年金: born on or before it (昭和60年法律第34号 附則32条)
_SURVIVORS = 0.25
_DISABLED = 0.03


def _money() -> dict[str, Any]:
    found: dict[str, Any] = assumptions()["money"]
    return found


def income(view: View) -> int:
    """The person's income of the last year, in yen; pensions count."""
    luck = view.luck("income")
    if view.age < _WORKING_AGE[0] or on_assistance(view):
        return 0
    if view.age >= _WORKING_AGE[1]:
        return luck.randint(*_money()["pension"])
    return 0 if luck.random() < _money()["not_working"] else luck.randint(*_money()["working"])


def is_exempt(view: View) -> bool:
    """Whether the person pays no resident tax."""
    most: int = _money()["exempt_pension" if view.age >= _WORKING_AGE[1] else "exempt_income"]
    return income(view) <= most


def on_assistance(view: View) -> bool:
    """Whether the household lives on public assistance (生活保護)."""
    return view.luck_of_home("assistance").random() < float(assumptions()["shares"]["public_assistance"])


def _jan1_address(view: View) -> str | None:
    """Where the person lived on the first of January, if that was another city."""
    household, first = view.household, dt.date(view.today.year, 1, 1)
    origin = household.from_address
    if origin is None or household.moved_on is None or household.moved_on <= first:
        return None
    return f"{origin.prefecture}{origin.city}" if origin.city != view.city.place.city else None


def _income_order(view: View) -> str | None:
    if view.spouse is None:
        return None
    own, others = income(view), income(view.of(view.spouse))
    return "equal" if own == others else "applicant" if own > others else "spouse"


def household_exempt(view: View) -> bool:
    """Whether nobody of the household pays resident tax."""
    return all(is_exempt(view.of(one)) for one in view.adults)


def _stage(view: View) -> str | None:
    """The stage of a household exempt from tax, by the income of the person; None when it is not exempt."""
    if on_assistance(view):
        return "first"
    if not household_exempt(view):
        return None
    bounds = (("second", _money()["second_stage"]), ("third_1", _money()["third_stage"]))
    return next((stage for stage, most in bounds if income(view) <= most), "third_2")


def pension_type(view: View) -> str:
    """Which pension the person pays into."""
    if not _COVERED_AGE[0] <= view.age < _COVERED_AGE[1] or on_assistance(view):
        return "none"
    kinds: dict[str, int] = _money()["coverage"]
    return view.luck("pension").choices(list(kinds), list(kinds.values()))[0]


def _acquired_on(view: View) -> str | None:
    if pension_type(view) == "none":
        return None
    twenty = view.one.birth_date.year + _COVERED_AGE[0]
    year = min(view.today.year - 1, twenty + view.luck("acquired").randint(1, 6))
    return dt.date(year, 4, 1).isoformat()


def _nontax(view: View) -> list[str] | None:
    draw = view.luck("nontax").random()
    if view.age >= _WORKING_AGE[1] and view.spouse is None:
        return ["survivor"] if draw < _SURVIVORS else None
    return ["disability"] if view.age >= _COVERED_AGE[0] and draw < _DISABLED else None


def has_public_account(view: View) -> bool:
    """Whether the person has told the state an account for public money (公金受取口座)."""
    return view.luck("public account").random() < float(assumptions()["shares"]["public_account"])


def spouse_exempt(view: View) -> bool | None:
    """Whether the spouse pays no resident tax; None without one."""
    spouse: Resident | None = view.spouse
    return None if spouse is None else is_exempt(view.of(spouse))


TAX: Fields = {"jan1_address": _jan1_address, "income_order": _income_order, "income": income}
ZEI: Fields = {"household_exempt": household_exempt, "spouse_exempt": spouse_exempt, "stage": _stage}
PENSION: Fields = {"pension_type": pension_type, "acquired_on": _acquired_on}
NENKIN: Fields = {
    "old_age": lambda view: view.one.birth_date <= _LAST_BORN_FOR_OLD_AGE,
    "nontax_pensions": _nontax,
}
SEIHO: Fields = {
    "receives": on_assistance,
    "on_assistance": lambda view: True if on_assistance(view) else None,  # a borderline case is not in this ledger
    "status": lambda view: "public_assistance" if on_assistance(view) else None,
}
PUBLIC_ACCOUNT: Fields = {"registered": has_public_account}
