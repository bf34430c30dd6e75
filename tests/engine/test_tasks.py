"""Tasks: pieces of work beside the case, several at once where declared, closed with what they belonged to."""

import pytest

from engine.errors import NotPossibleNow, NotYourTurn, Overtaken, UnknownThing
from engine.tasks import desk_of
from tests.engine.desk import Desk
from tests.engine.journeys import PERMIT, correcting, decided, kept, looking, submitted, weighing
from tests.engine.made_up.shelf import changed, declared


def test_several_tasks_of_a_kind_run_beside_one_another(desk: Desk) -> None:
    case = looking(desk)
    assert [(task.number, task.state, task.desk) for task in case.tasks("survey")] == [
        (1, "going", "clerk"),
        (2, "going", "clerk"),
    ]
    case.fire("finish", "clerk:k1", {"height": 3}, task=2)
    assert [task.state for task in case.tasks("survey")] == ["going", "done"]


def test_several_tasks_that_know_the_event_need_a_number(desk: Desk) -> None:
    with pytest.raises(NotPossibleNow, match=r"いくつもあります。番号を付けてください: 1\(survey\)・2\(survey\)"):
        looking(desk).fire("finish", "clerk:k1", {"height": 3})


def test_the_only_task_that_can_needs_no_number(desk: Desk) -> None:
    case = looking(desk)
    case.fire("finish", "clerk:k1", {"height": 3}, task=1)
    assert case.fire("finish", "clerk:k1", {"height": 4}).events == ("finish",)


def test_a_task_that_there_is_not_is_named_with_those_there_are(desk: Desk) -> None:
    with pytest.raises(UnknownThing, match="案件1に作業9はありません。あるのは1・2です"):
        looking(desk).fire("finish", "clerk:k1", {"height": 3}, task=9)


def test_an_event_that_a_numbered_task_does_not_know_is_unknown(desk: Desk) -> None:
    said = (
        r"作業1\(現地調査\)に「advise」という操作はありません。できるのは調査を終える\(finish\)・もう一度\(again\)です"
    )
    with pytest.raises(UnknownThing, match=said):
        looking(desk).fire("advise", "tree_doctor:d", {"text": "x"}, task=1)


def test_an_event_of_a_task_that_there_is_not_yet_is_told_with_the_kind_of_task(desk: Desk) -> None:
    case = looking(desk, surveys=False)
    with pytest.raises(
        NotPossibleNow, match="「調査を終える」は「現地調査」の作業で行うもので、案件1にはその作業がありません"
    ):
        case.fire("finish", "clerk:k1", {"height": 3})


def test_a_finished_task_may_be_asked_again(desk: Desk) -> None:
    case = looking(desk)
    case.fire("finish", "clerk:k1", {"height": 3}, task=1)
    case.fire("again", "clerk:k1")
    assert [task.open for task in case.tasks("survey")] == [True, True]


def test_the_case_moves_when_the_tasks_are_where_its_condition_wants_them(desk: Desk) -> None:
    case = weighing(desk)
    assert [(row.event, row.kind) for row in case.log[-2:]] == [("advise", "event"), ("gather", "auto")]


def test_a_task_knows_since_when_it_is_in_its_state(desk: Desk) -> None:
    case = looking(desk)
    desk.pass_time(days=3)
    case.fire("finish", "clerk:k1", {"height": 3}, task=1)
    task = case.tasks("survey")[0]
    assert task.state_since - task.opened_at == 3 * 86400
    assert task.version == 1


def test_closing_by_an_effect_takes_a_task_off_its_desk(desk: Desk) -> None:
    case = correcting(desk)
    case.fire("answer", "applicant:p1", PERMIT)
    task = case.tasks("correction")[0]
    assert (task.state, task.open, task.desk, task.memo["closed"]) == ("answered", False, None, True)


def test_nothing_more_happens_to_a_closed_task(desk: Desk) -> None:
    case = correcting(desk)
    case.fire("answer", "applicant:p1", PERMIT)
    with pytest.raises(Overtaken, match=r"「補正する」は.*申請者|「補正する」は.*p1"):
        case.fire("answer", "applicant:p1", PERMIT)


def test_a_second_correction_is_a_task_of_its_own(desk: Desk) -> None:
    case = correcting(desk)
    case.fire("answer", "applicant:p1", PERMIT)
    case.fire("request_correction", "clerk:k1", {"items": "また"})
    assert [(task.number, task.state) for task in case.tasks("correction")] == [(1, "answered"), (2, "asked")]
    assert case.state == "correction"
    case.fire("answer", "applicant:p1", PERMIT)
    assert case.state == "review"


def test_a_task_that_opens_tells_whom_it_is_waiting_for(desk: Desk) -> None:
    correcting(desk)
    assert [sent[3:] for sent in desk.deliver()][1] == ("applicant", "correction_request\n2022道路受付第1号\n山田花子")


