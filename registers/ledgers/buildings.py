"""家屋台帳: the home of a household."""

from __future__ import annotations

from registers.ledgers.view import Fields, View
from registers.population import assumptions


def _is_flat(view: View) -> bool:
    return bool(view.household.address.building)


def is_own(view: View) -> bool:
    """Whether the household owns its home."""
    homes = assumptions()["homes"]
    return view.luck_of_home("own").random() < float(homes["own_flat" if _is_flat(view) else "own_detached"])


def _kind(view: View) -> str:
    if _is_flat(view):
        return "apartment"
    return "mixed" if view.luck_of_home("shop").random() < float(assumptions()["homes"]["shop"]) else "detached"


def _owner(view: View) -> str:
    return view.household.members[0].kanji if is_own(view) else "はまなす不動産株式会社"


def _type(view: View) -> str:
    return ("apartment" if _is_flat(view) else "owned") if is_own(view) else "rent"


KAOKU: Fields = {
    "building_name": lambda view: view.household.address.building or None,
    "kind": _kind,
    "structure": lambda view: "rc" if _is_flat(view) else view.luck_of_home("built").choice(["wood", "wood", "steel"]),
    "stories": lambda view: 2 if _is_flat(view) else view.luck_of_home("stories").randint(1, 2),
    "ownership": lambda view: "own" if is_own(view) else "rent",
    "owner": _owner,
    "owner_is_insured": lambda view: is_own(view) and view.one == view.household.members[0],
    "type": _type,
}
