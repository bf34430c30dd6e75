"""Sending back to a chosen step, and asking for agreement again: inside one draft, and from one draft to the next."""

from collections.abc import Iterator

import pytest

from engine.errors import BadAnswers, NotPossibleNow
from tests.engine.desk import Case, Desk
from tests.engine.invariants import complaints
from tests.engine.journeys import in_memory
from tests.engine.leave import away, proposed, reviewed, route
from tests.engine.made_up.shelf import Shelf, declared


@pytest.fixture
def desk() -> Iterator[Desk]:
    """An office in memory."""
    desk = in_memory()
    yield desk
    assert complaints(desk.store, desk.ports.definitions) == []


def shared(desk: Desk) -> Case:
    """A ruling in which another department has agreed, and only the decider still has to sign."""
    case = reviewed(desk, form="公園")
    case.fire("endorse", "parks_chief:g1")
    return case


def test_it_goes_back_two_steps_and_comes_up_again_through_both(desk: Desk) -> None:
    case = reviewed(desk)
    case.fire("step_back", "section_chief:s1", {"reason": "根拠を足す", "step": 1})
    assert case.state == "deciding"
    assert route(case) == [("unit_chief", "pending"), ("chief_1", "waiting"), ("section_chief", "waiting")]
    case.fire("endorse", "unit_chief:u1")
    case.fire("endorse", "chief_1:c1")
    assert case.fire("decide", "section_chief:s1").state == "named"
    assert case.events().count("endorse") == 4


def test_it_goes_back_one_step_and_the_one_before_stays_signed(desk: Desk) -> None:
    case = reviewed(desk)
    case.fire("step_back", "section_chief:s1", {"reason": "x", "step": 2})
    assert route(case) == [("unit_chief", "endorsed"), ("chief_1", "pending"), ("section_chief", "waiting")]


def test_a_step_taken_up_is_asked_again_of_its_own_post(desk: Desk) -> None:
    case = proposed(desk)
    away(desk, "unit_chief")
    case.fire("pull_up", "chief_1:c1")
    case.fire("step_back", "chief_1:c1", {"reason": "x", "step": 1})
    assert route(case)[0] == ("unit_chief", "pending")
    assert "acted" not in case.tasks("step")[0].memo
    assert [task.state for task in case.tasks("after_view")] == ["due"]


@pytest.mark.parametrize("step", [0, 3, 4, -1])
def test_there_is_no_way_back_to_a_step_that_does_not_come_before(desk: Desk, step: int) -> None:
    case = reviewed(desk)
    with pytest.raises(BadAnswers, match="直していただく所が1個") as refused:
        case.fire("step_back", "section_chief:s1", {"reason": "x", "step": step})
    assert "あるのは: 1段目・2段目" in refused.value.text()
    assert route(case)[-1] == ("section_chief", "pending")


def test_the_first_step_has_nothing_to_go_back_to(desk: Desk) -> None:
    case = proposed(desk)
    with pytest.raises(NotPossibleNow, match="途中の段へ差し戻す"):
        case.fire("step_back", "unit_chief:u1", {"reason": "x", "step": 1})
    assert "step_back" not in [option.event for option in case.options("unit_chief:u1")]


def test_agreement_is_asked_again_with_the_steps_between(desk: Desk) -> None:
    case = shared(desk)
    case.fire("step_back", "section_chief:s1", {"reason": "x", "step": 2})
    assert [state for _, state in route(case)] == ["endorsed", "pending", "waiting", "waiting"]


def beside(*, in_order: bool) -> Desk:
    """An office in which two departments are asked."""
    ruling = declared("ruling")
    parks = ruling.approval["main"].cosign[0]
    both = (parks, parks.model_copy(update={"id": "heads", "post": "director"}))
    main = ruling.approval["main"].model_copy(update={"cosign": both, "cosign_in_order": in_order})
    return in_memory(Shelf({"ruling": ruling.model_copy(update={"approval": {"main": main}})}))


def test_departments_are_asked_side_by_side() -> None:
    case = reviewed(beside(in_order=False), form="公園")
    assert [state for _, state in route(case)[2:]] == ["pending", "pending", "waiting"]


def test_departments_are_asked_one_after_the_other() -> None:
    case = reviewed(beside(in_order=True), form="公園")
    assert [state for _, state in route(case)[2:]] == ["pending", "waiting", "waiting"]
    case.fire("endorse", "parks_chief:g1")
    assert [state for _, state in route(case)[2:]] == ["endorsed", "pending", "waiting"]


def test_where_one_of_two_sends_back_the_other_is_asked_again() -> None:
    case = reviewed(beside(in_order=False), form="公園")
    case.fire("step_back", "parks_chief:g1", {"reason": "x", "step": 2})
    assert [state for _, state in route(case)[1:]] == ["pending", "waiting", "waiting", "waiting"]


def test_a_draft_that_says_the_same_again_asks_nobody_again_for_agreement(desk: Desk) -> None:
    case = shared(desk)
    case.fire("send_back", "section_chief:s1", {"reason": "誤字"})
    case.fire("propose", "clerk:k2", {"name": "さくら"})
    assert [post for post, _ in route(case)] == ["unit_chief", "chief_1", "section_chief"]
    assert case.whole.case.memo["drafts"]["2"]["same_as"] == 1


def test_a_draft_that_says_something_else_asks_for_agreement_again(desk: Desk) -> None:
    case = shared(desk)
    case.fire("send_back", "section_chief:s1", {"reason": "名を替える"})
    case.fire("propose", "clerk:k2", {"name": "うめ"})
    assert [post for post, _ in route(case)] == ["unit_chief", "chief_1", "parks_chief", "section_chief"]


def test_agreement_lasts_over_several_drafts_that_say_the_same(desk: Desk) -> None:
    case = shared(desk)
    for by in ("section_chief:s1", "unit_chief:u1", "unit_chief:u1"):
        case.fire("send_back", by, {"reason": "誤字"})
        case.fire("propose", "clerk:k2", {"name": "さくら"})
    assert "parks_chief" not in [post for post, _ in route(case)]


def test_what_was_never_agreed_to_is_asked_for(desk: Desk) -> None:
    case = reviewed(desk, form="公園")
    case.fire("send_back", "parks_chief:g1", {"reason": "同意できない"})
    case.fire("propose", "clerk:k2", {"name": "さくら"})
    assert "parks_chief" in [post for post, _ in route(case)]
