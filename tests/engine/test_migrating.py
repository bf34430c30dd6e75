"""A running case is moved into another edition as an event of its own, or stays where it is with one reason."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest

from engine.actors import SYSTEM, Actor
from engine.carrying import CannotMove
from engine.errors import DefinitionError, NotYourTurn, Overtaken, UnknownThing
from engine.fold import fold
from engine.shapes import Record, Scalar
from engine.store import Store
from engine.verify import verify
from tests.engine import journeys
from tests.engine.desk import Case, Desk
from tests.engine.journeys import PERMIT, correcting, looked_at, submitted
from tests.engine.made_up.shelf import FORMS, REQUIRED, Shelf, changed, declared

CLERK = Actor.parse("clerk:k1")
Rows = list[dict[str, Any]]


def whole() -> dict[str, Any]:
    """The permit as plain data, to be edited."""
    return declared("permit").model_dump(by_alias=True, exclude_defaults=True)


def renamed(value: Any, was: str, now: str) -> Any:  # noqa: ANN401 - a plain declaration
    """The declaration with one word replaced by another wherever it stands alone."""
    if isinstance(value, dict):
        return {renamed(key, was, now): renamed(one, was, now) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [renamed(one, was, now) for one in value]
    return now if value == was else value


def edited(**lists: object) -> Shelf:
    """The permit after an edit that every case notices: the remark can be made twice as long a word."""
    rows = [row | ({"when": "case.state == 'review'"} if row["id"] == "note" else {}) for row in whole()["events"]]
    return changed("permit", **{"events": rows, **lists})


def other_words(*renames: dict[str, str]) -> Shelf:
    """The permit with the state of reviewing called otherwise, and the correction too."""
    plain = renamed(renamed(whole(), "review", "examining"), "asked", "requested")
    plain["conditions"] = [
        row | {"cel": row["cel"].replace("checks.review", "checks.examining")} for row in plain["conditions"]
    ]
    return changed("permit", **plain, renames=list(renames))


LIGHT = {"id": "light", "stage": "review", "says": "灯りがある", "reads": ["form.plan"], "on_fail": "note"}
EXAMINING = {"id": "examining", "kind": "state", "was": "review", "now": "examining"}
REQUESTED = {"id": "requested", "kind": "state", "of": "correction", "was": "asked", "now": "requested"}


def later(case: Case, definitions: Shelf) -> Case:
    """The same case in an office with other declarations."""
    return Case(case.desk.using(definitions), case.id)


def moved(case: Case, **more: Any) -> Case:  # noqa: ANN401 - as `Engine.migrate`
    case.desk.engine.migrate(case.id, CLERK, **more)
    return case


def reason(case: Case, on: dt.date | None = None) -> str:
    """Why the case cannot be moved: the rehearsal says so, the move is refused for the same, and nothing is stored."""
    before = (case.whole, case.log)
    rehearsed = case.desk.engine.rehearse(case.id, on)
    assert rehearsed.refusal is not None
    with pytest.raises(CannotMove) as refused:
        moved(case, on=on)
    assert (refused.value.reason, refused.value.ja) == (rehearsed.refusal.reason, rehearsed.refusal.ja)
    assert (case.whole, case.log) == before
    return rehearsed.refusal.reason


def test_a_case_is_moved_by_an_event_that_names_both_editions(desk: Desk) -> None:
    case = later(submitted(desk), edited())
    before = case.whole.case.edition
    moved(case)
    row = case.log[-1]
    assert (row.event, row.person, row.from_state, row.to_state) == ("migrated", "k1", "review", "review")
    assert case.whole.case.edition == row.edition != before
    assert json.loads(row.effects)[0] == ["migrated", before, row.edition]
    assert case.ask(lambda work: work.edition.machine.events["note"].when) == "case.state == 'review'"


def test_the_log_verifies_and_folds_over_the_move(desk: Desk) -> None:
    case = moved(later(correcting(desk), other_words(EXAMINING, REQUESTED)))
    case.fire("answer", "applicant:p1", PERMIT)
    with desk.store.reading() as tx:
        assert verify(tx, case.id) == []
    assert fold(case.log) == case.whole
    assert case.state == "examining"


def test_moving_twice_acts_once(desk: Desk) -> None:
    case = moved(later(submitted(desk), edited()))
    log = case.log
    assert moved(case).log == log
    assert case.desk.engine.rehearse(case.id).stands


def test_the_same_key_answers_the_same(desk: Desk) -> None:
    case = later(submitted(desk), edited())
    first = case.desk.engine.migrate(case.id, CLERK, key="m1")
    again = case.desk.engine.migrate(case.id, CLERK, key="m1")
    assert (again.again, again.events) == (True, first.events)


def test_a_rehearsal_keeps_nothing_and_says_what_would_change(desk: Desk) -> None:
    checks = [row | ({"reads": ["form.plan"]} if row["id"] == "papers" else {}) for row in [*whole()["checks"], LIGHT]]
    case = later(looked_at(desk), changed("permit", checks=checks))
    before = (case.whole, case.log)
    rehearsed = case.desk.engine.rehearse(case.id)
    assert rehearsed.refusal is None
    assert rehearsed.changes == (
        "確認「書類がそろっている」は見直しになります。",
        "確認「灯りがある」が加わります。",
    )
    assert (case.whole, case.log) == before
    assert set(moved(case).whole.case.memo["checks"]) == {"width"}


def test_what_was_confirmed_under_a_check_that_is_gone_is_forgotten(desk: Desk) -> None:
    case = submitted(desk.using(changed("permit", checks=[*whole()["checks"], LIGHT])))
    case.look("clerk:k1", papers=True, light=True)
    case = later(case, edited())
    assert case.desk.engine.rehearse(case.id).changes == ("確認「灯りがある」はなくなります。",)
    assert set(moved(case).whole.case.memo["checks"]) == {"papers"}


def test_what_follows_by_itself_is_foretold_and_happens_in_the_same_command(desk: Desk) -> None:
    rows = [*whole()["events"], {"id": "hurry", "label": "急ぐ", "from": "review", "to": "withdrawn", "auto": True}]
    case = later(submitted(desk), changed("permit", events=rows))
    assert case.desk.engine.rehearse(case.id).changes == ("すぐに「急ぐ」が起きます。",)
    assert moved(case).events()[-2:] == ["migrated", "hurry"]


def test_declared_new_names_are_taken_and_nothing_begins_anew(desk: Desk) -> None:
    case = correcting(desk)
    before = case.whole
    desk.pass_time(days=3)
    case = moved(later(case, other_words(EXAMINING, REQUESTED)))
    task = case.tasks("correction")[0]
    assert task.state == "requested"
    assert (task.state_since, case.whole.case.state_since) == (before.tasks[1].state_since, before.case.state_since)
    assert case.whole.timers == before.timers
    assert case.whole.clocks == before.clocks


def test_a_renamed_task_is_taken_over(desk: Desk) -> None:
    plain = renamed(whole(), "correction", "mending")
    plain["conditions"] = [
        row | {"cel": row["cel"].replace("tasks.correction", "tasks.mending")} for row in plain["conditions"]
    ]
    rows = [
        {"id": "mending", "kind": "task", "was": "correction", "now": "mending"},
        {"id": "mending_state", "kind": "state", "was": "correction", "now": "mending"},
    ]
    case = moved(later(correcting(desk), changed("permit", **plain, renames=rows)))
    assert (case.state, case.tasks("mending")[0].state) == ("mending", "asked")
    assert case.fire("answer", "applicant:p1", PERMIT).state == "review"


def test_a_word_that_the_new_edition_still_uses_is_not_renamed(desk: Desk) -> None:
    rows = [{"id": "told", "kind": "state", "was": "review", "now": "told"}]
    assert moved(later(submitted(desk), edited(renames=rows))).state == "review"


def test_the_desk_of_the_new_edition_gets_the_case(desk: Desk) -> None:
    rows = [row | ({"by": "counter"} if row["id"] == "review" else {}) for row in whole()["states"]]
    case = moved(later(submitted(desk), changed("permit", states=rows)))
    assert case.whole.case.desk == "counter"
    assert [item.case_id for item in case.desk.engine.inbox(["counter"])] == [case.id]


def test_a_period_that_only_the_new_edition_knows_is_counted_from_the_move(desk: Desk) -> None:
    lapse = {"id": "lapse", "label": "流れる", "from": "review", "to": "withdrawn", "after": "reminder"}
    rows = [*whole()["events"], lapse]
    case = submitted(desk)
    desk.pass_time(days=20)
    case = moved(later(case, changed("permit", events=rows)))
    assert case.state == "review"
    case.desk.pass_time(days=8)
    assert case.state == "withdrawn"


def ended(desk: Desk) -> Case:
    case = submitted(desk)
    case.fire("withdraw", "applicant:p1")
    return case


def no_clock() -> Shelf:
    clocks = {name: clock for name, clock in whole()["clocks"].items() if name != "standard"}
    return changed("permit", clocks=clocks)


@pytest.mark.parametrize(
    ("journey", "definitions", "why"),
    [
        (ended, edited(), "closed"),
        (journeys.decided, edited(), "decided"),
        (journeys.drafted, edited(), "drafted"),
        (submitted, other_words(), "state"),
        (correcting, other_words(EXAMINING), "task"),
        (submitted, no_clock(), "clock"),
    ],
    ids=lambda value: getattr(value, "__name__", None) or (value if isinstance(value, str) else "other"),
)
def test_a_case_stays_with_one_reason(
    desk: Desk, journey: Callable[[Desk], Case], definitions: Shelf, why: str
) -> None:
    assert reason(later(journey(desk), definitions)) == why


def test_a_state_that_has_come_to_end_cases_is_no_place_for_one_that_goes_on(desk: Desk) -> None:
    rows = [row | ({"kind": "settled", "by": None} if row["id"] == "review" else {}) for row in whole()["states"]]
    assert reason(later(submitted(desk), changed("permit", states=rows))) == "state"


def test_a_task_that_counts_as_done_now_lies_on_no_desk(desk: Desk) -> None:
    tasks = whole()["tasks"]
    asked = [row | ({"kind": "done"} if row["id"] == "asked" else {}) for row in tasks["correction"]["states"]]
    tasks = tasks | {"correction": tasks["correction"] | {"states": asked}}
    case = moved(later(correcting(desk), changed("permit", tasks=tasks)))
    assert [(task.open, task.desk) for task in case.tasks("correction")] == [(False, None)]


def test_a_case_is_not_put_under_the_law_of_another_day(desk: Desk) -> None:
    case = submitted(desk, start_on="2022-07-01")
    assert reason(case, on=dt.date(2023, 4, 1)) == "other_day"


def test_before_submission_any_edition_will_do_and_backwards_is_a_way_too(desk: Desk) -> None:
    case = desk.open("permit")
    old = case.whole.case.edition
    assert moved(case, on=dt.date(2023, 4, 1)).whole.case.edition != old
    assert moved(case, on=dt.date(2022, 4, 1)).whole.case.edition == old
    assert case.events() == ["open", "migrated", "migrated"]


@pytest.fixture
def wide_form(monkeypatch: pytest.MonkeyPatch) -> None:
    """A form like the permit's, with a field renamed, one required and one become sensitive."""
    fields = dict(FORMS["permit"].fields)
    fields["drawing"] = fields.pop("plan")
    fields["places"] = fields["places"]
    fields["kind"] = Scalar("text", ("new", "renewal", "report"), sensitivity="special_care")
    monkeypatch.setitem(FORMS, "permit_wide", Record(fields))
    monkeypatch.setitem(REQUIRED, "permit_wide", ("kind", "drawing"))


