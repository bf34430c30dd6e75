"""A case begins in an initial state, by whoever may begin it there."""

import dataclasses
import datetime as dt

import pytest

from engine.actors import Actor
from engine.clock import JST, civil_day, from_seconds
from engine.commands import Engine
from engine.errors import DefinitionError, NotPossibleNow, NotYourTurn, UnknownThing
from tests.engine.desk import Case, Desk
from tests.engine.journeys import GROVE, in_memory
from tests.engine.made_up.shelf import changed


@pytest.mark.parametrize(
    ("by", "state", "opened_by", "filer"),
    [
        ("applicant:p1", "draft", "applicant", "p1"),
        ("clerk:k1", "noticed", "clerk", "applicant"),
        ("system", "due", "system", "applicant"),
    ],
)
def test_each_begins_where_he_may(desk: Desk, by: str, state: str, opened_by: str, filer: str) -> None:
    case = desk.open("grove", by=by)
    whole = case.whole
    assert (whole.case.state, whole.case.filer) == (state, filer)
    assert whole.case.memo["opened"]["by"] == opened_by
    assert case.events() == ["open"]


@pytest.mark.parametrize(("by", "state"), [("applicant:p1", "noticed"), ("clerk:k1", "draft"), ("clerk:k1", "due")])
def test_nobody_begins_where_another_must(desk: Desk, by: str, state: str) -> None:
    with pytest.raises(NotYourTurn, match=r"「保存樹木の指定を始めること」は(担当|申出者|システム)が行います"):
        desk.open("grove", by=by, state=state)
    assert desk.open("badge").id == 1


def test_the_initial_state_may_be_chosen(desk: Desk) -> None:
    assert desk.open("grove", by="clerk:k1", state="noticed").state == "noticed"


@pytest.mark.parametrize("state", ["looking", "drift"])
def test_a_case_does_not_begin_in_any_other_state(desk: Desk, state: str) -> None:
    with pytest.raises(UnknownThing, match=f"「{state}」から始めることはできません。始められるのは"):
        desk.open("grove", by="clerk:k1", state=state)


def test_who_may_begin_nowhere_is_told_who_may(desk: Desk) -> None:
    with pytest.raises(NotYourTurn, match=r"申請者.*が行います。「clerk」は行えません"):
        desk.open("badge", by="clerk:k1")


def test_a_case_taken_up_ex_officio_needs_no_application(desk: Desk) -> None:
    case = desk.open("grove", by="clerk:k1")
    case.fire("take_up", "clerk:k1")
    case.fire("survey", "clerk:k1")
    assert (case.state, case.whole.case.arrived_at) == ("looking", None)


def test_the_desk_of_an_initial_state_is_in_the_inbox(desk: Desk) -> None:
    case = desk.open("grove", by="clerk:k1")
    assert [item.case_id for item in desk.engine.inbox(["clerk"])] == [case.id]


def test_the_smallest_procedure_begins_and_ends(desk: Desk) -> None:
    case = desk.open("badge")
    receipt = case.fire("ask", "applicant:p1", {"name": "山田"})
    assert (receipt.state, receipt.closed, receipt.events) == ("given", True, ("ask",))


def test_no_case_opens_under_a_definition_with_errors() -> None:
    wrong = [{"id": "given", "label": "交付済", "kind": "final"}, {"id": "draft", "label": "作成中", "kind": "initial"}]
    desk = in_memory(changed("badge", states=wrong, version_by="case.openned_on"))
    with pytest.raises(DefinitionError):
        desk.open("badge")
    with desk.store.reading() as tx:
        assert tx.cases() == []


def test_a_declaration_without_a_beginning_opens_nothing() -> None:
    states = [{"id": "given", "label": "交付済", "kind": "final"}]
    desk = in_memory(changed("badge", states=states, events=[]))
    with pytest.raises(NotPossibleNow, match="手続「badge」には始まりの状態がありません"):
        desk.open("badge")


def test_a_case_and_its_first_event_have_one_instant_however_the_clock_runs(desk: Desk) -> None:
    class Running:
        """A clock that is a second further on at every look, and passes midnight on the way."""

        def __init__(self) -> None:
            self.instant = dt.datetime(2022, 6, 6, 23, 59, 58, tzinfo=JST)

        def now(self) -> dt.datetime:
            self.instant += dt.timedelta(seconds=1)
            return self.instant

    engine = Engine(desk.store, dataclasses.replace(desk.ports, clock=Running()))
    case = Case(desk, engine.open("grove", Actor("system", "system")).case_id)
    assert case.whole.case.opened_at == case.log[0].at
    last_day = from_seconds(case.whole.timers[(0, "fall_due")].due_at - 1).date()
    assert last_day == civil_day(case.log[0].at) + dt.timedelta(days=1)


def test_cases_are_numbered_in_the_order_in_which_they_begin(desk: Desk) -> None:
    with pytest.raises(NotYourTurn):
        desk.open("badge", by="clerk:k1")
    assert [desk.open("badge").id, desk.open("grove").id, desk.open("permit").id] == [1, 2, 3]
    assert GROVE["tree"] == "けやき"
