"""A register's event reaches every case and living registration of the person, once, under the word of each."""

import datetime as dt
import threading

import pytest

from engine import people
from engine.actors import Actor
from engine.delivery import register_event
from engine.errors import KeyReused
from engine.people import Person
from engine.verify import verify
from tests.engine.desk import Desk
from tests.engine.family import FORM, HANA, OF_HANA, OF_TARO, case_of, delivered, edition_gone, granted, submitted
from tests.engine.made_up.shelf import linked

DAY = dt.date(2022, 6, 5)


@pytest.fixture
def town(desk: Desk) -> Desk:
    return desk.using(linked())


def told(
    desk: Desk, person: Person, event: str = "death", number: str = "R-1", **facts: object
) -> list[tuple[int, str]]:
    return register_event(desk.engine, number, event, person, DAY, facts)[0]


def test_it_reaches_open_cases_and_living_registrations_of_the_person(town: Desk) -> None:
    claim, gift = granted(town), submitted(town, "gift")
    over = submitted(town, "gift")
    over.signal("death")
    assert told(town, OF_HANA) == [(claim.id, "death"), (gift.id, "death")]
    delivered(town)
    assert (claim.state, gift.state) == ("ended", "lapsed")
    assert claim.ask(lambda work: work.read("fact.died_on")) == "2022-06-05"


def test_of_a_child_it_is_another_signal_and_noted_where_no_row_answers_it(town: Desk) -> None:
    claim = granted(town)
    assert told(town, OF_TARO) == [(claim.id, "child_death")]
    delivered(town)
    assert claim.state == "living"
    assert "child_death" in claim.whole.case.memo["noted"]


def test_a_case_that_declares_no_such_signal_is_told_and_notes_it(town: Desk) -> None:
    wrong = submitted(town, "gift_change")
    assert told(town, OF_HANA, "moved_out") == [(wrong.id, "moved_out.person")]
    delivered(town)
    assert "moved_out.person" in wrong.whole.case.memo["noted"]


def test_what_is_declared_for_another_subject_is_not_taken_for_this_one(town: Desk) -> None:
    claim = granted(town)
    assert told(town, OF_TARO, "moved_out") == [(claim.id, "moved_out.children")]
    delivered(town)
    assert (claim.state, "moved_out.children" in claim.whole.case.memo["noted"]) == ("living", True)


def test_a_case_whose_definition_is_gone_keeps_nobody_else_from_being_told(town: Desk) -> None:
    claim, gift = granted(town), submitted(town, "gift")
    with edition_gone(town, claim):
        assert told(town, OF_HANA) == [(claim.id, "death.person"), (gift.id, "death")]
        assert len(delivered(town).failed) == 1
    assert gift.state == "lapsed"


def test_the_same_event_from_two_places_at_once_is_told_once(town: Desk) -> None:
    claim = granted(town)
    answers: list[tuple[list[tuple[int, str]], bool]] = []

    def tell() -> None:
        answers.append(register_event(town.engine, "R-1", "death", OF_HANA, DAY, {}))

    threads = [threading.Thread(target=tell) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(again for _, again in answers) == [False, True, True, True]
    assert {tuple(found) for found, _ in answers} == {((claim.id, "death"),)}
    assert len(delivered(town).receipts) == 1


def test_a_person_is_known_by_the_id_under_which_he_files_too(town: Desk) -> None:
    claim = submitted(town, "allowance", "applicant:p1")
    other = town.open("allowance", "applicant:p2")
    other.fire("submit", "applicant:p2", FORM)
    assert told(town, Person(id="p1")) == [(claim.id, "death")]
    assert told(town, Person("p2", **HANA), number="R-2") == [(claim.id, "death"), (other.id, "death")]


def test_nobody_is_the_applicant_without_a_name(town: Desk) -> None:
    case = town.open("allowance", "applicant")
    case.fire("submit", "applicant", {"applicant": {}})
    assert told(town, Person(id="applicant")) == []
    assert told(town, Person(name_kana="サトウ"), number="R-2") == []


def test_said_again_under_its_number_it_acts_once(town: Desk) -> None:
    claim = granted(town)
    first = told(town, OF_HANA)
    assert register_event(town.engine, "R-1", "death", OF_HANA, DAY, {}) == (first, True)
    assert len(delivered(town).receipts) == 1
    assert claim.events().count("die") == 1
    with pytest.raises(KeyReused, match="異動の番号「R-1」は、別の異動ですでに届いています"):
        register_event(town.engine, "R-1", "death", OF_TARO, DAY, {})


def test_it_is_told_to_all_or_to_nobody(town: Desk) -> None:
    for _ in range(3):
        submitted(town, "gift")
    town.gate.stop_before_next("commit")
    with pytest.raises(BaseException, match="commit"):
        told(town, OF_HANA)
    with town.store.reading() as tx:
        assert tx.waiting_letters() == []
    assert len(told(town, OF_HANA)) == 3


def test_a_case_whose_answers_are_corrected_concerns_whom_they_name_now(town: Desk) -> None:
    claim = submitted(town, "allowance", "applicant:p1")
    form = FORM | {"children": []}
    with town.store.transaction() as tx:
        work = town.engine.work_on(tx, claim.id)
        people.note(work, work.answers("form"), form)
        assert people.cases_of(tx, OF_TARO) == []
        assert people.cases_of(tx, OF_HANA) == [(claim.id, "person")]
        people.note(work, form, work.answers("form"))


def test_with_its_answers_destroyed_a_case_concerns_nobody_any_more(town: Desk) -> None:
    claim = granted(town)
    assert told(town, OF_TARO) == [(claim.id, "child_death")]
    delivered(town)
    town.engine.destroy(claim.id, Actor("clerk", "k1"), ["form.1"], "保存期間の満了")
    assert told(town, OF_TARO, number="R-2") == []
    with town.store.reading() as tx:
        assert verify(tx, claim.id) == []


def test_no_name_and_no_birth_date_stands_in_log_or_state(town: Desk) -> None:
    claim = granted(town)
    told(town, OF_HANA)
    delivered(town)
    held = str([claim.log, claim.whole])
    for secret in ("サトウ", "1990-04-01", "2021-05-05", "2022-06-05"):
        assert secret not in held
    assert case_of(town, claim.id).state == "ended"
