"""What is kept of one run of a comparison: whole numbers by procedure, channel, unit of work and post.

Only counts are kept; every rate, mean and difference is worked out from them later, so that none can disagree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from procedures.plan import Plan
from simulation.comparison.units import units
from simulation.report import figures
from simulation.results import ProcedureResults, Results

Counts = dict[str, Any]


def counted(results: Results, plans: Mapping[str, Plan]) -> Counts:
    """The counts of a run, as JSON can hold them.

    Args:
        plans: the assumptions each procedure ran under, which say what unit of work a step is.
    """
    return {
        "procedures": {p.definition.id: _procedure(p, plans[p.definition.id]) for p in results.procedures},
        "posts": {
            post.id: {
                "label": post.label,
                "people": post.people,
                "worked": (load := figures.load(figures.in_period(post, results))).worked,
                "available": load.available,
            }
            for post in results.posts
        },
    }


def _procedure(found: ProcedureResults, plan: Plan) -> Counts:
    of_step = {row.id: units().of(row) for row in plan.work}
    work: dict[str, int] = {}
    for step in found.steps:
        unit = of_step[step.id]
        work[unit] = work.get(unit, 0) + step.work_seconds
    limits = found.limits[:1]
    return {
        "number": found.definition.number,
        "title": found.definition.title,
        "arrived": found.arrived,
        "unfinished": found.unfinished,
        "told": len(found.leads),
        "days": sum(lead.civil_days for lead in found.leads),
        "started": sum(limit.started for limit in limits),
        "late": sum(limit.breached for limit in limits),
        "work": work,
        "channels": {
            row.channel: {
                "label": row.label,
                "online": row.online,
                "cases": row.cases,
                "mistaken": row.mistaken,
                "corrected": row.corrected,
            }
            for row in found.channels
        },
    }


def by_day(results: Results, procedure: str, days: int) -> Counts:
    """The cases of a procedure at the end of each of so many days: arrived, still open, and late so far.

    `late` are those whose limit ended without a decision, decided meanwhile or not.
    """
    spans = next((one.spans for one in results.procedures if one.definition.id == procedure), ())
    ends = [results.first_day + dt.timedelta(days=ahead) for ahead in range(days)]
    return {
        "arrived": [sum(one.arrived <= day for one in spans) for day in ends],
        "open": [sum(one.arrived <= day and (one.ended is None or one.ended > day) for one in spans) for day in ends],
        "late": [sum(one.late_from is not None and one.late_from <= day for one in spans) for day in ends],
    }
