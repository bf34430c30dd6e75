"""One case of procedure 1 from opening to the settled payment, command by command, as people at work would do it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from engine.actors import Actor
from engine.clock import JST, SimulatedClock
from engine.commands import Engine, Receipt
from engine.store import Store
from engine.store.pool import Synchronous
from office.office import Definitions, engine_for

PROCEDURE = "child_allowance_claim"
NOON = dt.datetime(2022, 5, 30, 12, 0, tzinfo=JST)
Command = Callable[[], Receipt]

_APPLICANT = Actor("applicant", "a1")
_COUNTER = Actor("counter", "c1")
_CLERK = Actor("clerk", "k1")
_UNIT_CHIEF = Actor("unit_chief", "u1")
_SECTION_CHIEF = Actor("section_chief", "s1")
_ACCOUNTING = Actor("accounting", "m1")
_BANK = Actor("bank", "bank")
_SEEN = {"assessed_income": 4_000_000, "dependents": 1, "tax_linked": True, "pension_linked": True}


def office(declared: Definitions, place: str | Path, synchronous: Synchronous = "FULL") -> Engine:
    """An engine over a new store, its clock standing at noon of a working day; only `FULL` survives a power cut."""
    store = Store.open(place, practice=True, synchronous=synchronous)
    return engine_for(declared, store, SimulatedClock(NOON))


def answers() -> dict[str, Any]:
    """The example answers that stand beside the form."""
    text = (files("forms") / "childcare" / f"{PROCEDURE}.example.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def life(engine: Engine, document: dict[str, Any]) -> Iterator[tuple[str, Command]]:
    """Every command of a paid case, named and not yet run; each must be run before the next is asked for."""
    case = 0
    formal, substance = _looked(engine, "formal_review"), _looked(engine, "substantive_review")

    def opened() -> Receipt:
        nonlocal case
        receipt = engine.open(PROCEDURE, _APPLICANT)
        case = receipt.case_id
        return receipt

    yield "open", opened
    yield "submit", lambda: engine.fire(case, "submit", _APPLICANT, document)
    yield "look (form)", lambda: engine.look(case, _COUNTER, formal)
    yield "pass", lambda: engine.fire(case, "pass", _COUNTER)
    yield "establish (income)", lambda: engine.establish(case, _CLERK, _SEEN)
    yield "look (substance)", lambda: engine.look(case, _CLERK, substance)
    yield "propose", lambda: engine.fire(case, "propose", _CLERK, {"amount": 15_000, "start_month": "2022-06"})
    yield "endorse", lambda: engine.fire(case, "endorse", _UNIT_CHIEF)
    yield "decide", lambda: engine.fire(case, "decide", _SECTION_CHIEF)
    yield "issue", lambda: engine.fire(case, "issue", _COUNTER)
    yield "establish (budget)", lambda: engine.establish(case, _CLERK, {"benefit_ceased": False, "budget_left": True})
    pay = {"pay_on": "2022-10-07", "last_month": "2022-09"}
    yield "schedule_payment", lambda: engine.fire(case, "schedule_payment", _CLERK, pay)
    yield "order", lambda: engine.fire(case, "order", _SECTION_CHIEF, {"amount": 60_000})
    yield "examine", lambda: engine.fire(case, "examine", _ACCOUNTING)
    yield "settle", lambda: engine.fire(case, "settle", _BANK)


def _looked(engine: Engine, stage: str) -> dict[str, bool]:
    """Every check of a stage that a person looks at, found in order."""
    procedure = engine.ports.definitions.edition(PROCEDURE, NOON.date()).procedure
    return {row.id: True for row in procedure.checks if row.stage == stage and not row.passes}