def widened(*renames: dict[str, str]) -> Shelf:
    checks = [row | ({"reads": ["form.kind"]} if row["id"] == "papers" else {}) for row in whole()["checks"]]
    return changed("permit", form="permit_wide", checks=checks, renames=list(renames))


DRAWING = {"id": "drawing", "kind": "field", "was": "plan", "now": "drawing"}


@pytest.mark.usefixtures("wide_form")
def test_answers_that_the_new_form_does_not_take_keep_the_case_where_it_is(desk: Desk) -> None:
    case = later(submitted(desk), widened())
    assert reason(case) == "answers"
    refusal = case.desk.engine.rehearse(case.id).refusal
    assert refusal is not None
    assert "/plan" in refusal.ja


@pytest.mark.usefixtures("wide_form")
def test_a_renamed_answer_is_kept_anew_and_the_former_answers_stay(desk: Desk) -> None:
    case = moved(later(submitted(desk), widened(DRAWING)))
    assert case.whole.case.memo["given"]["form"] == 2
    assert case.ask(lambda work: work.answers("form")["drawing"]) == "plan-1"
    assert case.ask(lambda work: work.document("form.1")["plan"]) == "plan-1"
    assert "special_care" in case.whole.case.memo["digests"]["form.2"]
    assert "new" not in case.log[-1].effects


