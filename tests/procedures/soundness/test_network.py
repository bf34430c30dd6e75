"""What procedures have to be to each other, found from either side."""

from __future__ import annotations

from typing import Any

import pytest

from engine.definition import Procedure
from engine.problems import Problem
from procedures.soundness.network import network_problems
from tests.engine.made_up.shelf import linked


def changed(name: str, **lists: Any) -> Procedure:  # noqa: ANN401 - any key of the format
    """One of the linked declarations with some of its lists replaced."""
    whole = linked().procedures[name].model_dump(by_alias=True, exclude_defaults=True)
    return Procedure.model_validate(whole | lists)


def found(name: str, *others: Procedure) -> list[Problem]:
    """What is found in one of the linked declarations, some of them replaced."""
    there = linked().procedures | {one.id: one for one in others}
    return list(network_problems(there[name], there.get))


def brief(problems: list[Problem]) -> list[tuple[str, str, str]]:
    return [(one.rule, ".".join(one.path), one.severity) for one in problems]


@pytest.mark.parametrize("name", sorted(set(linked().procedures) - {"echo", "mistaken", "allowance"}))
def test_procedures_that_answer_each_other_are_fine(name: str) -> None:
    assert found(name) == []


def test_a_case_is_opened_only_where_the_system_may_begin_one() -> None:
    states = [{"id": "planned", "label": "予定", "kind": "initial"}]
    problems = found("allowance", changed("payment", states=states))
    (problem,) = [one for one in problems if one.path == ("links", "payment", "to")]
    assert problem.rule == "D227"
    assert problem.hint == 'payment の始まりの状態に opened_by = ["system"] を書く'


def test_what_is_shared_is_told_alike_by_both() -> None:
    assert linked().procedures["dwelling"].subjects["house"] == ("form.amount", "facts.house_no")
    for subjects, theirs in (({}, 0), ({"house": ("form.amount",)}, 1), ({"house": "form.applicant"}, 1)):
        problems = found("dwelling", changed("house", subjects=subjects, registrations=[], effects=[]))
        (problem,) = [one for one in problems if one.path == ("links", "visit", "subject")]
        assert (problem.rule, problem.severity) == ("D227", "error")
        assert f"こちらは2つの値、あちらは{theirs}つ" in problem.ja


def test_what_is_amended_is_registered_by_the_other_procedure() -> None:
    (problem,) = found("gift_change", changed("gift", registrations=[]))
    assert brief([problem]) == [("D112", "links.offer.registration", "error")]
    assert "手続 gift に登録 gift がありません" in problem.ja


def test_what_is_carried_has_a_fact_of_its_type_there() -> None:
    facts = [{"id": "month_paid", "type": "date", "says": "月", "source": "computed"}]
    problems = [one for one in found("allowance", changed("payment", facts=facts)) if one.path[1] == "payment"]
    assert brief(problems) == [
        ("D227", "links.payment.carries.month_paid", "error"),
        ("D227", "links.payment.carries.given.grant.amount", "warning"),
    ]
    assert "month_paid は month、手続 payment の事実 month_paid は date です" in problems[0].ja


def test_a_message_that_nobody_answers_is_a_warning() -> None:
    assert ("D228", "messages.changed", "warning") in brief(found("gift_change", changed("gift", signals=[])))


def test_a_signal_that_nobody_sends_is_a_warning() -> None:
    assert brief(found("gift_change", changed("gift", messages=[]))) == [("D228", "signals.done", "warning")]


def test_a_procedure_that_is_not_there_is_left_to_the_check_of_names() -> None:
    assert [one for one in found("mistaken") if one.path == ("links", "nowhere")] == []


def test_cases_that_answer_each_other_for_ever_are_found() -> None:
    (problem,) = [one for one in found("echo") if one.rule == "D229"]
    assert problem.path == ("events", "answer")
    assert problem.ja == "案件のあいだで回り続けます: echo.answer → echo.answer。"


def test_a_condition_or_a_state_left_behind_stops_the_round() -> None:
    echo = linked().procedures["echo"].model_dump(by_alias=True, exclude_defaults=True)
    answer = {"id": "answer", "label": "答える", "from": ["calling"], "on": ["word"]}
    for stop in ({"when": "case.outcome != null"}, {"to": "standing"}):
        events = [answer | stop if row["id"] == "answer" else row for row in echo["events"]]
        assert [one for one in found("echo", changed("echo", events=events)) if one.rule == "D229"] == []


def test_cases_that_open_each_other_by_themselves_for_ever_are_found() -> None:
    states = [
        {"id": "standing", "label": "立つ", "kind": "initial", "opened_by": ["system"]},
        {"id": "calling", "label": "呼ぶ", "kind": "working"},
    ]
    events = [{"id": "call", "label": "呼ぶ", "from": ["standing"], "to": "calling", "auto": True}]
    for when, rounds in ((None, 1), ("case.outcome == 'x'", 0)):
        links = [{"id": "other", "to": "echo", "kind": "opens"} | ({"when": when} if when else {})]
        effects = [{"id": "call", "opens_links": "opens"}]
        echo = changed("echo", states=states, events=events, effects=effects, links=links, signals=[], messages=[])
        assert len([one for one in found("echo", echo) if one.rule == "D229"]) == rounds
