"""Registrations live on: suspended, revised, ended; read by later cases; acting month by month."""

import datetime as dt

import pytest

from engine import registrations
from engine.clock import JST
from engine.definition.rows import Effect
from engine.errors import NotPossibleNow
from engine.store import Registered
from tests.engine.desk import Case, Desk
from tests.engine.family import case_of, delivered, granted, submitted
from tests.engine.made_up.shelf import linked


@pytest.fixture
def town(desk: Desk) -> Desk:
    return desk.using(linked())


def registered(case: Case) -> Registered:
    with case.desk.store.reading() as tx:
        (row,) = tx.registrations(case.id)
    return row


def seen(case: Case, name: str) -> dict[str, object]:
    found: dict[str, object] = case.ask(lambda work: registrations.seen(work)[name])
    return found


def test_a_registration_is_about_a_person_whom_only_the_keys_tell(town: Desk) -> None:
    row = registered(granted(town, until="2023-03-31"))
    assert (row.kind, row.since, row.until_day, row.ended_at) == ("recipient", "2022-06-06", "2023-03-31", None)
    with town.store.reading() as tx:
        assert tx.registrations_of("recipient", row.subject_digest) == [row]
        assert row.subject_digest == tx.pseudonym("born|サトウハナ|1990-04-01")


def test_it_is_suspended_resumed_revised_and_ended_by_its_own_case(town: Desk) -> None:
    case = granted(town)
    case.fire("stop", "clerk:k1")
    assert registered(case).suspended_at == case.whole.case.state_since
    case.fire("go_on", "clerk:k1")
    before = registered(case)
    assert before.suspended_at is None
    case.fire("revise", "clerk:k1", {"amount": 15000, "until": "2024-01-31"})
    assert registered(case).digest != before.digest
    assert registered(case).until_day == "2024-01-31"
    case.signal("death", died_on="2022-06-05")
    assert (registered(case).until_day, registered(case).ended_at) == ("2022-06-06", case.whole.case.state_since)


def test_what_is_not_registered_cannot_be_changed(town: Desk) -> None:
    case = granted(town)
    case.signal("moved_out")
    stop = Effect(id="stop", suspends=("recipient",))
    with pytest.raises(NotPossibleNow, match="続いている「受給者台帳」の登録はありません"):
        case.ask(lambda work: registrations.follow(work, stop))


def test_a_later_case_of_the_same_person_sees_it_and_another_persons_does_not(town: Desk) -> None:
    granted(town)
    later = submitted(town, "allowance", "applicant:p9")
    assert seen(later, "recipient") == {
        "live": True,
        "suspended": False,
        "ours": False,  # it came of the earlier case
        "since": "2022-06-06",
        "until": None,
    }
    with pytest.raises(NotPossibleNow):
        later.fire("grant", "clerk:k1", {"amount": 1})
    other = town.open("allowance", "applicant:p2")
    other.fire("submit", "applicant:p2", {"applicant": {"name_kana": "スズキ イチ", "birth_date": "1980-01-01"}})
    other.fire("grant", "clerk:k1", {"amount": 1})
    assert other.state == "living"


def test_once_it_has_ended_or_its_last_day_is_past_it_lives_no_more(town: Desk) -> None:
    case = granted(town, until="2022-06-07")
    later = submitted(town, "allowance")
    assert seen(later, "recipient")["live"] is True
    town.clock.set(dt.datetime(2022, 6, 8, 9, 0, tzinfo=JST))
    assert seen(later, "recipient")["live"] is False
    case.signal("moved_out")
    assert later.fire("grant", "clerk:k1", {"amount": 1}).state == "living"


def test_of_somebody_who_cannot_be_told_nothing_is_known(town: Desk) -> None:
    case = town.open("gift_change", "applicant")
    case.fire("submit", "applicant", {"applicant": {"name_kana": "", "birth_date": "1990-04-01"}})
    assert case.ask(registrations.seen) == {}
    with pytest.raises(NotPossibleNow):
        case.fire("wish", "applicant", {"amount": 1})


def test_every_month_a_case_is_opened_with_its_month_even_when_time_passed_unseen(town: Desk) -> None:
    case = granted(town)
    town.pass_time(until=dt.datetime(2022, 9, 7, 0, 30, tzinfo=JST))
    payments = [case_of(town, receipt.case_id) for receipt in delivered(town).receipts]
    months = [one.ask(lambda work: work.read("fact.month_paid")) for one in payments]
    assert months == ["2022-07", "2022-08", "2022-09"]
    assert {one.state for one in payments} == {"due"}
    assert {one.ask(lambda work: work.read("fact.amount")) for one in payments} == {10000}
    assert case.events().count("pay") == 3


def test_what_ends_it_is_told_to_the_cases_it_opened(town: Desk) -> None:
    case = granted(town)
    town.pass_time(days=31)
    delivered(town)
    case.signal("death", died_on="2022-07-01")
    assert case.state == "ended"
    delivered(town)
    assert case_of(town, 2).state == "cancelled"
    town.pass_time(days=62)
    assert delivered(town).receipts == []


def test_a_suspended_one_acts_in_no_month(town: Desk) -> None:
    case = granted(town)
    case.fire("stop", "clerk:k1")
    town.pass_time(days=62)
    assert delivered(town).receipts == []
    assert "pay" not in case.events()