@pytest.mark.usefixtures("wide_form")
def test_destroyed_answers_cannot_be_judged_by_another_form(desk: Desk) -> None:
    case = submitted(desk)
    with desk.store.transaction() as tx:
        tx.destroy(case.id, ["form.1", "form.1.my_number", "form.1.special_care"], 0)
    assert reason(later(case, widened(DRAWING))) == "destroyed"


def test_an_answer_to_a_small_form_that_would_be_of_another_type_is_in_the_way(desk: Desk) -> None:
    case = submitted(desk)
    case.fire("note", "clerk:k1", {"text": "電話した", "count": 2})
    inputs = [
        row | ({"fields": {"text": "text", "count": "date"}} if row["id"] == "remark" else {})
        for row in whole()["inputs"]
    ]
    assert reason(later(case, changed("permit", inputs=inputs))) == "answers"


def test_a_field_that_a_small_form_asks_for_now_is_not(desk: Desk) -> None:
    case = submitted(desk)
    case.fire("note", "clerk:k1", {"text": "電話した"})
    inputs = [row | ({"required": ["text", "count"]} if row["id"] == "remark" else {}) for row in whole()["inputs"]]
    assert moved(later(case, changed("permit", inputs=inputs))).events()[-1] == "migrated"


@pytest.mark.parametrize("who", [Actor.parse("applicant:p1"), SYSTEM], ids=["applicant", "system"])
def test_only_the_office_moves_cases(desk: Desk, who: Actor) -> None:
    case = later(submitted(desk), edited())
    with pytest.raises(NotYourTurn):
        case.desk.engine.migrate(case.id, who)
    assert "migrated" not in case.events()