def test_a_notice_of_a_task_goes_to_whomever_the_task_waits_for(desk: Desk) -> None:
    case = looking(desk)
    case.fire("ask_opinion", "clerk:k1", {"due_on": "2022-06-30"})
    assert [sent[3] for sent in desk.deliver()] == ["tree_doctor"]


@pytest.mark.parametrize("end", ["abandon", "fall"])
def test_an_end_closes_every_task_that_does_not_outlive_the_case(desk: Desk, end: str) -> None:
    case = looking(desk)
    for number in (1, 2):
        case.fire("finish", "clerk:k1", {"height": 1}, task=number)
    case.fire("ask_opinion", "clerk:k1", {"due_on": "2022-06-30"})
    if end == "abandon":
        case.fire("abandon", "clerk:k1")
    else:
        case.signal("felled", fell_on="2022-06-01")
    assert case.state == "gone"
    assert [task.open for task in case.tasks("opinion")] == [False]
    assert case.whole.case.closed


def test_a_task_that_outlives_the_case_stays_and_keeps_the_case_from_being_over(desk: Desk) -> None:
    case = kept(desk)
    assert not case.whole.case.closed
    case.signal("felled", fell_on="2022-06-30")
    assert (case.state, [task.open for task in case.tasks("watch")]) == ("gone", [True])
    desk.pass_time(days=5)
    receipt = case.fire("see", "clerk:k1")
    assert receipt.closed
    assert case.whole.case.closed


def test_a_task_of_a_settled_case_is_worked_on(desk: Desk) -> None:
    case = decided(desk)
    case.fire("issue", "counter:c1")
    desk.pass_time(days=10)
    assert (case.state, case.whole.case.closed) == ("granted", False)
    case.fire("see", "unit_chief:u1")
    assert case.whole.case.closed


def test_a_case_that_moves_again_is_no_longer_over(desk: Desk) -> None:
    case = decided(desk)
    case.fire("issue", "counter:c1")
    case.fire("see", "unit_chief:u1")
    desk.pass_time(days=10)
    assert case.whole.case.closed
    case.fire("reconsider", "clerk:k1")
    assert not case.whole.case.closed


def test_a_settled_case_moves_again_and_is_decided_anew(desk: Desk) -> None:
    case = decided(desk)
    case.fire("issue", "counter:c1")
    desk.pass_time(days=10)
    case.fire("reconsider", "clerk:k1")
    case.look("clerk:k1", width=False)
    case.fire("propose_refusal", "clerk:k1", {"ground": "streets-3", "reason": "測り直し"})
    case.fire("endorse", "unit_chief:u1")
    case.fire("decide", "director:d1")
    assert (case.state, case.whole.case.outcome) == ("decided", "refused")
    assert case.whole.case.memo["numbers"]["document"] == "2022道路第2号"


def test_a_condition_inside_a_task_sees_the_task_itself(desk: Desk) -> None:
    case = kept(desk)
    with pytest.raises(NotPossibleNow, match="「見た」はできません"):
        case.fire("see", "clerk:k1")
    desk.pass_time(days=5)
    assert case.fire("see", "clerk:k1").events == ("see",)


def test_an_outside_body_answers_in_its_own_name_only(desk: Desk) -> None:
    case = looking(desk)
    case.fire("ask_opinion", "clerk:k1", {"due_on": "2022-06-30"})
    with pytest.raises(NotYourTurn, match="「意見を出す」は樹木医が行います"):
        case.fire("advise", "clerk:k1", {"text": "代わりに"})
    assert case.tasks("opinion")[0].desk == "tree_doctor"


@pytest.mark.parametrize(
    ("kind", "state", "role", "desk_role"),
    [
        ("step", "pending", "decider", "decider"),
        ("step", "waiting", "decider", None),
        ("step", "endorsed", "reviewer", None),
        ("correction", "asked", None, "applicant"),
        ("circulation", "due", None, "reviewer"),
    ],
)
def test_a_task_lies_on_the_desk_of_its_state_or_of_its_role(
    kind: str, state: str, role: str | None, desk_role: str | None
) -> None:
    row = next(one for one in declared("permit").tasks[kind].states if one.id == state)
    assert desk_of(row, {"role": role} if role else {}) == desk_role


def test_a_task_that_begins_done_lies_on_no_desk(desk: Desk) -> None:
    tasks = {n: t.model_dump(by_alias=True, exclude_defaults=True) for n, t in declared("grove").tasks.items()}
    tasks["survey"]["states"] = tasks["survey"]["states"][::-1]
    case = looking(desk.using(changed("grove", tasks=tasks)))
    assert [(task.state, task.open, task.desk) for task in case.tasks("survey")] == [("done", False, None)] * 2


def test_an_option_for_the_case_itself_has_no_task_number(desk: Desk) -> None:
    case = submitted(desk)
    assert case.fire("note", "clerk:k1", {"text": "x"}, task=0).events == ("note",)
