"""Signals reach their receivers once each and in order, whoever delivers, and whatever goes wrong on the way."""

import datetime as dt
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from engine.definition import Procedure
from engine.delivery import deliver_signals
from engine.errors import MadoguchiError
from engine.letters import MOST_HOPS
from engine.store import Letter, Store
from engine.store.rotation import rotate
from engine.verify import verify_everything
from tests.engine.desk import Desk
from tests.engine.family import FORM, case_of, delivered, edition_gone, granted, submitted
from tests.engine.gate import Stopped
from tests.engine.made_up.shelf import Shelf, linked


@pytest.fixture
def town(desk: Desk) -> Desk:
    return desk.using(linked())


def waiting(desk: Desk) -> list[Letter]:
    with desk.store.reading() as tx:
        return tx.waiting_letters()


def changing(desk: Desk, *amounts: int) -> tuple[int, list[int]]:
    """A gift with signals of these amounts on the way to it, each from a case of its own."""
    gift = submitted(desk, "gift")
    changes = []
    for amount in amounts:
        change = submitted(desk, "gift_change")
        change.fire("wish", "applicant:p1", {"amount": amount})
        changes.append(change.id)
    return gift.id, changes


def test_signals_to_one_case_are_heard_in_the_order_in_which_they_were_sent(town: Desk) -> None:
    gift, changes = changing(town, 1, 2, 3)
    heard = [receipt.case_id for receipt in delivered(town).receipts]
    assert [number for number in heard if number == gift] == [gift] * 3
    assert case_of(town, gift).ask(lambda work: work.read("fact.amount")) == 3
    assert sorted(heard) == sorted([gift] * 3 + changes)


def test_every_signal_is_heard_under_its_own_number(town: Desk) -> None:
    gift, _ = changing(town, 1, 2)
    delivered(town)
    assert [row.key for row in case_of(town, gift).log if row.event == "change"] == ["signal:1", "signal:2"]


def test_what_a_signal_carries_is_sealed_and_gone_once_it_was_heard(town: Desk) -> None:
    gift, changes = changing(town, 7654321)
    (letter,) = waiting(town)
    assert letter.blob is not None
    assert b"7654321" not in letter.blob
    delivered(town)
    with town.store.reading() as tx:
        assert [(one.salt, one.blob) for one in tx.letters_of(changes[0])] == [(None, None)]
        assert verify_everything(tx) == []
    assert case_of(town, gift).events()[-1] == "change"


def test_a_signal_on_its_way_outlives_a_change_of_the_key(tmp_path: Path) -> None:
    with Store.open(tmp_path / "town.db") as store:
        town = Desk(store).using(linked())
        gift, _ = changing(town, 7, 8)
        rotate(store, batch=1)
        assert {letter.key_id for letter in waiting(town)} == {2} == set(store.keys.ids)
        delivered(town)
        assert case_of(town, gift).ask(lambda work: work.read("fact.amount")) == 8


def test_a_receiver_that_fails_is_tried_again_and_holds_nobody_else_up(town: Desk) -> None:
    gift, changes = changing(town, 1, 2)
    other = submitted(town, "mistaken")
    other.fire("switch", "clerk:k1")
    with edition_gone(town, case_of(town, gift)):
        done = delivered(town)
    assert [said for _, said in done.failed] == ["この案件の版がありません。"]
    assert [(one.tries, one.trouble) for one in waiting(town)] == [(1, "この案件の版がありません。"), (0, None)]
    assert len(done.receipts) == 2  # the case opened in place of the other one, and its message
    town.clock.set(town.clock.now() + dt.timedelta(seconds=60))
    assert len(delivered(town).receipts) == 4
    assert [case_of(town, number).state for number in changes] == ["closed", "closed"]


def test_a_signal_that_fails_for_long_is_tried_ever_more_seldom_and_never_given_up(town: Desk) -> None:
    wrong = town.open("mistaken")
    wrong.fire("submit", "applicant:p1", FORM | {"amount": 13})
    wrong.fire("switch", "clerk:k1")
    waits = []
    for _ in range(14):
        delivered(town)
        letter, _behind = waiting(town)
        now = int(town.clock.now().timestamp())
        waits.append(letter.due_at - now)
        town.clock.set(town.clock.now() + dt.timedelta(seconds=letter.due_at - now))
    assert waits[:4] == [60, 120, 240, 480]
    assert waits[-1] == 24 * 60 * 60


def test_two_cases_that_answer_each_other_for_ever_are_stopped_and_it_is_said(town: Desk) -> None:
    town.open("echo").fire("call", "applicant:p1")
    done = delivered(town)
    assert len(done.receipts) <= MOST_HOPS + 3
    assert waiting(town) == []
    with town.store.reading() as tx:
        said = [one.trouble for number in (1, 2) for one in tx.letters_of(number) if one.trouble]
    assert len(said) == 1
    assert "回を超えて続いた" in said[0]


