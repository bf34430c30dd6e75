"""One event with all that follows from it, and the automatic events to a rest."""

import datetime as dt

import pytest

from engine.clock import JST, to_seconds
from engine.errors import MadoguchiError, NotPossibleNow
from tests.engine.desk import Desk
from tests.engine.journeys import GROVE, PERMIT, correcting, drafted, endorsed, looked_at, looking, submitted
from tests.engine.made_up.shelf import changed, declared


def test_automatic_events_follow_within_the_same_command(desk: Desk) -> None:
    receipt = endorsed(desk).fire("decide", "section_chief:s1")
    assert (receipt.events, receipt.state) == (("decide", "decide"), "decided")


def test_automatic_events_go_on_until_none_can_happen(desk: Desk) -> None:
    case = looking(desk)
    case.fire("finish", "clerk:k1", {"height": 1}, task=1)
    case.fire("finish", "clerk:k1", {"height": 1}, task=2)
    case.fire("ask_opinion", "clerk:k1", {"due_on": "2022-06-10"})
    assert [r.events for r in desk.pass_time(days=10)] == [("miss", "gather")]


def test_a_cycle_of_automatic_events_ends_in_an_error_and_stores_nothing(desk: Desk) -> None:
    case = desk.open("loop")
    with pytest.raises(MadoguchiError, match="手続「loop」の定義に循環があります") as stopped:
        case.fire("go", "applicant:p1")
    assert "cycle" in stopped.value.en
    assert (case.state, case.events()) == ("draft", ["open"])


def test_arrival_is_the_instant_of_the_record_also_at_night(desk: Desk) -> None:
    at_night = dt.datetime(2022, 6, 5, 2, 30, 15, tzinfo=JST)  # a Sunday
    case = desk.open("permit")
    desk.clock.set(at_night)
    case.fire("submit", "applicant:p1", PERMIT)
    assert case.whole.case.arrived_at == to_seconds(at_night)
    assert case.log[1].at == to_seconds(at_night)


def test_a_case_that_arrives_without_a_form_is_dated_by_its_entry(desk: Desk) -> None:
    rows = [row.model_dump(by_alias=True, exclude_defaults=True) for row in declared("grove").events]
    bare = [{key: value for key, value in row.items() if key != "asks" or row["id"] != "submit"} for row in rows]
    case = desk.using(changed("grove", events=bare)).open("grove")
    receipt = case.fire("submit", "applicant:p1")
    assert case.whole.case.arrived_at == receipt.at


def test_who_arrives_first_is_first_in_the_inbox_and_in_number(desk: Desk) -> None:
    first, second = desk.open("permit"), desk.open("permit", by="applicant:p2")
    second.fire("submit", "applicant:p2", PERMIT)
    desk.clock.set(desk.clock.now() + dt.timedelta(seconds=1))
    first.fire("submit", "applicant:p1", PERMIT)
    assert [item.case_id for item in desk.engine.inbox(["clerk"])] == [second.id, first.id]
    assert second.receipts[0].numbers["receipt"] == "2022道路受付第1号"


def test_what_is_urgent_goes_first(desk: Desk) -> None:
    usual, urgent = submitted(desk), submitted(desk, urgent=True)
    assert [item.case_id for item in desk.engine.inbox(["clerk"])] == [urgent.id, usual.id]


def test_a_correction_does_not_move_the_arrival(desk: Desk) -> None:
    case = correcting(desk)
    before = case.whole.case.arrived_at
    desk.pass_time(days=3)
    case.fire("answer", "applicant:p1", PERMIT)
    assert case.whole.case.arrived_at == before


def test_the_branch_follows_the_nature_of_the_act(desk: Desk) -> None:
    report = submitted(desk, kind="report")
    report.look("clerk:k1", papers=True, width=True)
    with pytest.raises(NotPossibleNow, match="「許可を起案する」は申請のときだけです"):
        report.fire("propose", "clerk:k1", {"amount": 2000})
    assert report.fire("accept", "clerk:k1").state == "accepted"
    with pytest.raises(NotPossibleNow, match="「受け取る」は届出のときだけです"):
        looked_at(desk).fire("accept", "clerk:k1")


def test_a_correction_may_change_the_nature(desk: Desk) -> None:
    case = correcting(desk)
    assert case.whole.case.nature == "application"
    case.fire("answer", "applicant:p1", PERMIT | {"kind": "report"})
    assert case.whole.case.nature == "report"


def test_a_report_has_no_refusal(desk: Desk) -> None:
    case = submitted(desk, kind="report")
    case.look("clerk:k1", papers=True, width=False)
    with pytest.raises(NotPossibleNow):
        case.fire("propose_refusal", "clerk:k1", {"ground": "streets-3", "reason": "x"})


@pytest.mark.parametrize("here", ["arrived", "looking", "weighing"])
def test_an_event_from_any_open_state_leaves_from_each_of_them(desk: Desk, here: str) -> None:
    machine = looking(desk).ask(lambda work: work.edition.machine)
    assert "abandon" in {event.id for event in machine.leaving(here)}
    assert "abandon" not in {event.id for event in machine.leaving("kept")}


def test_an_event_from_any_open_state_is_guarded(desk: Desk) -> None:
    case = looking(desk)
    with pytest.raises(NotPossibleNow, match="「やめる」はできません。要る条件: 調査中でない"):
        case.fire("abandon", "applicant:p1")
    for number in (1, 2):
        case.fire("finish", "clerk:k1", {"height": 1}, task=number)
    assert case.fire("abandon", "applicant:p1").state == "gone"


def test_an_event_that_stays_leaves_state_and_timers_as_they_are(desk: Desk) -> None:
    case = submitted(desk)
    before = case.whole
    desk.clock.set(desk.clock.now() + dt.timedelta(hours=3))
    case.fire("note", "clerk:k1", {"text": "x"})
    assert case.whole.case.state_since == before.case.state_since
    assert case.whole.timers == before.timers


def test_an_end_without_a_decision_has_the_outcome_of_its_state(desk: Desk) -> None:
    case = submitted(desk)
    case.fire("withdraw", "applicant:p1")
    assert (case.whole.case.outcome, case.whole.case.decided_at) == ("withdrawn", None)


def test_a_decision_is_dated(desk: Desk) -> None:
    case = endorsed(desk)
    receipt = case.fire("decide", "section_chief:s1")
    assert (case.whole.case.outcome, case.whole.case.decided_at) == ("granted", receipt.at)


def test_nothing_leaves_a_final_state(desk: Desk) -> None:
    case = drafted(desk)
    case.fire("withdraw", "applicant:p1")
    for event, actor in (("note", "clerk:k1"), ("withdraw", "applicant:p1"), ("issue", "counter:c1")):
        with pytest.raises(MadoguchiError):
            case.fire(event, actor)


def test_a_case_begun_by_a_register_event_goes_the_same_way(desk: Desk) -> None:
    case = desk.open("grove", by="system")
    desk.pass_time(days=2)
    case.signal("owner_moved")
    assert (case.state, case.log[-1].event) == ("looking", "move")
    assert GROVE["wants_badge"]
