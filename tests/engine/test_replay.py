"""The same commands, said again to an empty store at the same hours under the same definitions, give the same cases."""

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from engine.fold import fold
from engine.store import Store
from tests.engine import journeys
from tests.engine.desk import Case, Desk

JOURNEYS = [
    *(journeys.granted, journeys.refusal_drafted, journeys.correcting, journeys.kept, journeys.weighing),
    *(journeys.decided, journeys.looking),
]


def lived(desk: Desk) -> None:
    for journey in JOURNEYS:
        case: Case = journey(desk)
        case.fire("note", "clerk:k1", {"text": "x"}) if case.state == "review" else None
    desk.pass_time(days=30)
    desk.pass_time(days=500)


def told(desk: Desk) -> list[Any]:
    """Every case and its history, but for digests, whose salts are new in every store."""
    with desk.store.reading() as tx:
        cases = [tx.whole(case.id) for case in tx.cases()]
        logs = [tx.log(case.id) for case in tx.cases()]
    for whole in cases:
        assert whole is not None
        whole.case.head = ""
        whole.case.memo["facts"] = sorted(whole.case.memo.get("facts", {}))
        whole.case.memo["digests"] = sorted(whole.case.memo.get("digests", {}))
        for draft in whole.case.memo.get("drafts", {}).values():
            draft["content"] = ""
    rows = [
        [(r.at, r.event, r.kind, r.task, r.person, r.post, r.from_state, r.to_state, r.edition) for r in log]
        for log in logs
    ]
    return [[dataclasses.asdict(whole) for whole in cases if whole], rows]


def test_replayed_commands_give_the_same_states_and_the_same_history(desk: Desk) -> None:
    lived(desk)
    with Store.open(":memory:") as empty:
        again = Desk(empty)
        for instant, method, args, more in desk.said:
            again.clock.set(instant)
            again.say(method, *args, **more)
        assert told(again) == told(desk)


@pytest.mark.parametrize("journey", JOURNEYS)
def test_every_beginning_of_a_history_folds_to_the_state_it_then_had(
    desk: Desk, journey: Callable[[Desk], Case]
) -> None:
    case = journey(desk)
    rows = case.log
    for length in range(1, len(rows) + 1):
        whole = fold(rows[:length])
        assert whole is not None
        assert (whole.case.version, whole.case.head) == (length, rows[length - 1].hash)
        if not rows[length - 1].task and rows[length - 1].to_state:
            assert whole.case.state == rows[length - 1].to_state


def test_an_empty_history_is_no_case() -> None:
    assert fold([]) is None
