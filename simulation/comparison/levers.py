"""The levers an officer may pull, one type for each `kind` of row in a scenario file."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from engine.definition.rows import Words
from engine.municipality import Municipality, Weekday
from procedures.plan import Plan
from procedures.plan_rows import Work
from simulation.comparison.targets import (
    Lever,
    Minutes,
    Share,
    at_minutes,
    each_step,
    every,
    in_use,
    moved,
    on_paper,
    online,
    usual_share,
    with_mistakes,
)
from simulation.comparison.units import units
from simulation.comparison.work_levers import (
    CounterWithoutForms,
    ElectronicApproval,
    MergeSteps,
    MinutesLever,
    Prefill,
    Reader,
    RemoveStep,
    SplitStep,
)
from simulation.people import ONE_DAY, Staff

RECEIVED = ("受理", "本人確認", "データ入力")
"""The work that an application which arrives online, as data, spares."""
DECIDED = "決裁"
ROLES_OF_ROUTES = ("reviewer", "cosigner", "decider")


class StaffLever(Lever):
    """`change` people more or fewer at a post ("department/post"), from a day after the first of the run to another."""

    kind: Literal["staff"]
    post: str
    change: Annotated[int, Field(ge=-1000, le=1000)]
    from_day: Annotated[int, Field(ge=0, le=3700)] = 0
    until_day: Annotated[int, Field(ge=0, le=3700)] | None = None

    def of_staff(self, staff: Staff, first: dt.date) -> None:
        """Let them come or go."""
        begin = first + self.from_day * ONE_DAY
        end = dt.date.max if self.until_day is None else first + self.until_day * ONE_DAY
        if self.post in staff.people:
            act = staff.add if self.change > 0 else staff.leave
            act(self.post, abs(self.change), begin, end)


class OnlineShare(Lever):
    """The share of applications online; `minutes` by 作業単位 are those of one that came online.

    Without `minutes`, what its file of assumptions calls to-be holds for the work that arriving as data spares.
    """

    kind: Literal["online_share"]
    share: Share
    minutes: dict[str, Minutes] = {}
    mistakes: Share | None = None

    def of_plan(self, plan: Plan) -> Plan:
        """People go over, and each application online takes its own minutes."""
        names = online(plan)
        if not names or not on_paper(plan):
            return plan
        now = in_use(plan)
        wanted = _shared_out(now, names, self.share) | _shared_out(now, on_paper(plan), 1 - self.share)
        if self.mistakes is not None:
            plan = with_mistakes(plan, dict.fromkeys(names, self.mistakes))
        return each_step(moved(plan, wanted), every, lambda step: self._of_step(step, names))

    def _of_step(self, step: Work, names: tuple[str, ...]) -> Work:
        unit = units().of(step)
        if self.minutes:
            return at_minutes(step, self.minutes[unit], names) if unit in self.minutes else step
        return at_minutes(step, min(step.to_be, step.as_is), names) if unit in RECEIVED else step


def _shared_out(now: dict[str, float], names: tuple[str, ...], share: float) -> dict[str, float]:
    """A share of all applications over some channels, in the proportion of what they have now."""
    total = sum(now[name] for name in names)
    return {name: share * (now[name] / total if total else 1 / len(names)) for name in names}


class MistakesLever(Lever):
    """The share of applications with a mistake, by `channels` (all where none is named)."""

    kind: Literal["mistakes"]
    channels: Words = ()
    share: Share | None = None
    times: Share | None = None

    def of_plan(self, plan: Plan) -> Plan:
        """Other shares of mistakes."""
        names = [row.id for row in plan.channels if not self.channels or row.id in self.channels]
        times = 1.0 if self.times is None else self.times
        return with_mistakes(
            plan, {n: usual_share(plan, n) * times if self.share is None else self.share for n in names}
        )


class MeetingLever(Lever):
    """When a meeting (審査会) sits, and how many cases it takes; what is not said stays."""

    kind: Literal["meeting"]
    meeting: str
    weekdays: Annotated[tuple[Weekday, ...], Field(max_length=7)] = ()
    weeks: tuple[Annotated[int, Field(ge=1, le=5)], ...] | None = None
    capacity: Annotated[int, Field(ge=1, le=10_000)] | None = None

    def of_city(self, city: Municipality) -> Municipality:
        """The city with the meeting on other days."""
        said = {"weekdays": self.weekdays or None, "weeks": self.weeks, "capacity": self.capacity}
        changed = {name: value for name, value in said.items() if value is not None}
        rows = tuple(r.model_copy(update=changed) if r.id == self.meeting else r for r in city.meetings)
        return city.model_copy(update={"meetings": rows})


class Planned(Lever):
    """What the files of assumptions call to-be: for the `channels`, the `work` or the `batches`."""

    kind: Literal["planned"]
    part: Literal["channels", "work", "batches"]

    def of_plan(self, plan: Plan) -> Plan:
        """The to-be column in the place of the as-is column."""
        if self.part == "channels":
            return moved(plan, {row.id: row.to_be for row in plan.channels})
        if self.part == "batches":
            kept = [row for row in plan.batches if "to-be" in row.scenarios]
            both = {"scenarios": ("as-is", "to-be")}
            return plan.model_copy(update={"batches": tuple(row.model_copy(update=both) for row in kept)})
        return each_step(plan, every, lambda step: at_minutes(step, step.to_be))


KINDS: dict[str, type[Lever]] = {
    "staff": StaffLever,
    "online_share": OnlineShare,
    "minutes": MinutesLever,
    "remove_step": RemoveStep,
    "merge_steps": MergeSteps,
    "split_step": SplitStep,
    "mistakes": MistakesLever,
    "prefill": Prefill,
    "ai_ocr": Reader,
    "rpa": Reader,
    "electronic_approval": ElectronicApproval,
    "meeting": MeetingLever,
    "counter_without_forms": CounterWithoutForms,
    "planned": Planned,
}
"""Every kind of lever by its word in a scenario file."""
