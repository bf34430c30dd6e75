"""Cases that lead to each other: opened, joined, amended, appealed against; what goes along, and to whom."""

import datetime as dt
from typing import Any

import pytest

from engine.actors import Actor
from engine.clock import civil_day
from engine.errors import NotPossibleNow, NotYourTurn, UnknownThing
from engine.scope import roots_of
from engine.store import Linked
from tests.engine.desk import Case, Desk
from tests.engine.family import FORM, case_of, delivered, granted, submitted
from tests.engine.made_up.shelf import linked


@pytest.fixture
def town(desk: Desk) -> Desk:
    return desk.using(linked())


def links(case: Case) -> list[tuple[str, int | None, str]]:
    with case.desk.store.reading() as tx:
        return [(one.to_procedure, one.to_case, one.kind) for one in tx.links(case.id)]


def test_a_case_filed_at_the_wrong_procedure_goes_on_with_its_date_and_answers(town: Desk) -> None:
    wrong = submitted(town, "mistaken")
    town.clock.set(town.clock.now() + dt.timedelta(days=20))
    wrong.fire("switch", "clerk:k1")
    assert links(wrong) == [("allowance", None, "instead")]
    right = case_of(town, delivered(town).receipts[0].case_id)
    assert links(wrong) == [("allowance", right.id, "instead")]
    assert right.state == "review"
    assert right.whole.case.arrived_at == wrong.whole.case.arrived_at
    assert right.ask(lambda work: work.answers("form")) == FORM
    assert right.whole.case.filer == "p1"
    right.fire("grant", "clerk:k1", {"amount": 10000})


def test_a_message_sent_along_a_link_waits_until_the_other_case_is_open(town: Desk) -> None:
    wrong = submitted(town, "mistaken")
    wrong.fire("switch", "clerk:k1")
    receipts = delivered(town).receipts
    assert [receipt.events[0] for receipt in receipts] == ["open", "switched"]
    assert len({receipt.case_id for receipt in receipts}) == 1


def test_answers_that_do_not_fit_the_other_form_are_noted_and_the_case_waits(town: Desk) -> None:
    wrong = submitted(town, "mistaken")
    wrong.fire("switch", "clerk:k1")
    town.checker.refuses = "family"
    right = case_of(town, delivered(town).receipts[0].case_id)
    assert (right.state, right.whole.case.arrived_at) == ("moved_in", None)
    assert "answers_not_taken" in right.whole.case.memo["noted"]


def test_a_case_joins_the_open_case_of_the_same_person(town: Desk) -> None:
    claim = submitted(town, "allowance")
    submitted(town, "allowance", "applicant:p2", filer="p3")
    gift = submitted(town, "gift")
    assert links(gift) == [("allowance", 2, "joins")]  # the newest of the same name and birth
    assert links(claim) == []


def test_where_there_is_no_such_case_nothing_is_joined(town: Desk) -> None:
    assert links(submitted(town, "gift")) == []


def test_a_change_reaches_the_case_of_the_registration_and_is_answered(town: Desk) -> None:
    gift = submitted(town, "gift")
    change = submitted(town, "gift_change")
    assert links(change) == [("gift", gift.id, "amends")]
    change.fire("wish", "applicant:p1", {"amount": 500})
    assert change.state == "waiting"
    assert [receipt.case_id for receipt in delivered(town).receipts] == [gift.id, change.id]
    assert gift.events()[-1] == "change"
    assert (change.state, change.ask(lambda work: work.read("fact.amount"))) == ("closed", 500)


def test_a_receiver_that_cannot_go_on_notes_what_it_hears(town: Desk) -> None:
    gift = submitted(town, "gift")
    change = submitted(town, "gift_change")
    change.fire("wish", "applicant:p1", {"amount": 0})
    assert [receipt.events for receipt in delivered(town).receipts] == [("changed",)]
    assert "changed" in gift.whole.case.memo["noted"]
    assert (gift.state, change.state) == ("registered", "waiting")


