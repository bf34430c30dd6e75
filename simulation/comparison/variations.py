"""Assumptions with one kind of figure changed: so many times what they say, in the city, a plan or a lever."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from engine.municipality import Municipality
from procedures.plan import Plan
from procedures.plan_rows import DeskHours, Work
from simulation.comparison.targets import Lever, in_use, moved, on_paper, online
from simulation.comparison.units import units

LAST_MINUTE = 23 * 60 + 59
LEVER_FIGURES = ("share", "times", "minutes", "mistakes", "mistakes_times", "error_share", "redo_minutes", "capacity")
"""The keys of a lever that hold a figure, or figures by name."""
_AT_MOST_ONE = frozenset({"share", "mistakes", "mistakes_times", "error_share"})


def _timed(work: Iterable[Work], times: float, *, unit: str = "", to_be: bool = False) -> tuple[Work, ...]:
    """The steps of a unit, or all, with other minutes; `to_be` leaves the present ones."""
    made = []
    for row in work:
        if unit and units().of(row) != unit:
            made.append(row)
            continue
        now = {} if to_be else {"as_is": row.as_is * times}
        here = {} if to_be else {"by_channel": {name: minutes * times for name, minutes in row.by_channel.items()}}
        made.append(row.model_copy(update={"to_be": row.to_be * times, **now, **here}))
    return tuple(made)


def _shares(rows: Iterable[Any], name: str, times: float) -> tuple[Any, ...]:
    """Rows with a share or a length changed; a share stays below 1."""
    top = float("inf") if name == "days" else 1.0
    return tuple(row.model_copy(update={name: min(top, getattr(row, name) * times)}) for row in rows)


def _arriving(plan: Plan, times: float) -> Plan:
    rows = plan.arrivals
    return plan.model_copy(update={"arrivals": rows and rows.model_copy(update={"per_year": rows.per_year * times})})


def _going_online(plan: Plan, times: float) -> Plan:
    """Another share online, as few people as possible going over."""
    now, names = in_use(plan), online(plan)
    before = sum(now[name] for name in names)
    share = min(1.0, before * times)
    rest = {name: now[name] * (1 - share) / (1 - before) for name in on_paper(plan)}
    return moved(plan, {name: now[name] * share / before for name in names} | rest)


def _to_be_online(plan: Plan, times: float) -> Plan:
    """The to-be column with another share online."""
    names = online(plan)
    before = sum(row.to_be for row in plan.channels if row.id in names)
    share = min(1.0, before * times)
    rest = (1 - share) / (1 - before) if before < 1 else 0.0
    rows = [(row, share / before if row.id in names else rest) for row in plan.channels]
    made = tuple(row.model_copy(update={"to_be": row.to_be * scale}) for row, scale in rows)
    return plan.model_copy(update={"channels": made})


def _longer(row: DeskHours, times: float) -> DeskHours:
    begin = row.opens.hour * 60 + row.opens.minute
    length = row.closes.hour * 60 + row.closes.minute - begin
    end = min(LAST_MINUTE, begin + max(1, round(length * times)))
    return row.model_copy(update={"closes": dt.time(end // 60, end % 60)})


def _rows(part: str, name: str) -> Callable[[Plan, float], Plan]:
    """What changes a share or a length in each row of a part of a plan."""
    return lambda plan, times: plan.model_copy(update={part: _shares(getattr(plan, part), name, times)})


def _any(part: str, name: str) -> Callable[[Plan], bool]:
    return lambda plan: any(getattr(row, name) for row in getattr(plan, part))


def _mixed(shares: Iterable[float]) -> bool:
    return 0 < sum(shares) < 1


PARTS: dict[str, tuple[str, Callable[[Plan], bool], Callable[[Plan, float], Plan]]] = {
    "arrivals": ("申請の件数", lambda plan: bool(plan.arrivals and plan.arrivals.per_year), _arriving),
    "online": (
        "オンライン申請の割合(現状)",
        lambda plan: _mixed(in_use(plan)[name] for name in online(plan)),
        lambda plan, times: _going_online(plan, times) if _mixed(in_use(plan)[n] for n in online(plan)) else plan,
    ),
    "mistakes": ("誤りのある割合", _any("mistakes", "share"), _rows("mistakes", "share")),
    "noticing": ("誤りに気付く割合", _any("noticing", "share"), _rows("noticing", "share")),
    "looks": ("確認で引っかかる割合", _any("looks", "fails"), _rows("looks", "fails")),
    "waits": ("外の人を待つ日数", _any("waits", "days"), _rows("waits", "days")),
    "never": ("答えない割合", _any("waits", "never_share"), _rows("waits", "never_share")),
    "acts": ("申請者が自分からすることの割合", _any("acts", "share"), _rows("acts", "share")),
    "register_events": (
        "公簿の異動の割合",
        _any("register_events", "share"),
        _rows("register_events", "share"),
    ),
    "spread": (
        "作業時間のばらつき",
        lambda plan: bool(plan.work_spread),
        lambda plan, times: plan.model_copy(update={"work_spread": (plan.work_spread or 0.0) * times}),
    ),
    "desk_hours": (
        "手続に充てる時間帯の長さ",
        lambda plan: bool(plan.desk_hours),
        lambda plan, times: plan.model_copy(
            update={"desk_hours": tuple(_longer(row, times) for row in plan.desk_hours)}
        ),
    ),
}
"""By kind: what it is called, which plans have it, and a plan with it changed."""

TO_BE: dict[str, Callable[[Plan, float], Plan]] = {
    "work": lambda plan, times: plan.model_copy(update={"work": _timed(plan.work, times, to_be=True)}),
    "channels": lambda plan, times: (
        _to_be_online(plan, times)
        if any(row.to_be for row in plan.channels if row.id in online(plan)) and on_paper(plan)
        else plan
    ),
}
"""The to-be columns that the lever `planned` takes over; the batches have no figure."""


def plan_with(plan: Plan, kind: str, name: str, times: float) -> Plan:
    """A procedure's assumptions with those of a kind so many times what they are; `name` is the unit of work."""
    if kind in PARTS:
        return PARTS[kind][2](plan, times)
    if kind == "work":
        return plan.model_copy(update={"work": _timed(plan.work, times, unit=name)})
    part = kind.removeprefix("to_be_")
    return TO_BE[part](plan, times) if kind != part else plan


def city_with(city: Municipality, kind: str, name: str, times: float) -> Municipality:
    """The city with its absence, or the cases that a meeting called `name` takes, so many times what they are."""
    if kind == "absence":
        rows = (
            row.model_copy(update={"value": min(0.99, row.value * times)}) if row.id == "absence_share" else row
            for row in city.stated
        )
        return city.model_copy(update={"stated": tuple(rows)})
    if kind == "meeting":
        made = (
            row.model_copy(update={"capacity": max(1, round(row.capacity * times))}) if row.id == name else row
            for row in city.meetings
        )
        return city.model_copy(update={"meetings": tuple(made)})
    return city


def lever_with(lever: Lever, name: str, times: float) -> Lever:
    """A lever with one of its figures changed; the others stay as they are."""
    lever_id, _, key = name.partition(".")
    if lever.id != lever_id:
        return lever
    top = 1.0 if key in _AT_MOST_ONE else float("inf")
    held = getattr(lever, key)
    if isinstance(held, dict):
        return lever.model_copy(update={key: {word: min(top, figure * times) for word, figure in held.items()}})
    figure = min(top, held * times)
    return lever.model_copy(update={key: max(1, round(figure)) if key == "capacity" else figure})
