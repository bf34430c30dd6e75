"""Levers on steps of work: other minutes, steps done away with, merged or split, machines and forms that help."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from engine.definition.rows import Words
from procedures.plan import Plan
from procedures.plan_rows import Work
from simulation.comparison.targets import (
    Lever,
    Minutes,
    OnSteps,
    Share,
    Times,
    at_minutes,
    each_step,
    on_paper,
    online,
    times_at,
    usual_share,
    with_mistakes,
)
from simulation.comparison.units import AFTER, units

DECIDED = "決裁"
ROLES_OF_ROUTES = ("reviewer", "cosigner", "decider")


class MinutesLever(OnSteps):
    """Steps take other minutes: `minutes` of one, or so many `times` what they took; for some `channels` or for all."""

    kind: Literal["minutes"]
    minutes: Minutes | None = None
    times: Times | None = None
    channels: Words = ()

    def of_plan(self, plan: Plan) -> Plan:
        """The steps with their new minutes."""
        return each_step(plan, self.means, self._made)

    def _made(self, step: Work) -> Work:
        if self.minutes is not None:
            return at_minutes(step, self.minutes, self.channels)
        return times_at(step, 1.0 if self.times is None else self.times, self.channels)


class RemoveStep(OnSteps):
    """Steps that are not done any more."""

    kind: Literal["remove_step"]

    def of_plan(self, plan: Plan) -> Plan:
        """The steps take nobody's time; what the declaration asks of the case stays."""
        return each_step(plan, self.means, lambda step: at_minutes(step, 0))


class MergeSteps(Lever):
    """Several steps done as one: the first of them takes `minutes`, the others none."""

    kind: Literal["merge_steps"]
    steps: Annotated[tuple[str, ...], Field(min_length=2)]
    minutes: Minutes

    def means(self, step: Work) -> bool:
        """Whether a step is one of them."""
        return step.id in self.steps

    def of_plan(self, plan: Plan) -> Plan:
        """One step instead of several."""
        here = [row.id for row in plan.work if self.means(row)]
        return each_step(plan, self.means, lambda step: at_minutes(step, self.minutes if step.id == here[0] else 0))


class SplitStep(Lever):
    """A step told in parts by 作業単位, each with its share of the minutes; the whole stays as long."""

    kind: Literal["split_step"]
    step: str
    parts: Annotated[dict[str, Annotated[float, Field(gt=0, le=1)]], Field(min_length=2)]

    def means(self, step: Work) -> bool:
        """Whether it is this step."""
        return step.id == self.step

    def of_plan(self, plan: Plan) -> Plan:
        """The parts in the place of the step."""
        rows = [part for row in plan.work for part in (self._parts(row) if self.means(row) else [row])]
        return plan.model_copy(update={"work": tuple(rows)})

    def _parts(self, step: Work) -> list[Work]:
        found = []
        for unit, share in self.parts.items():
            known = {name: minutes * share for name, minutes in step.by_channel.items()}
            named = {"id": f"{step.id}{AFTER}{unit}", "label": f"{step.label}({unit})", "by_channel": known}
            found.append(step.model_copy(update={**named, "as_is": step.as_is * share, "to_be": step.to_be * share}))
        return found


class Prefill(OnSteps):
    """What registers know stands in the form: fewer mistakes online, and the steps that check it take less."""

    kind: Literal["prefill"]
    mistakes_times: Share
    times: Share = 1.0
    channels: Words = ()

    def of_plan(self, plan: Plan) -> Plan:
        """Fewer mistakes, and shorter checking, for the applications of these channels."""
        names = self.channels or online(plan)
        plan = with_mistakes(plan, {name: usual_share(plan, name) * self.mistakes_times for name in names})
        return each_step(plan, self.means, lambda step: times_at(step, self.times, names))


class Reader(OnSteps):
    """A step done by AI-OCR or RPA: `minutes` of a person beside it, or so many `times` what it took.

    Where it went wrong (`error_share`) a person takes `redo_minutes` besides.
    AI-OCR is for what came on paper, RPA for all channels, unless `channels` says otherwise.
    """

    kind: Literal["ai_ocr", "rpa"]
    minutes: Minutes | None = None
    times: Times | None = None
    error_share: Share
    redo_minutes: Minutes
    channels: Words = ()

    def of_plan(self, plan: Plan) -> Plan:
        """The step with its helper."""
        names = self.channels or (on_paper(plan) if self.kind == "ai_ocr" else ())
        wrong = dict.fromkeys(names or (row.id for row in plan.channels), self.error_share)
        return each_step(plan, self.means, lambda step: self._made(step, names, wrong))

    def _made(self, step: Work, names: tuple[str, ...], wrong: dict[str, float]) -> Work:
        helped = (
            at_minutes(step, self.minutes, names)
            if self.minutes is not None
            else times_at(step, 1.0 if self.times is None else self.times, names)
        )
        return helped.model_copy(update={"goes_wrong": wrong, "redo_minutes": self.redo_minutes})


class ElectronicApproval(Lever):
    """Approval on the screen: each step of a route takes `minutes`, no batch is gathered, nobody waits for an hour.

    How many steps a route has is declared by the procedure and the city, and stays.
    """

    kind: Literal["electronic_approval"]
    minutes: Minutes
    batches: bool = False
    at_any_hour: bool = True

    def means(self, step: Work) -> bool:
        """Whether a step is one of a route."""
        return units().of(step) == DECIDED

    def of_plan(self, plan: Plan) -> Plan:
        """The routes without paper."""
        plan = each_step(plan, self.means, lambda step: at_minutes(step, self.minutes))
        changed: dict[str, Any] = {} if self.batches else {"batches": ()}
        if self.at_any_hour:
            changed["desk_hours"] = tuple(row for row in plan.desk_hours if row.role not in ROLES_OF_ROUTES)
        return plan.model_copy(update=changed)


class CounterWithoutForms(Lever):
    """書かない窓口: the clerk asks and the form is filled in; other minutes at the counter, and fewer mistakes.

    By 作業単位, `minutes` or so many `times` what it took.
    """

    kind: Literal["counter_without_forms"]
    minutes: dict[str, Minutes] = {}
    times: dict[str, Times] = {}
    mistakes: Share

    def of_plan(self, plan: Plan) -> Plan:
        """The counter with its own minutes."""
        names = tuple(row.id for row in plan.channels if row.at == "opening_hours")
        plan = with_mistakes(plan, dict.fromkeys(names, self.mistakes))
        return each_step(plan, self.means, lambda step: self._made(step, names))

    def means(self, step: Work) -> bool:
        """Whether a step takes other minutes."""
        return units().of(step) in {*self.minutes, *self.times}

    def _made(self, step: Work, names: tuple[str, ...]) -> Work:
        unit = units().of(step)
        if unit in self.minutes:
            return at_minutes(step, self.minutes[unit], names)
        return times_at(step, self.times[unit], names)
