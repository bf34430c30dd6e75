"""One command at work: what it does is recorded as applied, what it keeps is sealed, what it asks fails closed."""

import json

import pytest

from engine.actors import SYSTEM, Actor
from engine.errors import NotPossibleNow, Overtaken
from engine.store import Conflict
from engine.work import Work
from tests.engine.desk import Desk
from tests.engine.journeys import PERMIT, in_memory, looked_at, submitted


def test_what_is_done_is_recorded_and_applied_at_once(desk: Desk) -> None:
    case = submitted(desk)
    with desk.store.transaction() as tx:
        work = desk.engine.work_on(tx, case.id, Actor("clerk", "k1"))
        work.do("memo", "noted", "x", 1)
        assert work.whole.case.memo["noted"] == {"x": 1}
        work.happened("seen", "command", from_state="review", to_state="review")
        work.write()
    assert json.loads(case.log[-1].effects) == [["memo", "noted", "x", 1]]
    assert case.whole.case.memo["noted"] == {"x": 1}


def test_only_what_was_touched_is_written(desk: Desk) -> None:
    case = submitted(desk)
    with desk.store.transaction() as tx:
        before = len(desk.gate.crossed)
        work = desk.engine.work_on(tx, case.id)
        work.do("memo", "noted", "x", 1)
        work.happened("seen", "command")
        work.write()
    written = [what for kind, what in desk.gate.crossed[before:] if kind == "execute" and not what.startswith("read")]
    assert written == ["update case_", "insert event", "mark unsealed"]


def test_a_case_that_somebody_changed_in_between_is_a_conflict(desk: Desk) -> None:
    case = submitted(desk)
    with desk.store.reading() as tx:
        late = desk.engine.work_on(tx, case.id)
    case.fire("note", "clerk:k1", {"text": "zwischen"})
    late.do("memo", "noted", "x", 1)
    late.happened("late", "command")
    with desk.store.transaction() as tx:
        late.tx = tx
        with pytest.raises(Conflict, match="先に変わりました"):
            late.write()
    assert case.events()[-1] == "note"


def test_a_conflict_is_tried_again_and_then_told(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    case = submitted(desk)
    tries = []

    def conflict(_work: Work) -> None:
        tries.append(1)
        raise Conflict("先に", "first")

    monkeypatch.setattr(Work, "write", conflict)
    with pytest.raises(Overtaken, match="もう一度お試しください"):
        case.fire("note", "clerk:k1", {"text": "x"})
    assert len(tries) == 5


def test_events_by_nobody_are_laid_to_the_system(desk: Desk) -> None:
    case = submitted(desk)
    by = {row.kind: (row.post, row.person) for row in case.log}
    assert by["auto"] == (SYSTEM.post, SYSTEM.person)
    assert by["event"] == ("applicant", "p1")


def test_a_value_is_read_as_it_was_kept_and_null_when_it_never_was(desk: Desk) -> None:
    case = submitted(desk)
    with desk.store.transaction() as tx:
        work = desk.engine.work_on(tx, case.id)
        work.keep("fact.x", {"a": [1, "二"]})
        assert work.read("fact.x") == {"a": [1, "二"]}
    assert case.ask(lambda work: work.read("fact.nothing")) is None


def test_answers_come_together_again_from_their_envelopes(desk: Desk) -> None:
    assert submitted(desk).ask(lambda work: work.answers("form")) == PERMIT


def test_answers_that_were_never_given_are_empty(desk: Desk) -> None:
    assert desk.open("permit").ask(lambda work: work.answers("form")) == {}


def test_a_place_without_a_condition_always_holds_and_one_that_errors_never() -> None:
    desk = in_memory()
    assert submitted(desk).ask(lambda work: work.holds("events", "note", "when")) is True
    assert looked_at(desk, kind="renewal").ask(lambda work: work.holds("events", "waive", "when")) is False


def test_a_condition_sees_what_the_command_has_just_done(desk: Desk) -> None:
    case = submitted(desk)
    with desk.store.reading() as tx:
        work = desk.engine.work_on(tx, case.id)
        assert work.holds("conditions", "review_ok") is False
        for check in ("papers", "width"):
            work.do("memo", "checks", check, {"passed": True})
        assert work.holds("conditions", "review_ok") is True


def test_a_value_that_errors_is_none() -> None:
    desk = in_memory()
    case = looked_at(desk, kind="renewal")
    assert case.ask(lambda work: work.value("conditions", "waivable")) is None
    with pytest.raises(NotPossibleNow, match="調べられませんでした"):
        case.fire("waive", "clerk:k1")
