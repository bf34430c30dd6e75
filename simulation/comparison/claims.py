"""What a lever fixes outright, so that two levers that fix the same thing can be told apart from two that add up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from procedures.plan import Plan
from procedures.plan_rows import ANY
from simulation.comparison.levers import MeetingLever, MistakesLever, OnlineShare, Planned
from simulation.comparison.targets import Lever, OnSteps, on_paper, online
from simulation.comparison.units import units
from simulation.comparison.work_levers import (
    CounterWithoutForms,
    ElectronicApproval,
    MergeSteps,
    MinutesLever,
    Reader,
    RemoveStep,
)

Claim = tuple[str, str, str, str]
"""What kind of thing, of which procedure, its name, and the channel ("*" for all)."""

STEP, MISTAKES, SHARES, MEETING = "作業の分", "誤りの割合", "経路の割合", "会議の日"


def claims(lever: Lever, plans: Mapping[str, Plan]) -> Iterator[Claim]:
    """Everything that a lever fixes outright in these procedures."""
    if isinstance(lever, MeetingLever):
        yield (MEETING, "", lever.meeting, ANY)
    for name, plan in plans.items():
        if lever.about(name):
            yield from ((STEP, name, step, channel) for step, channel in _steps(lever, plan))
            yield from ((MISTAKES, name, channel, channel) for channel in _mistakes(lever, plan))
            if isinstance(lever, OnlineShare) or (isinstance(lever, Planned) and lever.part == "channels"):
                yield (SHARES, name, "", ANY)


def meet(one: Claim, other: Claim) -> bool:
    """Whether two claims are about the same thing."""
    return one[:3] == other[:3] and (one[3] == other[3] or ANY in {one[3], other[3]})


def steps_meant(lever: Lever, plan: Plan) -> list[str]:
    """The steps of work that a lever names or means."""
    if isinstance(lever, OnSteps | MergeSteps | ElectronicApproval | CounterWithoutForms):
        return [row.id for row in plan.work if lever.means(row)]
    if isinstance(lever, OnlineShare):
        return [row.id for row in plan.work if units().of(row) in lever.minutes]
    return []


def _steps(lever: Lever, plan: Plan) -> Iterator[tuple[str, str]]:
    for step in steps_meant(lever, plan):
        yield from ((step, channel) for channel in _channels(lever, plan))


def _channels(lever: Lever, plan: Plan) -> tuple[str, ...]:
    """The channels for which a lever fixes the minutes of its steps; none where it only makes them shorter."""
    if isinstance(lever, MinutesLever):
        return () if lever.minutes is None else lever.channels or (ANY,)
    if isinstance(lever, Reader):
        return () if lever.minutes is None else lever.channels or (on_paper(plan) if lever.kind == "ai_ocr" else (ANY,))
    if isinstance(lever, CounterWithoutForms):
        return tuple(row.id for row in plan.channels if lever.minutes and row.at == "opening_hours")
    if isinstance(lever, OnlineShare):
        return online(plan)
    return (ANY,) if isinstance(lever, RemoveStep | MergeSteps | ElectronicApproval) else ()


def _mistakes(lever: Lever, plan: Plan) -> tuple[str, ...]:
    if isinstance(lever, MistakesLever) and lever.share is not None:
        return lever.channels or tuple(row.id for row in plan.channels)
    if isinstance(lever, CounterWithoutForms):
        return tuple(row.id for row in plan.channels if row.at == "opening_hours")
    return online(plan) if isinstance(lever, OnlineShare) and lever.mistakes is not None else ()
