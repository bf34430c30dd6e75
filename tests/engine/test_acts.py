"""What a person or a register may say to a case: events, checks, facts, signals."""

import pytest

from engine.actors import SYSTEM, Actor
from engine.errors import BadAnswers, NotPossibleNow, NotYourTurn, UnknownThing
from tests.engine.desk import Case, Desk
from tests.engine.journeys import correcting, looked_at, looking, submitted, weighing
from tests.engine.made_up.shelf import changed, declared


@pytest.mark.parametrize("actor", ["applicant:p1", "clerk:k1", "counter:c1", "system"])
@pytest.mark.parametrize("event", ["start", "corrected", "close_granted"])
def test_nobody_fires_an_event_that_happens_by_itself(desk: Desk, event: str, actor: str) -> None:
    with pytest.raises(NotPossibleNow, match="ひとりでに起きる事で、人が行うものではありません"):
        submitted(desk).fire(event, actor)


def test_an_unknown_event_is_told_with_the_nearest_or_with_what_can_be_done(desk: Desk) -> None:
    case = submitted(desk)
    with pytest.raises(UnknownThing, match="「propos」という操作はこの手続にありません。propose のことですか"):
        case.fire("propos", "clerk:k1")
    with pytest.raises(UnknownThing, match="今できること: メモする・補正を求める"):
        case.fire("zzz", "clerk:k1")


def test_a_citizen_acts_on_the_own_case_only(desk: Desk) -> None:
    with pytest.raises(NotYourTurn, match="案件1はp2さんのものではありません"):
        submitted(desk).fire("withdraw", "applicant:p2")


def test_checks_are_recorded_with_who_and_when(desk: Desk) -> None:
    case = submitted(desk)
    receipt = case.look("clerk:k1", papers=True, width=False)
    assert receipt.events == ("check",)
    recorded = case.whole.case.memo["checks"]
    assert recorded["papers"] == {"passed": True, "by": "k1", "at": receipt.at}
    assert recorded["width"]["passed"] is False


def test_a_check_may_be_corrected_by_looking_again(desk: Desk) -> None:
    case = looked_at(desk)
    case.look("clerk:k2", width=False)
    assert case.whole.case.memo["checks"]["width"]["by"] == "k2"


def test_a_check_that_its_condition_decides_cannot_be_overwritten(desk: Desk) -> None:
    with pytest.raises(NotPossibleNow, match="自動で決まる確認です"):
        submitted(desk).look("clerk:k1", size=True)


def test_an_unknown_check_is_named_with_the_nearest(desk: Desk) -> None:
    with pytest.raises(UnknownThing, match="「paper」という確認はありません。papers のことですか"):
        submitted(desk).look("clerk:k1", paper=True)


def test_one_wrong_check_keeps_none_of_them(desk: Desk) -> None:
    case = submitted(desk)
    with pytest.raises(UnknownThing):
        case.look("clerk:k1", papers=True, nothing=True)
    assert case.events()[-1] == "start"


def test_looking_at_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(BadAnswers):
        submitted(desk).look("clerk:k1")


def test_a_check_belongs_to_its_stage(desk: Desk) -> None:
    case = looked_at(desk)
    case.fire("propose", "clerk:k1", {"amount": 2000})
    with pytest.raises(NotPossibleNow, match="「審査」で行う確認です。今は「決裁中」です"):
        case.look("clerk:k1", papers=False)


def test_a_check_belongs_to_whoever_works_at_its_stage(desk: Desk) -> None:
    with pytest.raises(NotYourTurn, match="は担当が行います"):
        submitted(desk).look("counter:c1", papers=True)


def test_a_check_of_a_task_is_made_while_such_a_task_is_open(desk: Desk) -> None:
    case = looking(desk, surveys=False)
    with pytest.raises(NotPossibleNow, match="「現地調査」で行う確認"):
        case.look("clerk:k1", trunk=True)
    case.fire("survey", "clerk:k1")
    case.look("clerk:k1", trunk=True)
    with pytest.raises(NotYourTurn):
        case.look("applicant:p1", trunk=True)


def test_a_check_at_a_stage_that_is_on_nobodys_desk_is_any_office_posts_but_no_citizens(desk: Desk) -> None:
    rows = [row.model_dump(by_alias=True, exclude_defaults=True) for row in declared("permit").checks]
    extra = {"id": "heard", "stage": "correction", "says": "電話で話した", "on_fail": "withdraw"}
    case = correcting(desk.using(changed("permit", checks=[*rows, extra])))
    with pytest.raises(NotYourTurn, match="「電話で話した」は職員が行います"):
        case.look("applicant:p1", heard=True)
    case.look("counter:c1", heard=True)


