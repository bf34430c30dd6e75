"""How far a made-up case has come: each journey gives the case where its name says."""

from __future__ import annotations

from typing import Any

from engine.store import Store
from tests.engine.desk import Case, Desk
from tests.engine.made_up.shelf import Shelf

PERMIT: dict[str, Any] = {
    "applicant": {"name": "山田花子", "my_number": "987654321098", "illness": "喘息"},
    "kind": "new",
    "start_on": "2022-07-01",
    "size": 5,
    "plan": "plan-1",
    "near_park": False,
    "places": [{"street": "本町", "width": 2.5}],
}
GROVE: dict[str, Any] = {"tree": "けやき", "owner": "木村", "wants_badge": True}
REFUSAL = {"ground": "streets-3", "reason": "幅が足りません。"}


def submitted(desk: Desk, **changes: Any) -> Case:  # noqa: ANN401 - other answers
    """A permit that has arrived and is being reviewed."""
    case = desk.open("permit")
    case.fire("submit", "applicant:p1", PERMIT | changes)
    return case


def looked_at(desk: Desk, *, wide: bool = True, **changes: Any) -> Case:  # noqa: ANN401 - other answers
    """A permit whose checks were made."""
    case = submitted(desk, **changes)
    case.look("clerk:k1", papers=True, width=wide)
    return case


def drafted(desk: Desk, amount: int = 2000, **changes: Any) -> Case:  # noqa: ANN401 - other answers
    """A permit whose approval is being decided, drafted by k1."""
    case = looked_at(desk, **changes)
    case.fire("propose", "clerk:k1", {"amount": amount, "reason": "減免", "ground": "streets-3"})
    return case


def refusal_drafted(desk: Desk) -> Case:
    """A permit whose refusal is being decided."""
    case = looked_at(desk, wide=False)
    case.fire("propose_refusal", "clerk:k1", REFUSAL)
    return case


def endorsed(desk: Desk) -> Case:
    """A permit that only its decider still has to sign."""
    case = drafted(desk)
    case.fire("endorse", "unit_chief:u1")
    return case


def decided(desk: Desk) -> Case:
    """A permit that was decided, its notice not sent yet."""
    case = endorsed(desk)
    case.fire("decide", "section_chief:s1")
    return case


def granted(desk: Desk) -> Case:
    """A permit that was granted and told, and its circulation seen."""
    case = decided(desk)
    case.fire("issue", "counter:c1")
    case.fire("see", "unit_chief:u1")
    desk.pass_time(days=10)
    return case


def correcting(desk: Desk) -> Case:
    """A permit waiting for its correction."""
    case = submitted(desk)
    case.fire("request_correction", "clerk:k1", {"items": "図面"})
    return case


def looking(desk: Desk, *, surveys: bool = True, **changes: Any) -> Case:  # noqa: ANN401 - other answers
    """A tree being surveyed, by two surveys at once unless told otherwise."""
    case = desk.open("grove")
    case.fire("submit", "applicant:p1", GROVE | changes)
    if surveys:
        case.fire("survey", "clerk:k1")
    return case


def weighing(desk: Desk, **changes: Any) -> Case:  # noqa: ANN401 - other answers
    """A tree whose surveys are done and about which the doctor was heard."""
    case = looking(desk, **changes)
    for number in (1, 2):
        case.fire("finish", "clerk:k1", {"height": 12.5}, task=number)
    case.fire("ask_opinion", "clerk:k1", {"due_on": "2022-06-20"})
    case.fire("advise", "tree_doctor:d1", {"text": "健全です。"})
    return case


def kept(desk: Desk) -> Case:
    """A protected tree."""
    case = weighing(desk)
    case.establish("clerk:k1", healthy=True)
    case.fire("keep", "clerk:k1")
    return case


def in_memory(definitions: Shelf | None = None) -> Desk:
    """An office over a store in memory, for tests in which the kind of store changes nothing."""
    return Desk(Store.open(":memory:"), definitions)
