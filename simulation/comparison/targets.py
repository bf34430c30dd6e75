"""What the levers share: whom they are about, which steps of work they mean, and how shares of channels move."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Annotated

from pydantic import Field

from engine.definition.rows import Part, Words
from engine.municipality import Municipality
from procedures.plan import Plan
from procedures.plan_rows import Channel, Mistakes, Work
from simulation.comparison.units import units
from simulation.people import Staff

Minutes = Annotated[float, Field(ge=0, le=1440)]
Share = Annotated[float, Field(ge=0, le=1)]
Times = Annotated[float, Field(ge=0, le=10)]


class Lever(Part):
    """One thing that is done otherwise. Without `procedures` it holds for every procedure that runs."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_-]*$")]
    kind: str
    label: Annotated[str, Field(min_length=1, max_length=60)]
    procedures: Words = ()
    source: str = ""

    def of_city(self, city: Municipality) -> Municipality:
        """The city after this lever."""
        return city

    def of_plan(self, plan: Plan) -> Plan:
        """The assumptions of a procedure after this lever."""
        return plan

    def of_staff(self, staff: Staff, first: dt.date) -> None:
        """Let people come or go."""

    def about(self, procedure: str) -> bool:
        """Whether the lever is about a procedure."""
        return not self.procedures or procedure in self.procedures


class OnSteps(Lever):
    """A lever on steps of work, named by their ids in the file of assumptions or by 作業単位."""

    steps: Words = ()
    units: Words = ()

    def means(self, step: Work) -> bool:
        """Whether a step is meant."""
        return step.id in self.steps or units().of(step) in self.units


def each_step(plan: Plan, meant: Callable[[Work], bool], made: Callable[[Work], Work]) -> Plan:
    """The plan with the steps that are meant made into others."""
    return plan.model_copy(update={"work": tuple(made(row) if meant(row) else row for row in plan.work)})


def every(step: Work) -> bool:
    """Whether a step is a step: it is."""
    return bool(step.id)


def at_minutes(step: Work, minutes: float, channels: Iterable[str] = ()) -> Work:
    """A step that takes so many minutes, everywhere or for the applications of some channels."""
    if channels := tuple(channels):
        return step.model_copy(update={"by_channel": {**step.by_channel, **dict.fromkeys(channels, minutes)}})
    return step.model_copy(update={"as_is": minutes, "to_be": minutes, "by_channel": {}, "goes_wrong": {}})


def times_at(step: Work, times: float, channels: Iterable[str] = ()) -> Work:
    """A step that takes so many times its minutes, everywhere or for the applications of some channels."""
    if channels := tuple(channels):
        known = {name: step.minutes("as-is", name) * times for name in channels}
        return step.model_copy(update={"by_channel": {**step.by_channel, **known}})
    others = {name: minutes * times for name, minutes in step.by_channel.items()}
    return step.model_copy(update={"as_is": step.as_is * times, "by_channel": others})


def online(plan: Plan) -> tuple[str, ...]:
    """The channels that are open at any time."""
    return tuple(row.id for row in plan.channels if row.at == "any_time")


def on_paper(plan: Plan) -> tuple[str, ...]:
    """The other channels."""
    return tuple(row.id for row in plan.channels if row.at != "any_time")


def with_mistakes(plan: Plan, shares: Mapping[str, float]) -> Plan:
    """The plan with other shares of applications with a mistake, by channel."""
    rest = tuple(row for row in plan.mistakes if row.channel not in shares)
    new = tuple(Mistakes(channel=name, share=share) for name, share in shares.items())
    return plan.model_copy(update={"mistakes": rest + new})


def usual_share(plan: Plan, channel: str) -> float:
    """The share of applications with a mistake that come by a channel."""
    return next((row.share for row in plan.mistakes if row.channel == channel), 0.0)


def in_use(plan: Plan) -> dict[str, float]:
    """The share of each channel after people have gone over."""
    shares = {row.id: row.as_is * (1 - sum(row.goes_over.values())) for row in plan.channels}
    for row in plan.channels:
        for other, part in row.goes_over.items():
            shares[other] += row.as_is * part
    return shares


def moved(plan: Plan, wanted: Mapping[str, float]) -> Plan:
    """The plan with other shares of its channels: as few people as possible go over, and all others keep their way."""
    gains = {row.id: max(0.0, wanted[row.id] - row.as_is) for row in plan.channels}
    total = sum(gains.values())

    def made(row: Channel) -> Channel:
        lost = row.as_is - wanted[row.id]
        over = {name: lost / row.as_is * gain / total for name, gain in gains.items() if gain} if lost > 0 else {}
        return row.model_copy(update={"goes_over": over})

    return plan.model_copy(update={"channels": tuple(made(row) for row in plan.channels)})
