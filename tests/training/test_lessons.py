"""Every declared mistake in force is a lesson or says why not."""

from __future__ import annotations

import datetime as dt

import pytest

from engine.errors import UnknownThing
from training.lessons import lesson, lessons
from training.scene import School


def test_every_declared_mistake_is_listed(school: School) -> None:
    declared = school.declared
    rows = [(p, e.id) for p in declared.library.ids() for e in declared.catalogue.procedure(p).common_errors]
    listed = {one.id for one in lessons(declared)}
    begun = [p for p in declared.library.ids() if not declared.catalogue.procedure(p).reviews]
    assert listed == {f"{p}.{e}" for p, e in rows} | {f"{p}.clean" for p in begun}


def test_every_lesson_trains_something_and_has_a_day(school: School) -> None:
    for one in lessons(school.declared):
        assert one.skills
        assert one.error is None or one.error.in_force(one.on)


def test_a_mistake_of_a_later_law_is_no_lesson_before_it(school: School) -> None:
    assert lesson(school.declared, "child_allowance_claim.student_left_out").on == dt.date(2024, 10, 1)
    with pytest.raises(UnknownThing):
        lesson(school.declared, "child_allowance_claim.student_left_out", dt.date(2022, 6, 1))


def test_a_wrong_name_is_refused_with_the_nearest_one(school: School) -> None:
    with pytest.raises(UnknownThing, match="child_allowance_claim"):
        lesson(school.declared, "child_allowance_claim.publik_servant")
