"""What a person can do next."""

import pytest

from engine.errors import Refusal, UnknownThing
from engine.options import everybodys_options
from tests.engine.desk import Case, Desk
from tests.engine.journeys import correcting, drafted, in_memory, looked_at, looking, submitted
from tests.engine.made_up.shelf import changed, declared


def said(case: Case, by: str) -> list[tuple[str, int, bool]]:
    return [(option.event, option.task, option.sure) for option in case.options(by)]


def test_options_are_the_events_of_the_post_whose_conditions_hold(desk: Desk) -> None:
    case = submitted(desk)
    assert said(case, "clerk:k1") == [("note", 0, True), ("request_correction", 0, True), ("waive", 0, True)]
    case.look("clerk:k1", papers=True, width=True)
    assert [event for event, _, _ in said(case, "clerk:k1")] == ["note", "request_correction", "waive", "propose"]
    assert said(case, "counter:c1") == []


def test_options_of_tasks_carry_the_number_of_the_task(desk: Desk) -> None:
    assert said(looking(desk), "clerk:k1") == [("ask_opinion", 0, True), ("finish", 1, True), ("finish", 2, True)]
    assert said(correcting(desk), "applicant:p1") == [("withdraw", 0, True), ("answer", 1, True)]


def test_an_option_says_what_it_asks_for_and_how_it_is_called(desk: Desk) -> None:
    option = drafted(desk).options("unit_chief:u1")[1]
    assert (option.event, option.label, option.asks) == ("send_back", "起案者へ差し戻す", "send_back")


def test_an_option_whose_condition_hangs_on_the_answer_is_not_sure() -> None:
    rows = [row.model_dump(by_alias=True, exclude_defaults=True) for row in declared("permit").events]
    by_answer = [row | ({"when": "asked.urgent == true"} if row["id"] == "note" else {}) for row in rows]
    case = submitted(in_memory(changed("permit", events=by_answer)))
    assert said(case, "clerk:k1")[0] == ("note", 0, False)
    case.fire("note", "clerk:k1", {"urgent": True})


def test_every_option_that_is_sure_and_asks_for_nothing_succeeds(desk: Desk) -> None:
    happened = []
    for begin in (submitted, looked_at, drafted, looking):
        for by in ("applicant:p1", "clerk:k1", "counter:c1", "unit_chief:u1"):
            for event, task, sure in said(begin(desk), by):
                case = begin(desk)
                if sure and not next(o for o in case.options(by) if o.event == event and o.task == task).asks:
                    case.fire(event, by, task=task)
                    happened.append(event)
    assert len(set(happened)) > 1


def test_what_is_no_option_is_refused(desk: Desk) -> None:
    case = looked_at(desk)
    able = {option.event for option in case.options("clerk:k1")}
    for event in sorted({row.id for row in declared("permit").events if not row.asks} - able):
        with pytest.raises(Refusal):
            case.fire(event, "clerk:k1")


def test_everybodys_options_name_the_roles(desk: Desk) -> None:
    found = drafted(desk).ask(everybodys_options)
    assert [(option.event, option.by) for option in found] == [
        ("withdraw", ("applicant", "representative")),
        ("endorse", ("reviewer", "cosigner")),
        ("send_back", ("reviewer", "cosigner", "decider", "deputy")),
    ]


def test_the_options_of_an_unknown_post_are_a_refusal(desk: Desk) -> None:
    with pytest.raises(UnknownThing):
        submitted(desk).options("mayor:m")