def test_facts_are_kept_sealed_and_stand_in_the_log_by_digest(desk: Desk) -> None:
    case = submitted(desk)
    case.establish("clerk:k1", fee=1200)
    digest = case.whole.case.memo["facts"]["fee"]
    assert len(digest) == 64
    assert case.ask(lambda work: work.read("fact.fee")) == 1200
    assert "1200" not in case.log[-1].effects


def test_a_fact_can_be_taken_back(desk: Desk) -> None:
    case = submitted(desk)
    case.establish("clerk:k1", fee=1200)
    case.establish("clerk:k1", fee=None)
    assert "fee" not in case.whole.case.memo["facts"]


def test_a_fact_that_is_not_declared_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownThing, match="「fees」という事実の欄はありません。fee のことですか"):
        submitted(desk).establish("clerk:k1", fees=1)


@pytest.mark.parametrize(
    ("fact", "value"), [("fee", "1200"), ("fee", -1), ("width", "wide"), ("measured_on", "6月1日")]
)
def test_a_fact_of_another_type_is_refused(desk: Desk, fact: str, value: object) -> None:
    case = submitted(desk)
    with pytest.raises(BadAnswers) as refused:
        case.establish("clerk:k1", **{fact: value})
    assert refused.value.problems[0].pointer == f"/{fact}"
    assert case.events()[-1] == "start"


def test_establishing_nothing_is_refused(desk: Desk) -> None:
    with pytest.raises(BadAnswers):
        submitted(desk).establish("clerk:k1")


def test_a_fact_with_a_role_is_established_by_that_role_only(desk: Desk) -> None:
    case = submitted(desk)
    with pytest.raises(NotYourTurn, match="「測った幅」は担当が行います"):
        case.establish("counter:c1", width=2)
    case.establish("clerk:k1", width=2)


def test_a_fact_without_a_role_is_any_office_posts_but_no_citizens(desk: Desk) -> None:
    case = submitted(desk)
    case.establish("counter:c1", fee=100)
    with pytest.raises(NotYourTurn):
        case.establish("applicant:p1", fee=0)


def test_a_signal_makes_the_first_row_happen_that_answers_it(desk: Desk) -> None:
    case = weighing(desk)
    receipt = case.signal("felled", fell_on="2022-06-01")
    assert (receipt.state, receipt.events) == ("gone", ("fall",))
    assert (case.log[-1].event, case.log[-1].kind, case.log[-1].post) == ("fall", "signal", "system")
    assert "fell_on" in case.whole.case.memo["facts"]


def test_a_signal_that_no_row_answers_here_is_noted(desk: Desk) -> None:
    case = desk.open("grove", by="clerk:k1")
    receipt = case.signal("felled", fell_on="2022-06-01")
    assert (receipt.state, receipt.events) == ("noticed", ("felled",))
    assert case.whole.case.memo["noted"] == {"felled": receipt.at}


def test_a_signal_whose_condition_does_not_hold_is_noted(desk: Desk) -> None:
    case = looking(desk)
    case.signal("felled")
    assert (case.state, case.log[-1].kind) == ("looking", "signal")
    assert "felled" in case.whole.case.memo["noted"]


def test_a_signal_that_is_not_declared_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownThing, match="「fell」という異動の知らせはありません。felled のことですか"):
        looking(desk).signal("fell")


def test_a_register_may_establish_what_it_reports_whatever_role_the_fact_names(desk: Desk) -> None:
    case = submitted(desk)
    assert desk.engine.establish(case.id, SYSTEM, {"width": 3}).events == ("fact",)


def test_the_log_says_who_did_what_from_which_post(desk: Desk) -> None:
    case = looked_at(desk)
    rows = [(row.event, row.kind, row.post, row.person) for row in case.log]
    assert rows == [
        ("open", "command", "applicant", "p1"),
        ("submit", "event", "applicant", "p1"),
        ("start", "auto", "system", "system"),
        ("check", "command", "clerk", "k1"),
    ]


def test_an_actor_without_a_person_is_the_post_itself() -> None:
    assert Actor.parse("clerk") == Actor("clerk", "clerk")
    assert Actor.parse("clerk:k1") == Actor("clerk", "k1")


def test_an_event_of_the_case_goes_before_a_task_that_knows_the_same(desk: Desk) -> None:
    case: Case = looked_at(desk)
    case.fire("propose", "clerk:k1", {"amount": 2000})
    receipt = case.fire("send_back", "unit_chief:u1", {"reason": "x"})
    assert receipt.events == ("send_back", "send_back")
    assert [row.task for row in case.log[-2:]] == [1, 0]
