"""Absences and vacancies: recorded by the office for a time, one at a time for a post, with deputies who are listed."""

import datetime as dt

import pytest

from engine.actors import Actor
from engine.errors import KeyReused, NotPossibleNow, NotYourTurn, UnknownThing
from engine.leaving import LONGEST, Leave, end, record
from tests.engine.desk import MONDAY, Desk
from tests.engine.leave import HOUR, away, later

K9 = Actor("clerk", "k9")
NOW = int(MONDAY.timestamp())


def test_an_absence_is_recorded_by_oneself_or_by_another(desk: Desk) -> None:
    own = away(desk, "section_chief", by="section_chief:s1")
    another = away(desk, "unit_chief", by="clerk:k9")
    assert (own.said_by, own.since, own.until) == ("s1", NOW, NOW + 24 * HOUR)
    assert (another.said_by, another.said_as, another.department) == ("k9", "clerk", "streets")
    with desk.store.reading() as tx:
        assert tx.absences(NOW, NOW + 1) == [own, another]


def test_its_end_is_the_first_instant_at_which_it_no_longer_is(desk: Desk) -> None:
    row = away(desk, "section_chief", hours=2, after=1)
    with desk.store.reading() as tx:
        for at, there in ((row.since - 1, []), (row.since, [row]), (row.until - 1, [row]), (row.until, [])):
            assert tx.absences(at, at + 1) == there


def test_the_same_command_under_its_key_records_once(desk: Desk) -> None:
    first = away(desk, "section_chief", key="a-1")
    assert away(desk, "section_chief", key="a-1") == first
    with pytest.raises(KeyReused, match="別の操作で使われています"):
        away(desk, "unit_chief", key="a-1")
    with desk.store.reading() as tx:
        assert tx.absences(0, NOW * 2) == [first]


def test_it_may_end_early_and_only_once(desk: Desk) -> None:
    row = away(desk, "section_chief", hours=48)
    later(desk, 5)
    ended, _ = end(desk.engine, Actor("section_chief", "s1"), row.id, key="e-1")
    assert (ended.until, ended.planned_until, ended.ended_by) == (NOW + 5 * HOUR, row.until, "s1")
    assert end(desk.engine, Actor("section_chief", "s1"), row.id, key="e-1") == (ended, True)
    with pytest.raises(NotPossibleNow, match="2022年06月06日 15時00分に終わっています"):
        end(desk.engine, K9, row.id)


def test_what_is_taken_back_before_it_begins_takes_no_time(desk: Desk) -> None:
    row = away(desk, "section_chief", after=10)
    end(desk.engine, K9, row.id)
    with desk.store.reading() as tx:
        assert tx.absences(0, NOW * 2) == []
    assert away(desk, "section_chief", after=10).id == row.id + 1


def test_a_record_that_there_is_not_cannot_end(desk: Desk) -> None:
    with pytest.raises(UnknownThing, match="不在の記録7はありません"):
        end(desk.engine, K9, 7)


@pytest.mark.parametrize(
    ("since", "until", "rule", "said"),
    [
        (0, 0, "half_open", "始まり"),
        (10, 5, "half_open", "より後ではありません"),
        (-10, -5, "not_afterwards", "過ぎています"),
        (-10, 0, "not_afterwards", "済んだことに代決の資格は与えられません"),
        (0, LONGEST + 1, "time_boxed", "1年まで"),
    ],
)
def test_a_time_that_is_none_is_refused(desk: Desk, since: int, until: int, rule: str, said: str) -> None:
    with pytest.raises(NotPossibleNow, match=said) as refused:
        record(desk.engine, K9, Leave("section_chief", NOW + since, NOW + until))
    assert refused.value.facts["rule"] == rule
    with desk.store.reading() as tx:
        assert tx.absences(0, NOW * 2) == []


def test_a_post_is_not_away_twice_at_one_instant(desk: Desk) -> None:
    away(desk, "section_chief", hours=24)
    with pytest.raises(NotPossibleNow, match="課長には、重なる記録1 不在") as refused:
        away(desk, "section_chief", hours=10, after=23, kind="vacant")
    assert refused.value.facts["rule"] == "one_at_a_time"
    assert away(desk, "section_chief", hours=10, after=24).id == 2


@pytest.mark.parametrize("by", ["applicant:p1", "nobody:x"])
def test_only_the_office_records_absences(desk: Desk, by: str) -> None:
    with pytest.raises(NotYourTurn, match="不在を記録できるのは小町の職員です"):
        away(desk, "section_chief", by=by)
    with pytest.raises(NotYourTurn, match="不在を記録できるのは小町の職員です"):
        end(desk.engine, Actor.parse(by), 1)


def test_a_post_that_there_is_not_is_told_with_the_nearest(desk: Desk) -> None:
    with pytest.raises(UnknownThing, match="「section_chef」という職は小町にありません。section_chief のことですか"):
        away(desk, "section_chef")
    with pytest.raises(UnknownThing, match=r"parksに「section_chief」という職は小町にありません。.*あるのはstreets"):
        away(desk, "section_chief", department="parks")


def test_only_a_listed_deputy_may_be_named(desk: Desk) -> None:
    with pytest.raises(NotYourTurn, match=r"「unit_chief」は.*代決者として定められていません。.*vice_head・adviser"):
        away(desk, "section_chief", deputy="unit_chief")
    assert away(desk, "section_chief", deputy="adviser").deputy == "adviser"


def test_a_vacancy_has_no_deputy(desk: Desk) -> None:
    with pytest.raises(NotPossibleNow, match="欠員は不在ではない"):
        away(desk, "section_chief", kind="vacant", deputy="vice_head")


def test_deputies_that_lead_back_are_refused_where_their_times_meet(desk: Desk) -> None:
    away(desk, "aide", hours=10, after=20, deputy="section_chief")
    away(desk, "vice_head", hours=30, deputy="aide")
    with pytest.raises(NotPossibleNow, match="section_chief→vice_head→aide→section_chief") as refused:
        away(desk, "section_chief", hours=30, deputy="vice_head")
    assert refused.value.facts["rule"] == "no_circle"
    assert away(desk, "section_chief", hours=20, deputy="vice_head").id == 3


def test_nothing_is_kept_of_an_absence_that_was_refused(desk: Desk) -> None:
    with pytest.raises(NotYourTurn):
        away(desk, "section_chief", deputy="unit_chief")
    assert away(desk, "section_chief").id == 1


def test_a_name_that_cannot_be_stored_is_refused(desk: Desk) -> None:
    until = int((MONDAY + dt.timedelta(days=1)).timestamp())
    with pytest.raises(NotPossibleNow, match="保存できない文字"):
        record(desk.engine, Actor("clerk", "k\0"), Leave("section_chief", NOW, until))