def test_cases_that_open_each_other_for_ever_are_stopped_with_what_waits_behind(desk: Desk) -> None:
    whole = linked().procedures["echo"].model_dump(by_alias=True, exclude_defaults=True)
    whole["events"] = [
        {"id": "call", "label": "呼ぶ", "from": ["draft"], "to": "calling", "by": ["applicant"]},
        {"id": "go_on", "label": "続ける", "from": ["standing"], "to": "calling", "auto": True},
    ]
    whole["effects"] = [{"id": name, "opens_links": "opens", "sends": ["word"]} for name in ("call", "go_on")]
    town = desk.using(Shelf({"echo": Procedure.model_validate(whole)}))
    town.open("echo").fire("call", "applicant:p1")
    assert delivered(town).failed == []
    assert waiting(town) == []
    with town.store.reading() as tx:
        cases = tx.cases()
        assert len(cases) == MOST_HOPS + 1
        assert all("回を超えて続いた" in (one.trouble or "") for one in tx.letters_of(cases[-1].id))
        assert [one.trouble for one in tx.letters_of(cases[0].id)] == [None, None]


def test_stopped_before_any_crossing_a_delivery_is_finished_by_somebody_else_once(town: Desk) -> None:
    gift, changes = changing(town, 1)
    crossing, stops = 0, 0
    while True:
        town.gate.stop_before(crossing)
        try:
            deliver_signals(town.engine)
        except Stopped:
            crossing, stops = crossing + 1, stops + 1
            continue
        town.gate.go_on()
        break
    assert stops > 15
    assert case_of(town, gift).events().count("change") == 1
    assert case_of(town, changes[0]).events().count("close") == 1
    assert waiting(town) == []


def test_stopped_before_any_crossing_an_opening_opens_one_case(town: Desk) -> None:
    wrong = submitted(town, "mistaken")
    wrong.fire("switch", "clerk:k1")
    crossing = 0
    while True:
        town.gate.stop_before(crossing)
        try:
            deliver_signals(town.engine)
        except Stopped:
            crossing += 1
            continue
        town.gate.go_on()
        break
    with town.store.reading() as tx:
        assert [case.procedure for case in tx.cases()] == ["mistaken", "allowance"]


def test_several_deliver_at_once_and_nothing_is_heard_twice(town: Desk) -> None:
    gift, changes = changing(town, *range(1, 9))
    errors: list[BaseException] = []

    def deliver() -> None:
        try:
            while waiting(town):
                deliver_signals(town.engine, limit=3)
        except MadoguchiError as error:
            errors.append(error)

    threads = [threading.Thread(target=deliver) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert case_of(town, gift).events().count("change") == 8
    assert [case_of(town, number).events().count("close") for number in changes] == [1] * 8


def test_a_sealed_signal_that_was_altered_is_not_heard_and_it_is_said(town: Desk) -> None:
    gift, _ = changing(town, 5)
    with town.store.transaction() as tx:
        letter = tx.take_letter(1)
        assert letter is not None
        assert letter.blob is not None
        tx.letter_delivered(1, gift, 1)
        tx.send([letter._replace(id=2, blob=letter.blob[:-1] + bytes([letter.blob[-1] ^ 1]))])
    (failed,) = delivered(town).failed
    assert "書きかえられたか" in failed[1]
    assert case_of(town, gift).events()[-1] == "submit"


def test_grants_that_nobody_ended_have_nothing_to_tell(town: Desk) -> None:
    granted(town)
    assert delivered(town).receipts == []


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ("DELETE FROM signal", "signals.3.1 is -, but"),
        ("UPDATE signal SET name = 'done'", 'signals.3.1.name is "done"'),
        ("DELETE FROM subject WHERE case_id = 1", "subjects.person is false"),
        ("UPDATE registration SET subject_digest = 'x'", 'registrations.2.1.subject_digest is "x"'),
        ("UPDATE registration SET ended_at = 1", "registrations.2.1.ended_at is 1"),
        ("DELETE FROM link", "links.2.1 is -, but"),
    ],
)
def test_whoever_takes_out_or_changes_what_lies_between_cases_is_noticed(
    tmp_path: Path, change: str, says: str
) -> None:
    with Store.open(tmp_path / "town.db") as store:
        changing(Desk(store).using(linked()), 1)
    with closing(sqlite3.connect(tmp_path / "town.db")) as connection, connection:
        connection.execute(change)
    with Store.open(tmp_path / "town.db") as store, store.reading() as tx:
        assert any(says in one.text("en") for one in verify_everything(tx))
