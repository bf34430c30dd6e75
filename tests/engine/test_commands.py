import dataclasses
import datetime as dt
from collections.abc import Callable

import pytest

from engine.actors import Actor
from engine.clock import JST, SimulatedClock, to_seconds
from engine.errors import KeyReused, MadoguchiError, NotPossibleNow, Overtaken, UnknownThing
from tests.engine.desk import MONDAY, Case, Desk
from tests.engine.gate import Stopped
from tests.engine.journeys import PERMIT, correcting, decided, drafted, endorsed, looked_at, submitted
from tests.grounds import Ground


def test_a_receipt_says_what_was_done_and_when(desk: Desk) -> None:
    case = desk.open("permit")
    receipt = case.fire("submit", "applicant:p1", PERMIT)
    assert (receipt.case_id, receipt.version, receipt.state) == (case.id, 3, "review")
    assert receipt.events == ("submit", "start")
    assert receipt.numbers == {"receipt": "2022道路受付第1号"}
    assert (receipt.at, receipt.closed, receipt.again) == (to_seconds(MONDAY), False, False)


def test_a_repeated_key_answers_the_same_and_acts_once(desk: Desk) -> None:
    case = desk.open("permit")
    first = case.fire("submit", "applicant:p1", PERMIT, key="one")
    desk.clock.set(MONDAY + dt.timedelta(days=1))
    again = case.fire("submit", "applicant:p1", PERMIT, key="one")
    assert again == dataclasses.replace(first, again=True)
    assert case.events() == ["open", "submit", "start"]


def test_opening_a_case_is_repeatable_under_its_key(desk: Desk) -> None:
    assert desk.open("badge", key="mine").id == desk.open("badge", key="mine").id
    assert desk.open("badge", key="other").id == 2


@pytest.mark.parametrize(
    "other",
    [
        lambda case, _: case.fire("waive", "clerk:k1", key="k"),
        lambda case, _: case.fire("note", "clerk:k1", {"text": "二"}, key="k"),
        lambda case, _: case.fire("note", "clerk:k2", {"text": "一"}, key="k"),
        lambda case, _: case.look("clerk:k1", papers=True, key="k"),
        lambda _, second: second.fire("note", "clerk:k1", {"text": "一"}, key="k"),
    ],
    ids=["event", "answers", "actor", "kind", "case"],
)
def test_a_key_used_for_another_command_is_refused(desk: Desk, other: Callable[[Case, Case], object]) -> None:
    case, second = looked_at(desk), submitted(desk)
    case.fire("note", "clerk:k1", {"text": "一"}, key="k")
    with pytest.raises(KeyReused, match="鍵「k」は案件1の別の操作で使われています"):
        other(case, second)
    assert case.events().count("note") == 1


def test_a_refused_command_does_not_use_up_its_key(desk: Desk) -> None:
    case = submitted(desk)
    with pytest.raises(NotPossibleNow):
        case.fire("propose", "clerk:k1", {"amount": 2000}, key="k")
    case.look("clerk:k1", papers=True, width=True)
    assert case.fire("propose", "clerk:k1", {"amount": 2000}, key="k").state == "deciding"


def test_a_key_stands_in_the_first_row_of_its_command_only(desk: Desk) -> None:
    case = desk.open("permit", key="opening")
    case.fire("submit", "applicant:p1", PERMIT, key="submitting")
    assert [row.key for row in case.log] == ["opening", "submitting", ""]


def test_a_key_stands_with_its_command_also_when_something_was_due_before(desk: Desk) -> None:
    case = correcting(desk)
    desk.clock.set(MONDAY + dt.timedelta(days=8))
    case.fire("answer", "applicant:p1", PERMIT, key="mine")
    assert [row.event for row in case.log if row.key == "mine"] == ["answer"]


def test_any_answers_can_be_repeated_under_a_key_even_those_that_are_refused(desk: Desk) -> None:
    case = desk.open("permit")
    for _ in range(2):
        with pytest.raises(MadoguchiError, match="直していただく所"):
            case.fire("submit", "applicant:p1", {"size": float("nan"), "kind": object()}, key="k")


def test_an_expected_version_that_is_old_is_overtaken_by_name(desk: Desk) -> None:
    case = submitted(desk)
    case.fire("note", "clerk:k1", {"text": "見ました"})
    with pytest.raises(Overtaken, match=r"2022年06月06日 10時00分に担当\(k1\)が「メモする」") as refused:
        case.fire("note", "clerk:k2", {"text": "私も"}, expect=3)
    assert refused.value.facts == {"by": "k1", "post": "clerk", "at": MONDAY.isoformat(), "version": 4}


def test_an_expected_version_that_does_not_exist_yet_is_refused(desk: Desk) -> None:
    with pytest.raises(NotPossibleNow, match="版9はありません。今は版3です"):
        submitted(desk).fire("note", "clerk:k1", {"text": "早い"}, expect=9)


