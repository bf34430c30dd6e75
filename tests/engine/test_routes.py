"""The route of a decision as tasks: reviewers in order, co-signers, the decider; drafter and decider are never one."""

import pytest

from engine import consequences
from engine.errors import NotPossibleNow, NotYourTurn, Overtaken
from engine.state import TaskState
from tests.engine.desk import Case, Desk
from tests.engine.journeys import decided, drafted, endorsed, in_memory, looked_at, refusal_drafted
from tests.engine.made_up.shelf import Shelf, declared, with_route

CHIEFS = tuple(f"chief_{n}" for n in range(1, 6))


def steps(case: Case) -> list[tuple[str | None, str]]:
    """Post and state of each step of the present route, in order."""
    return [(task.post, task.state) for task in case.tasks("step") if not task.memo.get("closed")]


@pytest.mark.parametrize("length", [0, 1, 3, 5])
def test_a_route_is_signed_in_order_by_every_reviewer_and_then_decided(desk: Desk, length: int) -> None:
    case = drafted(desk.using(with_route(*CHIEFS[:length])))
    assert steps(case) == [
        (post, "pending" if n == 0 else "waiting") for n, post in enumerate([*CHIEFS[:length], "section_chief"])
    ]
    for n, post in enumerate(CHIEFS[:length]):
        case.fire("endorse", f"{post}:r{n}")
    receipt = case.fire("decide", "section_chief:s1")
    assert (receipt.state, receipt.numbers["document"]) == ("decided", "2022道路第1号")
    assert case.whole.case.outcome == "granted"


@pytest.mark.parametrize("length", [1, 3, 5])
def test_nobody_signs_before_it_is_the_turn_of_the_step(desk: Desk, length: int) -> None:
    case = drafted(desk.using(with_route(*CHIEFS[:length])))
    for post in [*CHIEFS[1:length], "section_chief"]:
        with pytest.raises(NotPossibleNow, match="今は「順番待ち」"):
            case.fire("decide" if post == "section_chief" else "endorse", f"{post}:r9")
    number = case.tasks("step")[-1].number
    with pytest.raises(NotPossibleNow, match="今は「順番待ち」で、できるのは「審査中」のとき"):
        case.fire("decide", "section_chief:r9", task=number)


def test_the_drafter_decides_no_draft_of_his_own_in_whatever_post(desk: Desk) -> None:
    case = endorsed(desk)
    with pytest.raises(NotYourTurn, match=r"起案した人\(k1\)は、自分の起案について「決裁する」を行えません"):
        case.fire("decide", "section_chief:k1")


def test_the_drafter_endorses_no_draft_of_his_own_nor_sends_it_back(desk: Desk) -> None:
    case = drafted(desk)
    for event in ("endorse", "send_back"):
        with pytest.raises(NotYourTurn, match="起案した人"):
            case.fire(event, "unit_chief:k1")


def test_another_post_of_the_same_role_does_not_sign_a_step(desk: Desk) -> None:
    with pytest.raises(NotYourTurn, match="この段は係長のものです。「chief_1」は「承認する」を行えません"):
        drafted(desk).fire("endorse", "chief_1:x")


@pytest.mark.parametrize("post", ["chief_1", "vice_head"])
def test_another_post_does_not_send_a_step_back(desk: Desk, post: str) -> None:
    with pytest.raises(NotYourTurn, match="この段は係長のものです"):
        drafted(desk).fire("send_back", f"{post}:x", {"reason": "横から"})


def test_the_decider_sends_nothing_back_before_it_has_reached_him(desk: Desk) -> None:
    with pytest.raises(NotPossibleNow, match="今は「順番待ち」"):
        drafted(desk).fire("send_back", "section_chief:s1", {"reason": "早く"})


def test_sending_back_closes_the_route_and_a_new_draft_opens_a_new_round(desk: Desk) -> None:
    case = endorsed(desk)
    case.fire("send_back", "section_chief:s1", {"reason": "再考"})
    assert case.state == "review"
    assert steps(case) == []
    assert all(not task.open and task.desk is None for task in case.tasks("step"))
    case.fire("propose", "clerk:k2", {"amount": 1500})
    assert case.state == "deciding"
    assert steps(case) == [("unit_chief", "pending"), ("section_chief", "waiting")]
    assert [task.memo["round"] for task in case.tasks("step")] == [1, 1, 2, 2]


