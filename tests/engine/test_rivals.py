"""Many at once, from threads: of rivals one wins and the others are told; those who do not compete all succeed."""

import threading
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from engine.actors import Actor
from engine.carrying import CannotMove
from engine.errors import NotPossibleNow, Overtaken, Refusal
from tests.engine.desk import MONDAY, Desk
from tests.engine.invariants import complaints
from tests.engine.journeys import PERMIT, correcting, endorsed, looking, submitted
from tests.engine.made_up.shelf import changed
from tests.grounds import Ground

RIVALS = 64


def at_once(commands: Sequence[Callable[[], object]]) -> list[object]:
    """What each command gave or raised; all of them start together."""
    found: list[object] = [None] * len(commands)
    start = threading.Barrier(len(commands))

    def run(place: int) -> None:
        start.wait()
        try:
            found[place] = commands[place]()
        except Refusal as refused:
            found[place] = refused

    threads = [threading.Thread(target=run, args=(place,)) for place in range(len(commands))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def decide_together(desk: Desk) -> None:
    """A round: 64 persons of the deciding post decide one case at the same moment."""
    case = endorsed(desk)
    persons = [Actor("section_chief", f"s{n}") for n in range(RIVALS)]
    found = at_once([partial(desk.engine.fire, case.id, "decide", who) for who in persons])
    losers = [one for one in found if isinstance(one, Overtaken)]
    assert len(losers) == RIVALS - 1
    decided = [row for row in case.log if row.event == "decide" and row.kind == "event"]
    assert len(decided) == 1
    told = {(one.facts["by"], one.facts["post"], one.facts["at"]) for one in losers}
    assert told == {(decided[0].person, "section_chief", MONDAY.isoformat())}
    assert all("課長" in one.ja and "2022年06月06日 10時00分" in one.ja for one in losers)


def rounds(lasting: Ground, count: int) -> None:
    with lasting.open(patience=60) as store:
        desk = Desk(store)
        for _ in range(count):
            decide_together(desk)
        assert complaints(store, desk.ports.definitions) == []


def test_of_64_who_decide_at_once_one_wins_and_all_others_are_told_who_and_when(lasting: Ground) -> None:
    rounds(lasting, 5)


@pytest.mark.full
def test_of_64_who_decide_at_once_one_wins_in_a_hundred_rounds(lasting: Ground) -> None:
    rounds(lasting, 100)


def test_rivals_through_engines_of_their_own_on_one_store_have_one_winner(lasting: Ground) -> None:
    with lasting.open() as first, lasting.open() as second:
        one, other = Desk(first), Desk(second)
        case = endorsed(one)
        decider = Actor("section_chief", "s1")
        found = at_once([partial(desk.engine.fire, case.id, "decide", decider) for desk in (one, other) * 8])
        assert sum(isinstance(result, Overtaken) for result in found) == 15
        assert complaints(first, one.ports.definitions) == []


def test_a_task_reply_and_another_event_arriving_together_both_succeed(desk: Desk) -> None:
    case = looking(desk)
    case.fire("ask_opinion", "clerk:k1", {"due_on": "2022-06-20"})
    found = at_once(
        [
            lambda: desk.engine.fire(case.id, "advise", Actor("tree_doctor", "d1"), {"text": "健全"}),
            lambda: desk.engine.fire(case.id, "finish", Actor("clerk", "k1"), {"height": 3}, task=1),
            lambda: desk.engine.fire(case.id, "finish", Actor("clerk", "k2"), {"height": 4}, task=2),
            lambda: desk.engine.establish(case.id, Actor("clerk", "k3"), {"healthy": True}),
        ]
    )
    assert not [one for one in found if isinstance(one, Refusal)]
    assert case.state == "weighing"


def test_who_moves_a_case_and_who_withdraws_it_at_once_the_later_is_told_why_not(desk: Desk) -> None:
    case = desk.open("permit")
    case.fire("submit", "applicant:p1", PERMIT)
    edited = changed("permit", appeal=None)
    other = desk.using(edited)
    found = at_once(
        [
            lambda: other.engine.migrate(case.id, Actor("clerk", "k1")),
            lambda: other.engine.migrate(case.id, Actor("clerk", "k2")),
            lambda: desk.engine.fire(case.id, "withdraw", Actor("applicant", "p1")),
        ]
    )
    refused = [one.reason for one in found if isinstance(one, CannotMove)]
    moves = case.events().count("migrated")
    assert case.state == "withdrawn"
    assert (moves, refused) in [(1, []), (1, ["closed"]), (0, ["closed", "closed"])]


def test_the_same_command_sent_many_times_at_once_under_one_key_acts_once(desk: Desk) -> None:
    case = submitted(desk)
    clerk = Actor("clerk", "k1")
    found = at_once([lambda: desk.engine.fire(case.id, "note", clerk, {"text": "一度"}, key="k")] * 16)
    assert not [one for one in found if isinstance(one, Refusal)]
    assert case.events().count("note") == 1


def test_who_sends_a_decision_twice_at_once_under_one_key_gets_the_one_answer_both_times(lasting: Ground) -> None:
    with lasting.open() as first, lasting.open() as second:
        one, other = Desk(first), Desk(second)
        for number in range(5):
            case, decider = endorsed(one), Actor("section_chief", "s1")
            said = [partial(d.engine.fire, case.id, "decide", decider, key=f"k{number}") for d in (one, other) * 4]
            found = at_once(said)
            assert {getattr(one, "version", one) for one in found} == {case.whole.case.version}
            assert sum(not getattr(one, "again", True) for one in found) == 1


def test_who_withdraws_and_who_reviews_at_once_the_later_is_told_what_the_first_did(desk: Desk) -> None:
    case = submitted(desk)
    found = at_once(
        [
            lambda: desk.engine.fire(case.id, "withdraw", Actor("applicant", "p1")),
            lambda: desk.engine.fire(case.id, "request_correction", Actor("clerk", "k1"), {"items": "図"}),
        ]
    )
    refused = [one for one in found if isinstance(one, Refusal)]
    if refused:  # the clerk came second: a withdrawn case asks for nothing
        assert isinstance(refused[0], Overtaken)
        assert "「取り下げる」" in refused[0].ja
    assert case.state == "withdrawn"


def test_a_correction_answered_twice_at_once_is_taken_once(desk: Desk) -> None:
    case = correcting(desk)
    citizen = Actor("applicant", "p1")
    found = at_once([lambda: desk.engine.fire(case.id, "answer", citizen, PERMIT)] * 8)
    assert sum(isinstance(one, Overtaken | NotPossibleNow) for one in found) == 7
    assert case.events().count("answer") == 1


def test_cases_opened_at_once_are_numbered_without_a_gap(desk: Desk) -> None:
    found = at_once([partial(desk.engine.open, "badge", Actor("applicant", f"p{n}")) for n in range(24)])
    assert not [one for one in found if isinstance(one, Refusal)]
    with desk.store.reading() as tx:
        assert [case.id for case in tx.cases()] == list(range(1, 25))