def test_an_expected_version_that_is_right_lets_the_command_through(desk: Desk) -> None:
    assert submitted(desk).fire("note", "clerk:k1", {"text": "はい"}, expect=3).version == 4


def test_an_unknown_case_is_a_sentence(desk: Desk) -> None:
    with pytest.raises(UnknownThing, match="案件77はありません"):
        desk.engine.fire(77, "submit", Actor("applicant", "p1"))


def test_an_unknown_procedure_opens_nothing(desk: Desk) -> None:
    with pytest.raises(UnknownThing, match="手続「nothing」"):
        desk.open("nothing")
    assert desk.open("badge").id == 1


def test_a_case_opens_under_the_edition_of_the_japanese_day(desk: Desk) -> None:
    before_midnight_in_utc = dt.datetime(2023, 3, 31, 15, 30, tzinfo=dt.UTC)  # 00:30 on 1 April in Japan
    desk.clock.set(before_midnight_in_utc)
    case = desk.open("permit")
    assert case.ask(lambda work: work.edition.on) == dt.date(2023, 4, 1)


def test_the_definition_is_kept_with_the_case_it_ran(desk: Desk) -> None:
    case = submitted(desk)
    edition = case.whole.case.edition
    with desk.store.reading() as tx:
        stored = tx.definition(edition)
    assert stored is not None
    assert stored.procedure == "permit"
    assert '"request_correction"' in stored.body


def test_the_definition_is_kept_once_and_not_with_every_command(desk: Desk) -> None:
    for _ in range(2):
        looked_at(desk)
    assert desk.gate.crossed.count(("execute", "put definition")) == 1


def test_the_definition_is_kept_although_the_first_command_under_it_failed(desk: Desk) -> None:
    desk.gate.stop_before_next("commit")
    with pytest.raises(Stopped):
        desk.open("permit")
    edition = desk.open("permit").whole.case.edition
    with desk.store.reading() as tx:
        assert tx.definition(edition) is not None


def test_time_acts_case_by_case_and_says_what_it_did(desk: Desk) -> None:
    first, second = correcting(desk), correcting(desk)
    receipts = desk.pass_time(days=8)
    assert [(r.case_id, r.events) for r in receipts] == [(first.id, ("remind",)), (second.id, ("remind",))]
    assert desk.engine.tick() == []


def test_a_case_that_cannot_go_on_keeps_no_other_from_its_time(desk: Desk) -> None:
    desk.open("loop")
    case = correcting(desk)
    with pytest.raises(MadoguchiError, match="循環"):
        desk.pass_time(days=8)
    assert case.events()[-1] == "remind"


def test_the_next_due_instant_is_that_of_the_earliest_timer(desk: Desk) -> None:
    assert desk.engine.next_due() is None
    correcting(desk)
    assert desk.engine.next_due() == to_seconds(dt.datetime(2022, 6, 14, tzinfo=JST))


def test_a_timer_that_only_waits_for_its_condition_has_no_hour(desk: Desk) -> None:
    case = desk.open("grove", by="clerk:k1")
    case.fire("take_up", "clerk:k1")
    assert desk.engine.next_due() is None


def test_reading_a_case_keeps_nothing(desk: Desk) -> None:
    case = submitted(desk)
    case.ask(lambda work: work.do("memo", "noted", "x", 1))
    assert "noted" not in case.whole.case.memo


def test_the_inbox_shows_a_step_only_at_its_own_post(desk: Desk) -> None:
    decided(desk)
    case = looked_at(desk)
    case.fire("propose", "clerk:k1", {"amount": 2000})
    assert [item.case_id for item in desk.engine.inbox(["reviewer"], "unit_chief")] == [case.id]
    assert desk.engine.inbox(["reviewer"], "chief_1") == []
    assert [item.case_id for item in desk.engine.inbox(["counter"])] == [1]


def test_an_inbox_is_filled_up_to_its_limit_although_other_posts_steps_lie_before(desk: Desk) -> None:
    for _ in range(6):
        endorsed(desk)
    other = drafted(desk, amount=150_000)
    other.fire("endorse", "unit_chief:u1")
    assert [item.case_id for item in desk.engine.inbox(["decider"], "director", limit=1)] == [other.id]
    assert len(desk.engine.inbox(["decider"], "section_chief", limit=4)) == 4
    assert desk.engine.inbox(["decider"], "unit_chief", limit=2) == []


def test_two_engines_on_one_store_see_one_another(ground: Ground) -> None:
    with ground.open() as store:
        one, other = Desk(store), Desk(store)
        case = submitted(one)
        other.clock = SimulatedClock(MONDAY)
        assert other.engine.fire(case.id, "note", Actor("clerk", "k9"), {"text": "見ました"}).version == 4