def test_the_second_draft_has_a_drafter_of_its_own(desk: Desk) -> None:
    case = drafted(desk)
    case.fire("send_back", "unit_chief:u1", {"reason": "再考"})
    case.fire("propose", "clerk:k2", {"amount": 1500})
    case.fire("endorse", "unit_chief:k1")
    with pytest.raises(NotYourTurn, match="起案した人"):
        case.fire("decide", "section_chief:k2")
    assert case.fire("decide", "section_chief:s1").state == "decided"


def test_steps_of_an_earlier_round_are_out_of_reach(desk: Desk) -> None:
    case = drafted(desk)
    case.fire("send_back", "unit_chief:u1", {"reason": "再考"})
    case.fire("propose", "clerk:k1", {"amount": 1500})
    with pytest.raises((NotPossibleNow, Overtaken)):
        case.fire("endorse", "unit_chief:u1", task=1)


def test_leaving_the_deciding_state_closes_the_steps_that_are_open(desk: Desk) -> None:
    case = drafted(desk)
    case.fire("withdraw", "applicant:p1")
    assert [(task.open, task.desk) for task in case.tasks("step")] == [(False, None)] * 2


@pytest.mark.parametrize(
    ("amount", "decider"), [(2000, "section_chief"), (99_999, "section_chief"), (100_000, "director")]
)
def test_of_the_levels_that_fit_the_last_decides(desk: Desk, amount: int, decider: str) -> None:
    assert steps(drafted(desk, amount))[-1] == (decider, "waiting")


def test_the_level_may_depend_on_what_is_proposed(desk: Desk) -> None:
    assert steps(refusal_drafted(desk))[-1] == ("director", "waiting")


def test_a_later_draft_is_decided_at_the_level_of_what_it_proposes(desk: Desk) -> None:
    case = refusal_drafted(desk)
    case.fire("send_back", "unit_chief:u1", {"reason": "再考"})
    case.look("clerk:k1", width=True)
    case.fire("propose", "clerk:k1", {"amount": 2000})
    assert steps(case)[-1] == ("section_chief", "waiting")


def test_the_proposal_says_in_which_state_it_was_drafted(desk: Desk) -> None:
    case = drafted(desk)
    assert case.whole.case.memo["proposal"] == {
        "outcome": "granted",
        "drafted_in": "review",
        "drafter": "k1",
        "asked": "proposal",
    }


def cosigning(desk: Desk) -> Case:
    case = drafted(desk, near_park=True)
    case.fire("endorse", "unit_chief:u1")
    return case


def test_a_cosigner_is_asked_where_the_condition_holds_before_the_decider(desk: Desk) -> None:
    case = cosigning(desk)
    assert steps(case) == [("unit_chief", "endorsed"), ("parks_chief", "pending"), ("section_chief", "waiting")]
    case.fire("endorse", "parks_chief:g1")
    assert case.fire("decide", "section_chief:s1").state == "decided"


def test_a_cosigners_step_lies_on_the_cosigners_desk(desk: Desk) -> None:
    case = cosigning(desk)
    step: TaskState = case.tasks("step")[1]
    assert (step.desk, step.post, step.memo["of"]) == ("cosigner", "parks_chief", "parks")


def test_the_route_stays_as_it_stood_when_it_was_drafted(desk: Desk) -> None:
    case = drafted(desk)
    assert drafted(desk.using(with_route())).tasks("step")[0].post == "section_chief"
    assert [post for post, _ in steps(case)] == ["unit_chief", "section_chief"]


def test_a_route_that_names_nobody_opens_no_step_and_decides_nothing(desk: Desk) -> None:
    permit = declared("permit")
    nobody = permit.approval["main"].model_copy(update={"steps": (), "levels": (), "cosign": ()})
    case = drafted(desk.using(Shelf({"permit": permit.model_copy(update={"approval": {"main": nobody}})})))
    assert (case.state, case.tasks("step")) == ("deciding", [])


def test_the_one_who_decides_second_is_told_who_decided(desk: Desk) -> None:
    case = decided(desk)
    with pytest.raises(Overtaken, match=r"「決裁する」は2022年06月06日 10時00分に課長\(s1\)が済ませています"):
        case.fire("decide", "section_chief:s2")


def test_a_decision_without_a_draft_is_refused() -> None:
    desk = in_memory()
    case = looked_at(desk)
    with desk.engine.reading(case.id) as work, pytest.raises(NotPossibleNow, match="起案がない"):
        consequences.decide(work)