def test_a_receiver_that_does_not_know_the_signal_notes_it_too(town: Desk) -> None:
    wrong = submitted(town, "mistaken")
    wrong.fire("switch", "clerk:k1")
    right = case_of(town, delivered(town).receipts[0].case_id)
    assert "switched" in right.whole.case.memo["noted"]
    assert right.log[-1].kind == "signal"


def test_an_appeal_is_a_case_about_another_and_tells_it_what_was_decided(town: Desk) -> None:
    claim = granted(town)
    appeal = town.open("objection", about=claim.id)
    assert links(appeal) == [("allowance", claim.id, "appeals")]
    appeal.fire("submit", "applicant:p1", {"name": "花"})
    appeal.fire("uphold", "clerk:k1")
    delivered(town)
    assert (claim.state, claim.events()[-1]) == ("review", "again")


def test_there_is_no_appeal_before_a_disposition(town: Desk) -> None:
    claim = submitted(town, "allowance")
    with pytest.raises(NotPossibleNow, match="審査請求のできる処分がまだありません"):
        town.open("objection", about=claim.id)
    claim.fire("grant", "clerk:k1", {"amount": 10000})
    made = civil_day(claim.whole.case.state_since)
    town.clock.set(town.clock.now() + dt.timedelta(days=30))
    assert seen(town.open("objection", about=claim.id))["disputed_on"] == made.isoformat()
    assert seen(claim)["disputed_on"] is None


def seen(case: Case) -> dict[str, Any]:
    found = case.ask(lambda work: roots_of(work)["case"]())
    assert isinstance(found, dict)
    return found


def test_nobody_opens_a_case_about_one_that_is_not_there_not_linked_or_not_his(town: Desk) -> None:
    claim = granted(town)
    with pytest.raises(UnknownThing, match="案件99はありません"):
        town.open("objection", about=99)
    with pytest.raises(NotPossibleNow, match="つながる手続ではありません"):
        town.open("echo", about=claim.id)
    with pytest.raises(NotYourTurn, match="案件1はp2さんのものではありません"):
        town.engine.open("objection", Actor.parse("applicant:p2"), about=claim.id)
    with town.store.reading() as tx:
        assert len(tx.cases()) == 1


def test_a_procedure_that_is_not_there_yet_is_tried_again(town: Desk) -> None:
    wrong = town.open("mistaken")
    wrong.fire("submit", "applicant:p1", FORM | {"amount": 13})
    wrong.fire("switch", "clerk:k1")
    done = delivered(town)
    assert [said for _, said in done.failed] == ["手続「not_there」はありません。"]
    assert len(done.receipts) == 2
    assert delivered(town).failed == []  # its time has not come
    town.clock.set(town.clock.now() + dt.timedelta(minutes=2))
    assert len(delivered(town).failed) == 1


def test_links_are_rows_of_the_event_that_made_them(town: Desk) -> None:
    gift = submitted(town, "gift")
    change = submitted(town, "gift_change")
    with town.store.reading() as tx:
        assert tx.linked_to(gift.id) == [Linked(change.id, 2, 1, "gift", gift.id, "amends")]


def test_cases_of_one_event_of_life_are_linked_without_a_declaration(town: Desk) -> None:
    claim = town.open("allowance")
    gift = town.engine.open("gift", Actor.parse("applicant:p1"), beside=[claim.id], key="E-1")
    assert town.engine.open("gift", Actor.parse("applicant:p1"), beside=[claim.id], key="E-1").again
    assert links(case_of(town, gift.case_id)) == [("allowance", claim.id, "beside")]
    assert delivered(town).receipts == []  # nothing is told along it


def test_nobody_links_a_case_to_that_of_another_or_to_none(town: Desk) -> None:
    claim = town.open("allowance")
    with pytest.raises(NotYourTurn, match="p2さんのものではありません"):
        town.engine.open("gift", Actor.parse("applicant:p2"), beside=[claim.id])
    with pytest.raises(UnknownThing, match="案件99はありません"):
        town.engine.open("gift", Actor.parse("applicant:p1"), beside=[99])
