"""What else happens with an event: proposals with their reasons, numbers, registrations, links."""

import datetime as dt

import pytest

from engine.clock import JST
from engine.errors import BadAnswers, NotPossibleNow
from tests.engine.desk import Case, Desk
from tests.engine.gate import Stopped
from tests.engine.journeys import REFUSAL, endorsed, kept, looked_at, submitted, weighing
from tests.engine.made_up.shelf import changed, declared


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({}, ["/ground", "/reason"]),
        ({"ground": "streets-3"}, ["/reason"]),
        ({"reason": "狭い"}, ["/ground"]),
        ({"ground": "streets-3", "reason": "  "}, ["/reason"]),
    ],
)
def test_a_refusal_without_ground_or_reason_is_refused_before_it_is_stored(
    desk: Desk, given: dict[str, object], missing: list[str]
) -> None:
    case = looked_at(desk, wide=False)
    with pytest.raises(BadAnswers) as refused:
        case.fire("propose_refusal", "clerk:k1", given)
    assert [problem.pointer for problem in refused.value.problems] == missing
    assert "行政手続法8条" in refused.value.problems[0].ja
    assert (case.state, case.events()[-1]) == ("review", "check")


def test_a_refusal_with_its_reason_is_told_with_reason_ground_and_how_to_appeal(desk: Desk) -> None:
    case = looked_at(desk, wide=False)
    case.fire("propose_refusal", "clerk:k1", REFUSAL)
    case.fire("endorse", "unit_chief:u1")
    case.fire("decide", "director:d1")
    case.fire("issue", "counter:c1")
    text = desk.deliver()[-1][4]
    assert "reason: 幅が足りません。" in text
    assert "ground: streets-3" in text
    assert "教示: 都道府県知事 3か月" in text


@pytest.mark.parametrize(("amount", "needs_reasons"), [(999, True), (1000, False)])
def test_a_partial_grant_needs_reasons_where_its_condition_holds(desk: Desk, amount: int, needs_reasons: bool) -> None:  # noqa: FBT001
    case = looked_at(desk)
    if needs_reasons:
        with pytest.raises(BadAnswers, match="直していただく所が2個"):
            case.fire("propose", "clerk:k1", {"amount": amount})
    else:
        assert case.fire("propose", "clerk:k1", {"amount": amount}).state == "deciding"


def test_a_draft_that_fits_no_outcome_or_two_is_refused(desk: Desk) -> None:
    effects = [row.model_dump(by_alias=True, exclude_defaults=True) for row in declared("permit").effects]
    two = [row | ({"proposes": ["granted", "refused"]} if row["id"] == "propose" else {}) for row in effects]
    case = looked_at(desk.using(changed("permit", effects=two)))
    with pytest.raises(NotPossibleNow, match=r"起案する結果が一つに決まりません\(当てはまるもの: 許可・不許可\)"):
        case.fire("propose", "clerk:k1", {"amount": 2000})


def decide_on(desk: Desk, case: Case, day: dt.datetime) -> str:
    desk.clock.set(day)
    return case.fire("decide", "section_chief:s1").numbers["document"]


def test_numbers_run_without_a_gap_per_department_and_fiscal_year(desk: Desk) -> None:
    cases = [endorsed(desk) for _ in range(4)]
    days = [(2022, 6, 10), (2023, 3, 31), (2023, 4, 1), (2023, 4, 2)]
    numbers = [
        decide_on(desk, case, dt.datetime(*day, 23, 59, tzinfo=JST)) for case, day in zip(cases, days, strict=True)
    ]
    assert numbers == ["2022道路第1号", "2022道路第2号", "2023道路第1号", "2023道路第2号"]


def test_the_fiscal_year_turns_at_midnight_in_japan(desk: Desk) -> None:
    case = endorsed(desk)
    assert decide_on(desk, case, dt.datetime(2023, 3, 31, 15, 0, tzinfo=dt.UTC)) == "2023道路第1号"


def test_a_number_taken_by_a_command_that_failed_is_given_to_the_next(desk: Desk) -> None:
    first, second = endorsed(desk), endorsed(desk)
    desk.gate.stop_before_next("commit")
    with pytest.raises(Stopped):
        first.fire("decide", "section_chief:s1")
    assert second.fire("decide", "section_chief:s1").numbers["document"] == "2022道路第1号"
    assert first.fire("decide", "section_chief:s1").numbers["document"] == "2022道路第2号"


def test_each_series_counts_for_itself(desk: Desk) -> None:
    case = endorsed(desk)
    numbers = case.fire("decide", "section_chief:s1").numbers
    assert numbers == {"receipt": "2022道路受付第1号", "document": "2022道路第1号"}


def test_a_procedure_that_no_department_has_is_numbered_under_its_own(desk: Desk) -> None:
    case = submitted(desk.using(changed("permit", number=999, department="forests")))
    assert case.whole.case.memo["numbers"]["receipt"] == "2022forests受付第1号"


def test_a_decision_registers_what_it_grants_from_its_day_on(desk: Desk) -> None:
    case = endorsed(desk)
    case.fire("decide", "section_chief:s1")
    with desk.store.reading() as tx:
        (row,) = tx.registrations(case.id)
        held = tx.get_value(case.id, f"registration.{row.seq}.{row.ordinal}") or b""
    assert (row.kind, row.since, row.until_day) == ("permit", "2022-07-01", None)
    assert case.log[row.seq - 1].event == "decide"
    assert '"amount":2000' in held.decode()


def test_a_registration_without_a_date_holds_from_the_day_of_its_entry(desk: Desk) -> None:
    case = kept(desk)
    with desk.store.reading() as tx:
        assert [(row.kind, row.since) for row in tx.registrations(case.id)] == [("tree", "2022-06-06")]


@pytest.mark.parametrize(("wish", "linked"), [(True, [("badge", "opens", None)]), (False, [])])
def test_a_link_is_recorded_where_its_condition_holds(desk: Desk, wish: bool, linked: list[object]) -> None:  # noqa: FBT001
    case = weighing(desk, wants_badge=wish)
    case.establish("clerk:k1", healthy=True)
    case.fire("keep", "clerk:k1")
    with desk.store.reading() as tx:
        assert [(row.to_procedure, row.kind, row.to_case) for row in tx.links(case.id)] == linked


def test_an_event_opens_as_many_tasks_as_its_row_names(desk: Desk) -> None:
    case = weighing(desk)
    assert [task.kind for _, task in sorted(case.whole.tasks.items())] == ["survey", "survey", "opinion"]
