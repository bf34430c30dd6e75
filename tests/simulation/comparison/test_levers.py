"""What each lever does to a plan, a city and the staff; what it is not about stays as it is."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.calendar import OpeningCalendar
from engine.municipality import Municipality, OpeningHours, Post, Sittings
from procedures.plan import Plan, usual_plan
from simulation.comparison.lever_words import LEVER_WORDS
from simulation.comparison.levers import KINDS
from simulation.comparison.scenario import Levers
from simulation.comparison.targets import Lever, in_use
from simulation.comparison.units import units
from simulation.people import Staff

PLAN = usual_plan()
FIRST = dt.date(2022, 4, 4)


def lever(kind: str, **said: object) -> Lever:
    """A lever of a kind."""
    return KINDS[kind].model_validate({"id": "a", "kind": kind, "label": "てこ", **said}, strict=True)


def after(kind: str, **said: object) -> Plan:
    """The usual plan after a lever."""
    return Levers((lever(kind, **said),)).of_plan("any", PLAN)


def minutes(plan: Plan, step: str, channel: str = "counter") -> float:
    """What a step takes for an application of a channel."""
    return next(row for row in plan.work if row.id == step).minutes("as-is", channel)


def mistakes(plan: Plan) -> dict[str, float]:
    """The share of applications with a mistake by channel."""
    return {row.channel: row.share for row in plan.mistakes}


def test_more_go_online_and_all_others_keep_their_way() -> None:
    plan = after("online_share", share=0.4, mistakes=0.05)
    assert in_use(plan) == pytest.approx({"counter": 0.87 * 0.6 / 0.97, "mail": 0.1 * 0.6 / 0.97, "online": 0.4})
    by_mail = next(row for row in plan.channels if row.id == "mail")
    assert set(by_mail.goes_over) == {"online"}
    assert mistakes(plan) == {"counter": 0.25, "mail": 0.25, "online": 0.05}
    assert (minutes(plan, "reception"), minutes(plan, "reception", "online")) == (8, 3)


def test_everybody_online_and_back_again_is_no_division_by_nothing() -> None:
    plan = Levers((lever("online_share", share=1.0), lever("online_share", share=0.4))).of_plan("any", PLAN)
    assert in_use(plan) == pytest.approx({"counter": 0.3, "mail": 0.3, "online": 0.4})


def test_fewer_online_go_over_to_where_the_others_are() -> None:
    assert in_use(after("online_share", share=0.0))["online"] == pytest.approx(0)


def test_the_planned_shares_are_reached_by_going_over() -> None:
    plan = after("planned", part="channels")
    assert in_use(plan) == pytest.approx({"counter": 0.5, "mail": 0.1, "online": 0.4})
    assert minutes(after("planned", part="work"), "inquiry") == 6


def test_minutes_of_a_unit_for_one_channel_only() -> None:
    plan = after("minutes", units=("受理",), times=0.5, channels=("mail",))
    assert (minutes(plan, "reception"), minutes(plan, "reception", "mail")) == (8, 4)


def test_a_step_done_away_with_takes_nobodys_time_and_merged_ones_take_theirs_once() -> None:
    assert minutes(after("remove_step", steps=("dispatch",)), "dispatch") == 0
    plan = after("merge_steps", steps=("order", "examine"), minutes=2.5)
    assert (minutes(plan, "order"), minutes(plan, "examine")) == (2.5, 0)


def test_a_split_step_takes_as_long_as_before_and_can_be_named_by_its_parts() -> None:
    plan = after("split_step", step="reception", parts={"受理": 0.25, "本人確認": 0.75})
    parts = [row for row in plan.work if row.id.startswith("reception")]
    assert [(units().of(row), row.as_is) for row in parts] == [("受理", 2), ("本人確認", 6)]
    shorter = Levers((lever("minutes", units=("本人確認",), minutes=1.0),)).of_plan("any", plan)
    assert sum(row.as_is for row in shorter.work if row.id.startswith("reception")) == 3


def test_a_reader_is_for_paper_and_is_put_right_where_it_went_wrong() -> None:
    plan = after("ai_ocr", units=("受理",), minutes=2.0, error_share=0.1, redo_minutes=5.0)
    step = next(row for row in plan.work if row.id == "reception")
    assert (step.minutes("as-is", "counter"), step.minutes("as-is", "online")) == (2, 8)
    assert (step.goes_wrong, step.redo_minutes) == ({"counter": 0.1, "mail": 0.1}, 5)


def test_approval_on_the_screen_gathers_nothing_and_knows_no_hours() -> None:
    plan = after("electronic_approval", minutes=0.5)
    assert (minutes(plan, "step"), minutes(plan, "view"), plan.batches) == (0.5, 0.5, ())


def test_prefill_and_the_counter_without_forms_make_fewer_mistakes() -> None:
    assert mistakes(after("prefill", mistakes_times=0.5)) == {"counter": 0.25, "mail": 0.25, "online": 0.05}
    plan = after("counter_without_forms", times={"受理": 0.5}, mistakes=0.1)
    assert mistakes(plan)["counter"] == 0.1
    assert (minutes(plan, "reception"), minutes(plan, "reception", "mail")) == (4, 8)


def test_a_meeting_sits_on_other_days_and_keeps_what_is_not_said() -> None:
    city = Municipality(id="c", label="市", meetings=(Sittings(id="panel", weekdays=("tue",), capacity=35),))
    (panel,) = lever("meeting", meeting="panel", weekdays=("tue", "thu")).of_city(city).meetings
    assert (panel.weekdays, panel.capacity) == (("tue", "thu"), 35)


def test_a_lever_of_one_procedure_leaves_the_others_alone() -> None:
    only = Levers((lever("remove_step", steps=("dispatch",), procedures=("pregnancy_notice",)),))
    assert only.of_plan("another", PLAN) == PLAN
    assert minutes(only.of_plan("pregnancy_notice", PLAN), "dispatch") == 0


def test_people_come_and_go_and_who_goes_finishes_what_is_in_hand() -> None:
    post = Post(id="clerk", label="担当", department="d", roles=("clerk",), staff=2)
    staff = Staff(OpeningCalendar(), OpeningHours(), (post,), 0.0, 1)
    lever("staff", post="d/clerk", change=1, from_day=1).of_staff(staff, FIRST)
    lever("staff", post="d/clerk", change=-2, from_day=2, until_day=3).of_staff(staff, FIRST)
    days = [FIRST + dt.timedelta(days=n) for n in range(5)]
    assert [sum(staff.is_in(person, day) for person in staff.people["d/clerk"]) for day in days] == [2, 3, 1, 1, 3]
    start = staff.opening(days[1])[1] - 600
    end, spent = staff.finish(staff.people["d/clerk"][0], start, 1200)
    assert (end, [day for day, _ in spent]) == (staff.opening(days[2])[0] + 600, days[1:3])


def test_two_leaves_one_after_the_other_take_the_same_people() -> None:
    post = Post(id="clerk", label="担当", department="d", roles=("clerk",), staff=3)
    staff = Staff(OpeningCalendar(), OpeningHours(), (post,), 0.0, 1)
    lever("staff", post="d/clerk", change=-2, until_day=1).of_staff(staff, FIRST)
    lever("staff", post="d/clerk", change=-2, from_day=2, until_day=3).of_staff(staff, FIRST)
    days = [FIRST + dt.timedelta(days=n) for n in range(5)]
    assert [sum(staff.is_in(person, day) for person in staff.people["d/clerk"]) for day in days] == [1, 1, 1, 1, 3]
    assert (staff.holders("d/clerk", FIRST, days[1]), staff.holders("d/clerk", FIRST, days[4])) == (1, 3)


def test_every_step_of_every_plan_has_a_word_of_the_vocabulary() -> None:
    known = units()
    assert len(set(known.words)) == len(known.words)
    assert {*known.tasks.values(), *known.steps.values()} <= set(known.words)
    assert {known.of(row) for row in PLAN.work} >= {"受理", "補正", "照会", "決裁", "通知・交付", "支払"}


def test_every_word_of_a_scenario_file_has_its_japanese() -> None:
    keys = {key for model in KINDS.values() for key in model.model_fields} - set(Lever.model_fields)
    assert {*KINDS, *keys, "procedures"} <= set(LEVER_WORDS)
    assert set(LEVER_WORDS) - {*KINDS, *keys} == {"procedures", "work"}
