"""Everything that a comparison found as rows of numbers: what the CSV files and the JSON file hold."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from simulation.comparison.comparing import Compared
from simulation.comparison.counted import Counts
from simulation.comparison.differences import Difference, differences, luck_shared, quantities, saved, steps, totals
from simulation.comparison.units import units
from simulation.report.files import guarded
from simulation.statistics import Interval, mean_interval

Rows = list[dict[str, Any]]
WHOLE = "全体"


def figures(found: Compared) -> Rows:
    """The official quantities of all procedures together, then of each."""
    scopes: list[tuple[str, str | None]] = [(WHOLE, None)]
    scopes += [(name, name) for name in found.procedures] if len(found.procedures) > 1 else []
    return [
        {"scope": label, **_difference(one)}
        for label, name in scopes
        for one in differences(found.pairs, quantities(found.days), name)
    ]


def _difference(one: Difference) -> dict[str, Any]:
    return {
        "quantity": one.quantity.id,
        "label": one.quantity.label,
        "unit": one.quantity.unit,
        "pairs": one.pairs,
        "as_is": one.before,
        **_ends("as_is", one.before_interval),
        "to_be": one.after,
        **_ends("to_be", one.after_interval),
        "change": one.change,
        **_ends("change", one.interval),
    }


def _ends(name: str, interval: Interval | None) -> dict[str, float | None]:
    low, high = (interval.low, interval.high) if interval is not None else (None, None)
    return {f"{name}_low": low, f"{name}_high": high}


def levers(found: Compared) -> Rows:
    """The hours of the period as they are, and what each further lever changes in them."""
    rows = found.scenario.levers
    names = [("as_is", "現状"), *((row.id, row.label) for row in rows)]
    if len(found.pairs[0]) == 2:  # noqa: PLR2004 - the two sides alone
        names = [("as_is", "現状"), ("all", "、".join(row.label for row in rows))]
    return [
        {"lever": name, "label": label, "hours": one.hours, "change": one.change, **_ends("change", one.interval)}
        for (name, label), one in zip(names, steps(found.pairs), strict=True)
    ]


def work_units(found: Compared) -> Rows:
    """The hours of the period by 作業単位, before and after."""
    rows = []
    for unit in units().words:
        sides = [(_unit(pair[0], unit), _unit(pair[-1], unit)) for pair in found.pairs]
        if any(before or after for before, after in sides):
            changes = [after - before for before, after in sides]
            rows.append(
                {
                    "unit": unit,
                    "as_is": fmean(before for before, _ in sides),
                    "to_be": fmean(after for _, after in sides),
                    "change": fmean(changes),
                    **_ends("change", mean_interval(changes)),
                }
            )
    return rows


def _unit(run: Counts, unit: str) -> float:
    return sum(int(row["work"].get(unit, 0)) for row in run["procedures"].values()) / 3600


def channels(found: Compared) -> Rows:
    """Cases by channel with the shares of mistakes and of corrections, over all pairs, before and after."""
    rows: dict[str, dict[str, Any]] = {}
    for side, rung in (("as_is", 0), ("to_be", -1)):
        for pair in found.pairs:
            for procedure in pair[rung]["procedures"].values():
                for name, one in procedure["channels"].items():
                    row = rows.setdefault(name, {"channel": name, "label": one["label"]})
                    for key in ("cases", "mistaken", "corrected"):
                        row[f"{side}_{key}"] = row.get(f"{side}_{key}", 0) + one[key]
    keys = [f"{side}_{key}" for side in ("as_is", "to_be") for key in ("cases", "mistaken", "corrected")]
    return [
        {"channel": name, "label": row["label"], **{key: row.get(key, 0) / len(found.pairs) for key in keys}}
        for name, row in sorted(rows.items())
    ]


def posts(found: Compared) -> Rows:
    """How busy each post is while applications come, before and after."""
    rows = []
    for name in sorted(found.pairs[0][0]["posts"]):
        row: dict[str, Any] = {"post": name, "label": found.pairs[0][0]["posts"][name]["label"]}
        for side, rung in (("as_is", 0), ("to_be", -1)):
            ours = [pair[rung]["posts"][name] for pair in found.pairs]
            loads = [one["worked"] / one["available"] for one in ours if one["available"]]
            row[f"{side}_people"] = ours[0]["people"]
            row[f"{side}_load"] = fmean(loads) if loads else None
            row |= _ends(f"{side}_load", mean_interval(loads))
        rows.append(row)
    return rows


def applicants(found: Compared) -> dict[str, float] | None:
    """The minutes that an applicant spends on an application, before and after; None where the file says nothing."""
    rows = found.scenario.written.applicant
    made: dict[str, float] = {}
    for side, rung in (("as_is", 0), ("to_be", -1)):
        minutes = cases = 0.0
        for pair in found.pairs:
            for procedure in pair[rung]["procedures"].values():
                for name, one in procedure["channels"].items():
                    cases += one["cases"]
                    minutes += one["cases"] * sum(getattr(row, side) for row in rows if row.channel == name)
        made[side] = minutes / cases if cases else 0.0
    return made if rows else None


def runs(found: Compared) -> Rows:
    """The counts of every run by procedure: what all other figures come from."""
    return [
        {"pair": number, "rung": rung, "procedure": name, **vars(totals(run, name)), "unfinished": row["unfinished"]}
        for number, pair in enumerate(found.pairs, 1)
        for rung, run in enumerate(pair)
        for name, row in sorted(run["procedures"].items(), key=lambda one: one[1]["number"])
    ]


def every(found: Compared) -> dict[str, Rows]:
    """All of it, by the name of its file."""
    makers = {
        "figures": figures,
        "levers": levers,
        "units": work_units,
        "channels": channels,
        "posts": posts,
        "runs": runs,
    }
    return {name: make(found) for name, make in makers.items()}


def as_json(found: Compared) -> str:
    """All of it for programs, with what was asked."""
    asked, share = found.asked, saved(found.pairs)
    said = {
        "city": asked.city,
        "from": asked.first.isoformat(),
        "to": asked.last.isoformat(),
        "seed": asked.seed,
        "pairs": len(found.pairs),
        "scenario": found.scenario.written.label,
        "procedures": list(found.procedures),
        "saved_share": share.share if share else None,
        **_ends("saved_share", share.interval if share else None),
        "luck_shared": luck_shared(found.pairs),
        "applicant_minutes": applicants(found),
        **every(found),
    }
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write(rows: dict[str, Rows], folder: Path) -> None:
    """One CSV file for each, UTF-8 with a byte order mark."""
    for name, ours in rows.items():
        (folder / f"{name}.csv").write_text(as_csv(ours), encoding="utf-8-sig", newline="")


def as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """Rows as CSV text; words that a spreadsheet could take for a formula are guarded."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    if rows:
        writer.writerow(list(rows[0]))
    for row in rows:
        writer.writerow([guarded(value) if isinstance(value, str) else _number(value) for value in row.values()])
    return buffer.getvalue()


def _number(value: float | None) -> str:
    return "" if value is None else str(round(value, 6))
