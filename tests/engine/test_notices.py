"""Notices are written in the transaction that decides them and sent once, or once more after a crash, never none."""

import json

import pytest

from engine.clock import to_seconds
from tests.engine.desk import MONDAY, Desk
from tests.engine.gate import Stopped
from tests.engine.journeys import decided, submitted, weighing
from tests.engine.made_up.shelf import legal


def test_a_notice_stands_in_the_outbox_with_the_event_that_gave_rise_to_it(desk: Desk) -> None:
    case = submitted(desk)
    with desk.store.reading() as tx:
        (row,) = tx.unsent(9)
    assert (row.case_id, row.seq, row.ordinal, row.notice, row.recipient) == (case.id, 2, 1, "receipt", "applicant")
    assert ["notice", 1, "receipt", "applicant", row.digest] in json.loads(case.log[1].effects)
    assert (row.at, row.sent_at) == (to_seconds(MONDAY), None)


def test_each_notice_is_sent_once(desk: Desk) -> None:
    case = decided(desk)
    case.fire("issue", "counter:c1")
    assert [(sent[1], sent[4].split("\n")[0]) for sent in desk.deliver()] == [(2, "receipt"), (11, "granted")]
    assert desk.deliver() == []
    with desk.store.reading() as tx:
        assert tx.unsent(9) == []


def test_a_crash_before_sending_sends_later(desk: Desk) -> None:
    submitted(desk)
    desk.gate.stop_before_next("send")
    with pytest.raises(Stopped):
        desk.deliver()
    assert desk.sent == []
    assert len(desk.deliver()) == 1


def test_a_crash_between_sending_and_noting_sends_the_same_notice_again_under_its_key(desk: Desk) -> None:
    submitted(desk)
    desk.gate.stop_before_next("commit")
    with pytest.raises(Stopped):
        desk.deliver()
    assert len(desk.sent) == 1
    desk.deliver()
    assert desk.sent[0] == desk.sent[1]
    assert desk.deliver() == []


def test_what_cannot_be_sent_stays_and_what_was_sent_before_it_does_not(desk: Desk) -> None:
    for _ in range(3):
        submitted(desk)
    sent: list[int] = []

    def fail_at_the_second(case_id: int, *_: object) -> None:
        if case_id == 2 and sent == [1]:
            raise OSError("no line")
        sent.append(case_id)

    with pytest.raises(OSError, match="no line"):
        desk.engine.deliver(fail_at_the_second)
    sent.append(0)
    assert desk.engine.deliver(fail_at_the_second) == 2
    assert sent == [1, 0, 2, 3]


def test_a_notice_to_several_is_one_row_each(desk: Desk) -> None:
    weighing(desk)
    desk.deliver()
    desk.pass_time(days=10)
    assert [sent[2:4] for sent in desk.deliver()] == [(1, "clerk"), (2, "tree_doctor")]


def test_the_text_is_kept_as_it_was_sent_and_only_sealed(desk: Desk) -> None:
    case = submitted(desk)
    text = desk.deliver()[0][4]
    assert "山田花子" in text
    assert case.ask(lambda work: work.read("notice.2.1")) == text


def test_a_notice_is_written_from_the_case_as_it_stands_with_the_event(desk: Desk) -> None:
    case = decided(desk)
    case.fire("issue", "counter:c1")
    order = desk.writer.orders[-1]
    assert (order.notice, order.outcome, order.case_id, order.on) == ("granted", "granted", case.id, MONDAY.date())
    assert order.numbers == {"receipt": "2022道路受付第1号", "document": "2022道路第1号"}
    assert order.reasons == {"amount": 2000, "ground": "streets-3", "reason": "減免"}
    assert order.form["applicant"]["name"] == "山田花子"


def test_issuing_before_anything_was_decided_sends_nothing(desk: Desk) -> None:
    case = submitted(desk)
    case.fire("withdraw", "applicant:p1")
    assert [sent[4].split("\n")[0] for sent in desk.deliver()] == ["receipt"]


def test_where_mail_was_stopped_citizens_get_nothing_more_but_the_outcome(desk: Desk) -> None:
    case = desk.using(legal()).open("square")
    case.fire("submit", "applicant:p1", {"name": "山田"})
    for event, by in [("quiet", "applicant:p1"), ("greet", "clerk:k1"), ("assign", "clerk:k1")]:
        case.fire(event, by)
    case.desk.pass_time(days=3)
    case.fire("judge", "clerk:k1")
    case.fire("extend", "clerk:k1", {"expected_on": "2022-08-01"})
    assert [(sent[3], sent[4].split("\n")[0]) for sent in desk.deliver()] == [("applicant", "quiet"), ("clerk", "soon")]
