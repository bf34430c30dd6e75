"""What conditions see of a case."""

from typing import Any

import pytest

from engine.actors import Actor
from engine.scope import check_results, params_of, roots_of
from engine.scope import seen as task_seen
from tests.engine.desk import Case, Desk
from tests.engine.journeys import correcting, drafted, kept, looked_at, looking, submitted


def seen(case: Case, root: str, task: int | None = None) -> Any:  # noqa: ANN401 - any root
    return case.ask(lambda work: task_seen(work, work.whole.tasks[task]) if task else roots_of(work)[root]())


def test_the_case_is_seen_by_state_and_civil_days(desk: Desk) -> None:
    case = submitted(desk)
    desk.pass_time(days=3)
    assert seen(case, "case") == {
        "state": "review",
        "nature": "application",
        "outcome": None,
        "today": "2022-06-09",
        "opened_on": "2022-06-06",
        "arrived_on": "2022-06-06",
        "decided_on": None,
        "days_in_state": 3,
        "opened_by": "applicant",
        "turn": None,
        "meeting_on": None,
        "disputed_on": None,
    }


def test_a_case_that_has_not_arrived_has_no_day_of_arrival(desk: Desk) -> None:
    assert seen(desk.open("permit"), "case")["arrived_on"] is None


def test_tasks_of_which_there_may_be_many_are_a_list_others_the_latest(desk: Desk) -> None:
    many = seen(looking(desk), "tasks")
    assert [task["number"] for task in many["survey"]] == [1, 2]
    assert "opinion" not in many
    assert seen(correcting(desk), "tasks")["correction"]["state"] == "asked"


def test_of_a_route_only_the_present_round_is_seen(desk: Desk) -> None:
    case = drafted(desk)
    case.fire("send_back", "unit_chief:u1", {"reason": "x"})
    case.fire("propose", "clerk:k1", {"amount": 1500})
    assert [task["number"] for task in seen(case, "tasks")["step"]] == [3, 4]


def test_a_step_has_its_turn_when_all_before_it_are_done(desk: Desk) -> None:
    case = drafted(desk)
    assert [task["turn"] for task in seen(case, "tasks")["step"]] == [True, False]
    case.fire("endorse", "unit_chief:u1")
    assert [task["turn"] for task in seen(case, "tasks")["step"]] == [True, True]


def test_a_task_sees_itself_with_its_role_and_post(desk: Desk) -> None:
    task = seen(drafted(desk), "task", task=1)
    assert (task["role"], task["post"], task["step"], task["state"]) == ("reviewer", "unit_chief", 1, "pending")
    assert seen(drafted(desk), "task") == {}


def test_clocks_are_seen_by_their_days(desk: Desk) -> None:
    assert seen(submitted(desk), "clocks") == {
        "standard": {
            "state": "running",
            "due_on": "2022-07-06",
            "started_on": "2022-06-06",
            "paused": False,
            "satisfied": False,
            "breached": False,
            "extended": 0,
        }
    }


@pytest.mark.parametrize(
    ("results", "judged"),
    [
        ({}, {"passed": False, "failed": False}),
        ({"papers": True}, {"passed": False, "failed": False}),
        ({"papers": True, "width": True}, {"passed": True, "failed": False}),
        ({"papers": True, "width": False}, {"passed": False, "failed": True}),
    ],
)
def test_a_stage_has_passed_when_all_its_checks_have_and_failed_when_one_has(
    desk: Desk, results: dict[str, bool], judged: dict[str, bool]
) -> None:
    case = submitted(desk)
    for name, result in results.items():
        desk.engine.look(case.id, Actor("clerk", "k1"), {name: result})
    assert seen(case, "checks")["review"] == judged


def test_a_check_is_true_false_or_nobody_has_looked(desk: Desk) -> None:
    case = submitted(desk, size=40)
    case.look("clerk:k1", width=True)
    assert case.ask(check_results) == {"papers": None, "width": True, "size": False}


def test_a_check_whose_condition_errors_is_neither_passed_nor_failed(desk: Desk) -> None:
    case = desk.open("permit")
    assert case.ask(check_results)["size"] is False  # null is no error: the condition asks for it
    assert seen(case, "checks")["papers"] == {"passed": False, "failed": False}


def test_facts_and_given_answers_are_seen_by_name(desk: Desk) -> None:
    case = looked_at(desk)
    case.establish("clerk:k1", fee=1200)
    case.fire("note", "clerk:k1", {"text": "メモ"})
    assert seen(case, "facts") == {"fee": 1200}
    assert seen(case, "given")["remark"] == {"text": "メモ"}


def test_the_town_puts_its_own_figures_in_place_of_the_defaults_of_the_declaration(desk: Desk) -> None:
    assert kept(desk).ask(params_of) == {"term_years": 1}
    assert submitted(desk).ask(params_of) == {"delivery_days": 3}
    assert seen(submitted(desk), "municipality") == {"id": "smalltown", "term_years": 1}


def test_the_proposal_is_seen_by_its_outcome(desk: Desk) -> None:
    assert seen(drafted(desk), "proposal")["outcome"] == "granted"
    assert seen(submitted(desk), "proposal") == {}
