"""医療保険の資格: who insures whom, under which symbol and number. Every number is made up."""

from __future__ import annotations

from registers.ledgers.money import on_assistance, pension_type
from registers.ledgers.view import Fields, View

_LATE_STAGE = 75  # 後期高齢者医療
_EMPLOYED = {"kosei": ("kyokai", "kyokai", "kumiai"), "kyosai": ("kyosai",)}


def _payer(view: View) -> View:
    """The member of the household through whom the person is insured: the first with an employer's pension."""
    employed = (one for one in view.adults if pension_type(view.of(one)) in _EMPLOYED)
    return view.of(next(employed, view.one))


def kind(view: View) -> str:
    """Which health insurance the person has."""
    if on_assistance(view):
        return "seiho"
    if view.age >= _LATE_STAGE:
        return "koki"
    choices = _EMPLOYED.get(pension_type(_payer(view)))
    return _payer(view).luck("insurer").choice(choices) if choices else "kokuho"


def _name(view: View) -> str | None:
    place = view.city.place
    return {
        "kokuho": f"{place.prefecture}国民健康保険({place.city})",
        "koki": f"{place.prefecture}後期高齢者医療広域連合",
        "kyokai": f"全国健康保険協会 {place.prefecture.removesuffix('県')}支部",
        "kumiai": "なぎさ工業健康保険組合",
        "kyosai": "しおかぜ職員共済組合",
    }.get(kind(view))


def _insurer_number(view: View) -> str | None:
    """Six digits for a city's insurance, eight for others; 99 is the prefecture of none."""
    heads = {"kokuho": "99", "koki": "3999", "kyokai": "0199", "kumiai": "0699", "kyosai": "3299"}
    if (head := heads.get(kind(view))) is None:
        return None
    length = 6 if kind(view) == "kokuho" else 8
    return head + "".join(view.city.luck("insurer", kind(view)).choices("0123456789", k=length - len(head)))


def _symbol(view: View) -> str | None:
    if kind(view) in {"koki", "seiho"}:
        return None
    return f"{_payer(view).luck('symbol').randint(1000, 99_999)}"


def _number(view: View) -> str | None:
    return None if kind(view) == "seiho" else f"{_payer(view).luck('number').randint(1, 9_999_999):07}"


def _branch(view: View) -> str | None:
    """The person's place among those insured together."""
    if kind(view) in {"koki", "seiho"}:
        return None
    return f"{view.household.members.index(view.one):02}"


IRYO: Fields = {
    "type": kind,
    "insurer_name": _name,
    "insurer_number": _insurer_number,
    "symbol": _symbol,
    "number": _number,
    "branch": _branch,
}
