"""Acting in another's place: the deputy of an absent decider, a superior, and the duty to view it afterwards."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from engine.actors import Actor
from engine.commands import Engine
from engine.errors import NotPossibleNow, Overtaken, Refusal
from engine.leaving import end
from engine.municipality import Municipality
from tests.engine.desk import Case, Desk
from tests.engine.invariants import complaints
from tests.engine.journeys import endorsed, in_memory
from tests.engine.leave import away, later, proposed, reviewed, route


@pytest.fixture
def desk() -> Iterator[Desk]:
    """An office in memory: who may act does not hang on where that is stored, which the scenarios look after."""
    desk = in_memory()
    yield desk
    assert complaints(desk.store, desk.ports.definitions) == []


def refused(case: Case, event: str, by: str, **more: object) -> tuple[str, str]:
    """The rule and the sentence by which an event is refused."""
    before = case.whole
    with pytest.raises(Refusal) as refusal:
        case.fire(event, by, **more)  # type: ignore[arg-type]  # answers and a task
    assert case.whole == before
    return str(refusal.value.facts.get("rule")), refusal.value.ja


def test_the_listed_deputy_decides_for_an_absent_decider(desk: Desk) -> None:
    case = reviewed(desk)
    absence = away(desk, "section_chief")
    receipt = case.fire("decide_for", "vice_head:v1")
    assert (receipt.state, receipt.events) == ("named", ("decide_for", "decide"))
    step = case.tasks("step")[-1]
    assert step.memo["acted"] == {"person": "v1", "post": "vice_head", "absence": absence.id}


def test_what_a_deputy_decided_is_viewed_by_the_decider_afterwards(desk: Desk) -> None:
    case = reviewed(desk)
    away(desk, "section_chief")
    case.fire("decide_for", "vice_head:v1")
    (duty,) = case.tasks("after_view")
    assert (duty.state, duty.desk, duty.post, duty.open, case.whole.case.closed) == (
        *("due", "decider", "section_chief", True, False),
    )
    later(desk, 24 * 30)
    assert refused(case, "see", "director:d1")[1].startswith("この段は課長のものです")
    assert refused(case, "see", "vice_head:v1")[1].startswith("「後閲する」は")
    assert refused(case, "see", "section_chief:v1")[0] == "own_act"
    case.fire("see", "section_chief:s1", {"opinion": "了承"})
    assert case.whole.case.closed


def test_the_duty_lies_in_the_inbox_of_the_decider_alone(desk: Desk) -> None:
    case = reviewed(desk)
    away(desk, "section_chief")
    case.fire("decide_for", "vice_head:v1")
    assert [(item.kind, item.task) for item in desk.engine.inbox(["decider"], "section_chief")] == [("after_view", 4)]
    assert desk.engine.inbox(["decider"], "director") == []
    assert desk.engine.inbox(["deputy"], "vice_head") == []


def test_while_the_decider_is_absent_his_step_lies_with_his_deputy_too(desk: Desk) -> None:
    case = reviewed(desk)
    assert desk.engine.inbox(["deputy"], "vice_head") == []
    away(desk, "section_chief", hours=2)
    (item,) = desk.engine.inbox(["deputy"], "vice_head")
    assert (item.case_id, item.task, item.post, item.for_absent) == (case.id, 3, "section_chief", True)
    assert desk.engine.inbox(["deputy"], "adviser") == []
    assert [one.for_absent for one in desk.engine.inbox(["decider"], "section_chief")] == [False]
    later(desk, 2)
    assert desk.engine.inbox(["deputy"], "vice_head") == []


def test_a_deputy_acts_only_within_the_window(desk: Desk) -> None:
    case = reviewed(desk)
    assert refused(case, "decide_for", "vice_head:v1") == (
        "absent_only",
        "課長は不在ではありません。代決は、不在の記録の時間の中だけです。不在の記録がありません。",
    )
    away(desk, "section_chief", hours=2, after=1)
    rule, said = refused(case, "decide_for", "vice_head:v1")
    assert (rule, said.rpartition("。記録は")[2]) == (
        "absent_only",
        "2022-06-06 11:00から2022-06-06 13:00の前までです。",
    )
    later(desk, 3)
    assert refused(case, "decide_for", "vice_head:v1")[0] == "absent_only"
    later(desk, -0.001)
    assert case.fire("decide_for", "vice_head:v1").state == "named"


def test_an_absence_that_was_ended_gives_nobody_a_deputy(desk: Desk) -> None:
    case = reviewed(desk)
    row = away(desk, "section_chief")
    end(desk.engine, Actor("section_chief", "s1"), row.id)
    assert refused(case, "decide_for", "vice_head:v1")[0] == "absent_only"
    assert case.fire("decide", "section_chief:s1").state == "named"


def test_a_vacancy_is_not_an_absence(desk: Desk) -> None:
    case = reviewed(desk)
    away(desk, "section_chief", kind="vacant")
    rule, said = refused(case, "decide_for", "vice_head:v1")
    assert (rule, said) == (
        "vacancy",
        "課長は欠員です。欠員は不在ではないので代決できません。職務代理者を職に就けてください。",
    )


def test_no_deputy_decides_what_the_route_excludes(desk: Desk) -> None:
    case = reviewed(desk, form="争い")
    away(desk, "section_chief")
    assert refused(case, "decide_for", "vice_head:v1")[0] == "excluded_matter"
    assert desk.engine.inbox(["deputy"], "vice_head") == []
    assert "decide_for" not in [option.event for option in case.options("vice_head:v1")]


def test_the_city_says_in_which_order_deputies_stand_in(desk: Desk) -> None:
    case = reviewed(desk)
    away(desk, "section_chief")
    rule, said = refused(case, "decide_for", "adviser:a1")
    assert (rule, said) == (
        "listed_deputy",
        "「adviser」は課長の代決者ではありません。今の代決者は課長補佐です。",
    )
    away(desk, "vice_head")
    assert refused(case, "decide_for", "vice_head:v1")[0] == "listed_deputy"
    assert case.fire("decide_for", "adviser:a1").state == "named"


def test_a_deputy_who_is_named_goes_before_the_order(desk: Desk) -> None:
    case = reviewed(desk)
    away(desk, "section_chief", deputy="adviser")
    assert refused(case, "decide_for", "vice_head:v1")[0] == "listed_deputy"
    assert case.fire("decide_for", "adviser:a1").state == "named"


def test_where_all_deputies_are_away_their_own_deputies_stand_in(desk: Desk) -> None:
    case = reviewed(desk)
    for post in ("section_chief", "vice_head", "adviser"):
        away(desk, post)
    assert case.fire("decide_for", "aide:m1").state == "named"


def test_where_everybody_is_away_nobody_stands_in(desk: Desk) -> None:
    case = reviewed(desk)
    for post in ("section_chief", "vice_head", "adviser", "aide"):
        away(desk, post)
    assert refused(case, "decide_for", "aide:m1")[1].endswith("代われる代決者が定められていません。")


def test_the_drafter_is_no_deputy_for_his_own_draft(desk: Desk) -> None:
    case = reviewed(desk)
    away(desk, "section_chief")
    assert refused(case, "decide_for", "vice_head:k1")[0] == "own_draft"


def test_a_deputy_stands_in_for_no_reviewer(desk: Desk) -> None:
    case = proposed(desk)
    away(desk, "unit_chief")
    assert refused(case, "send_back", "vice_head:v1", answers={"reason": "x"})[0] == "decider_only"


def test_a_deputy_sends_back_for_an_absent_decider(desk: Desk) -> None:
    case = endorsed(desk)
    away(desk, "section_chief")
    case.fire("send_back", "vice_head:v1", {"reason": "不在中の差戻し"})
    assert case.state == "review"
    assert case.tasks("step")[-1].memo["acted"]["post"] == "vice_head"


def test_of_decider_and_deputy_exactly_one_decides(desk: Desk) -> None:
    case = reviewed(desk)
    away(desk, "section_chief")
    case.fire("decide", "section_chief:s1")
    with pytest.raises(Overtaken, match=r"「決裁する」を2022年06月06日 10時00分に課長\(s1\)が済ませています"):
        case.fire("decide_for", "vice_head:v1")
    assert case.tasks("after_view") == []


def test_a_superior_takes_an_absent_reviewers_step_up(desk: Desk) -> None:
    case = proposed(desk)
    away(desk, "unit_chief")
    case.fire("pull_up", "chief_1:c1")
    assert route(case) == [("unit_chief", "pulled_up"), ("chief_1", "pending"), ("section_chief", "waiting")]
    (duty,) = case.tasks("after_view")
    assert (duty.post, duty.desk, duty.memo["after"]["post"]) == ("unit_chief", "reviewer", "chief_1")
    case.fire("endorse", "chief_1:c1")
    case.fire("decide", "section_chief:s1")
    case.fire("see", "unit_chief:u1")
    assert case.whole.case.closed


def test_the_decider_takes_every_step_up_and_decides(desk: Desk) -> None:
    case = proposed(desk)
    for post in ("unit_chief", "chief_1"):
        away(desk, post)
        case.fire("pull_up", "section_chief:s1")
    assert case.fire("decide", "section_chief:s1").state == "named"
    assert [duty.post for duty in case.tasks("after_view")] == ["unit_chief", "chief_1"]


def test_only_a_superior_on_the_route_takes_a_step_up(desk: Desk) -> None:
    case = proposed(desk)
    for post in ("unit_chief", "chief_1"):
        away(desk, post)
    for by in ("chief_2:x", "director:d1", "unit_chief:u1"):
        assert refused(case, "pull_up", by, task=1)[0] == "superior_only"
    assert refused(case, "pull_up", "unit_chief:u1", task=2)[0] == "superior_only"


def test_nobody_takes_up_the_step_of_one_who_is_there_or_of_a_vacant_post(desk: Desk) -> None:
    case = proposed(desk)
    assert refused(case, "pull_up", "chief_1:c1")[0] == "absent_only"
    away(desk, "unit_chief", kind="vacant")
    assert refused(case, "pull_up", "chief_1:c1")[0] == "vacancy"


def test_agreement_is_taken_up_by_nobody(desk: Desk) -> None:
    case = reviewed(desk, form="公園")
    away(desk, "parks_chief")
    with pytest.raises(NotPossibleNow, match="引き上げる"):
        case.fire("pull_up", "section_chief:s1", task=3)


def test_without_a_profile_the_role_of_the_deputy_stands_in(desk: Desk) -> None:
    nowhere = Municipality(id="default", label="標準市", standing="default")
    desk.engine = Engine(desk.store, replace(desk.ports, municipality=nowhere), desk.gate)
    case = reviewed(desk)
    assert refused(case, "decide_for", "deputy:v1")[0] == "absent_only"
    away(desk, "section_chief")
    assert case.fire("decide_for", "deputy:v1").state == "named"