def test_what_is_not_there_is_said(desk: Desk) -> None:
    case = submitted(desk)
    with pytest.raises(UnknownThing, match="案件99はありません"):
        desk.engine.migrate(99, CLERK)
    broken = Shelf({"permit": declared("permit").model_copy(update={"version_by": "form.nothing"})})
    with pytest.raises(DefinitionError):
        moved(later(case, broken))
    assert "migrated" not in case.events()


def test_who_has_seen_an_earlier_version_is_told_what_came_first(desk: Desk) -> None:
    case = later(submitted(desk), edited())
    seen = case.desk.engine.rehearse(case.id).version
    case.fire("note", "clerk:k2", {"text": "電話した"})
    with pytest.raises(Overtaken, match="メモする"):
        moved(case, expect=seen)


def test_the_same_commands_give_the_same_history(desk: Desk) -> None:
    desk.open("permit")
    desk.say("migrate", 1, CLERK, dt.date(2023, 4, 1))
    desk.say("fire", 1, "submit", Actor.parse("applicant:p1"), PERMIT)
    with Store.open(":memory:") as empty:
        again = Desk(empty)
        for instant, method, args, more in desk.said:
            again.clock.set(instant)
            again.say(method, *args, **more)
        events, editions = ([getattr(row, name) for row in Case(again, 1).log] for name in ("event", "edition"))
    assert events == Case(desk, 1).events() == ["open", "migrated", "submit", "start"]
    assert editions == [row.edition for row in Case(desk, 1).log]
