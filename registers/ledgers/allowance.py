"""児童手当の台帳: the recipient of a household, the children, and what a recipient's death left unpaid."""

from __future__ import annotations

import datetime as dt

from registers.ledgers.money import income
from registers.ledgers.view import Fields, View
from registers.resident import Resident

NEWBORN_DAYS = 30  # a child so young has not been claimed for
_LEDGER_LAGS = 60  # days until the ledger has a new address


def recipient(view: View) -> Resident | None:
    """Who receives the allowance of the household: of the parents the one with the higher income; None without."""
    parents = [one for one in view.household.living if one.relation in {"head", "spouse"}]
    able = [one for one in parents if claimed(view.of(one))]
    return max(able, key=lambda one: (income(view.of(one)), -one.number), default=None)


def claimed(view: View) -> tuple[Resident, ...]:
    """The children of the person for whom the allowance was claimed."""
    return tuple(one for one in view.children if not is_newborn(view, one))


def is_newborn(view: View, one: Resident) -> bool:
    """Whether a child was born too lately to be in the ledger."""
    return one.birth_date > view.today - dt.timedelta(days=NEWBORN_DAYS)


def former_recipient(view: View) -> Resident | None:
    """The recipient who died of late and left children, or None."""
    dead = view.dead_head
    return dead if dead is not None and claimed(view.of(dead)) else None


def _is_recipient(view: View) -> bool:
    return view.one in (recipient(view), former_recipient(view))


def _recipient_no(view: View) -> str | None:
    return f"{view.one.number:08}" if _is_recipient(view) else None


def _name(view: View) -> str | None:
    return view.one.kanji if _is_recipient(view) else None


def _address(view: View) -> str | None:
    """The address that the ledger has, which follows a move only after a while."""
    if not _is_recipient(view):
        return None
    household = view.household
    new = household.moved_on is not None and household.moved_on > view.today - dt.timedelta(days=_LEDGER_LAGS)
    return (household.from_address if new and household.from_address else household.address).line


def _former_name(view: View) -> str | None:
    dead = former_recipient(view)
    return None if dead is None else dead.kanji


def _is_child(view: View) -> bool:
    return any(view.one in claimed(view.of(one)) for one in view.household.members if one.relation == "head")


def _child_id(view: View) -> str | None:
    return f"{view.one.number:08}" if _is_child(view) else None


def _unpaid_from(view: View) -> str | None:
    """The first month that the last payment did not cover: the even months pay for the two before (since 2024-10)."""
    dead = former_recipient(view)
    if dead is None or dead.died_on is None:
        return None
    day = dead.died_on
    year, month = (day.year, day.month - day.month % 2) if day.month > 1 else (day.year - 1, 12)
    return f"{year}-{month:02}"


def _unpaid_to(view: View) -> str | None:
    dead = former_recipient(view)
    return f"{dead.died_on:%Y-%m}" if dead is not None and dead.died_on is not None else None


def _single_parent(view: View) -> bool | None:
    """Whether somebody with children brings them up alone; None without children."""
    return view.spouse is None if view.children else None


JIDO_FUYO: Fields = {"single_parent": _single_parent}
CHILD_ALLOWANCE: Fields = {
    "recipient_no": _recipient_no,
    "recipient_name": _former_name,
    "name": _name,
    "address": _address,
    "child_id": _child_id,
    "child_name": lambda view: view.one.kanji if _is_child(view) else None,
    "unpaid_from": _unpaid_from,
    "unpaid_to": _unpaid_to,
}
