"""The city's own sheet: how many a year, of them online, and minutes of each step; blank cells stay as assumed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.problems import Problem, nearest
from office.office import Definitions
from procedures.library import Entry
from procedures.plan import Plan, usual_plan
from procedures.plan_rows import Arrivals
from simulation.calibration.findings import BadFigures
from simulation.calibration.fitted import Fitted, FittedPlan
from simulation.calibration.grids import Row, read_grid, write_grid
from simulation.preparing import modelled, own_plan, population

NUMBER, ID, TITLE, STEP, STEP_TITLE = "手続番号", "手続ID", "手続", "作業ID", "作業"
COUNT, ONLINE, MINUTES, YEAR, SOURCE = "処理件数(年)", "うちオンライン(件)", "1件当たり処理時間(分)", "年度", "出典"
COLUMNS = (NUMBER, ID, TITLE, STEP, STEP_TITLE, COUNT, ONLINE, MINUTES, YEAR, SOURCE, "いまの想定(件・分)")
NEEDED = (ID, STEP, COUNT, MINUTES)
WHOLE = "全体"
MOST_MINUTES = 10_000
MOST_CASES = 1_000_000


class _Plans:
    """The plans of a city's procedures, each read once, and how many people live there."""

    def __init__(self, declared: Definitions) -> None:
        self._declared = declared
        self._read: dict[str, Plan] = {}
        names = modelled(declared, (), (dt.date.min, dt.date.max))
        self.entries = {entry.id: entry for entry in declared.library.list() if entry.id in names}
        self.people = population(declared.municipality)

    def of(self, entry: Entry) -> Plan:
        """The plan of a procedure: its own over the usual one."""
        if entry.id not in self._read:
            own = own_plan(self._declared, entry.id)
            self._read[entry.id] = own.over(usual_plan()) if own else usual_plan()
        return self._read[entry.id]


def template(declared: Definitions, out: Path) -> int:
    """The sheet to fill in, as CSV or xlsx by the name of the file; gives how many rows it has.

    Raises:
        Refusal: it is to be an xlsx and the library for it is not there.
    """
    lines: list[list[str | float]] = []
    plans = _Plans(declared)
    for entry in plans.entries.values():
        plan = plans.of(entry)
        yearly = f"{_yearly(plan, plans.people):.0f}件" if plan.arrivals else ""
        first: list[str | float] = [entry.number, entry.id, entry.title]
        lines.append([*first, "", WHOLE, "", "", "", "", "", yearly])
        lines += [[*first, row.id, row.label, "", "", "", "", "", f"{row.as_is:g}分"] for row in plan.work]
    write_grid(out, [list(COLUMNS), *lines])
    return len(lines)


@dataclass
class _Given:
    """What a sheet says of one procedure."""

    entry: Entry
    count: float | None = None
    online: float | None = None
    minutes: float | None = None
    steps: dict[str, float] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class FromSheet:
    """What a sheet gave: the fitted file, and words about what was fitted and what was not."""

    fitted: Fitted
    words: list[str]


def fit_sheet(declared: Definitions, path: Path) -> FromSheet:
    """The assumptions that a filled-in sheet gives; what its cells leave open stays as it was, and is told.

    Raises:
        BadFigures: it cannot be read, or some of its cells are wrong; all of them are named.
        OSError: it cannot be opened.
    """
    grid = read_grid(path)
    plans = _Plans(declared)
    given = _read(plans, grid.rows_under(NEEDED))
    filled = {name: one for name, one in given.items() if (one.count, one.minutes) != (None, None) or one.steps}
    if not filled:
        ja = f"数が一つもありません。{COUNT}か{MINUTES}の列に書いてください。"
        raise BadFigures([Problem(path.name, 2, 1, "S021", (), ja, "no figure is filled in")])
    words = [line for one in filled.values() for line in _told(one, plans.of(one.entry), plans.people)]
    rest = len(plans.entries) - len(filled)
    words += [f"ほかの手続{rest}件は数がないので、いまの想定のままです。"] if rest else []
    found = {name: _fitted(one, plans.of(one.entry), plans.people) for name, one in filled.items()}
    sources = dict.fromkeys(source for one in filled.values() for source in one.said)
    fitted = Fitted(
        assumption=True,
        label=f"{declared.municipality.label}の処理件数・処理時間",
        source="、".join(sources) or path.name,
        confidence="high",
        procedures=found,
    )
    return FromSheet(fitted, words)


def _read(plans: _Plans, rows: list[Row]) -> dict[str, _Given]:
    problems: list[Problem] = []
    entries = plans.entries
    found: dict[str, _Given] = {}
    seen: dict[tuple[str, str], int] = {}
    for row in rows:
        entry = entries.get(row[ID].text)
        if entry is None:
            hint = nearest(row[ID].text, entries)
            problems.append(row[ID].wrong(f"「{row[ID].text}」という手続はありません。", "no such procedure", hint))
            continue
        before = seen.setdefault((entry.id, row[STEP].text), row[ID].row)
        if before != row[ID].row:
            problems.append(row[ID].wrong(f"同じ手続・作業が{before}行目にもあります。", "the row stands there twice"))
            continue
        _take(found.setdefault(entry.id, _Given(entry)), row, plans.of(entry), problems)
    if problems:
        raise BadFigures(problems)
    return found


def _take(given: _Given, row: Row, plan: Plan, problems: list[Problem]) -> None:
    """The numbers of one row, with every problem that they have."""
    step, source = row[STEP].text, " ".join(row[key].text for key in (SOURCE, YEAR) if key in row).strip()
    count, minutes = row[COUNT].number(problems, MOST_CASES), row[MINUTES].number(problems, MOST_MINUTES)
    online = row[ONLINE].number(problems, MOST_CASES) if ONLINE in row else None
    for cell, value in ((row[COUNT], count), (row[MINUTES], minutes)):
        if value == 0:
            problems.append(cell.wrong("0では動かせません。", "it must not be zero", "分からないときは空ける"))
    given.said += [source] if source and any(one is not None for one in (count, minutes, online)) else []
    if step:
        _take_step(given, row, step, minutes, plan, problems)
        return
    if online is not None and (online > count if count is not None else not row[COUNT].text):
        ja = "オンラインの件数が処理件数より多いか、処理件数がありません。"
        problems.append(row[ONLINE].wrong(ja, "more online than in all"))
    given.count, given.online, given.minutes = count, online, minutes


def _take_step(given: _Given, row: Row, step: str, minutes: float | None, plan: Plan, problems: list[Problem]) -> None:
    known = {one.id for one in plan.work}
    if step not in known:
        problems.append(row[STEP].wrong(f"「{step}」という作業はありません。", "no such step", nearest(step, known)))
    elif row[COUNT].text:
        ja = "件数は作業ごとには使いません。作業IDのない行(全体)に書いてください。"
        problems.append(row[COUNT].wrong(ja, "a count belongs to the row of the whole procedure"))
    elif minutes is not None:
        given.steps[step] = minutes


def _fitted(given: _Given, plan: Plan, people: int) -> FittedPlan:
    arrivals = None
    if given.count is not None:
        source = "、".join(dict.fromkeys(given.said)) or "市の実績"
        changed = {
            "per_year": given.count,
            "city_population": people,
            "source": source,
            "confidence": "high",
        }
        usual = plan.arrivals or Arrivals(per_year=given.count, city_population=1)
        arrivals = usual.model_copy(update=changed)
    return FittedPlan(arrivals=arrivals, channels=_channels(given, plan), minutes=_minutes(given, plan))


def _channels(given: _Given, plan: Plan) -> dict[str, float]:
    """The share of the channels that are open at any time from the sheet, of the others in proportion."""
    if given.online is None or not given.count:
        return {}
    share = given.online / given.count
    online = sum(row.as_is for row in plan.channels if row.at == "any_time")
    other = sum(row.as_is for row in plan.channels if row.at != "any_time")
    if not online or not other:
        return {}
    found = {
        row.id: round(row.as_is * (share / online if row.at == "any_time" else (1 - share) / other), 6)
        for row in plan.channels
    }
    last = plan.channels[0].id
    return {**found, last: round(1 - sum(value for name, value in found.items() if name != last), 6)}


def _minutes(given: _Given, plan: Plan) -> dict[str, float]:
    """Minutes by step; what a whole has beyond the steps that are given is shared out among the others."""
    if given.minutes is None:
        return given.steps
    others = {row.id: row.as_is for row in plan.work if row.id not in given.steps}
    left, usual = given.minutes - sum(given.steps.values()), sum(others.values())
    if left <= 0 or not usual:
        return given.steps
    return given.steps | {name: round(minutes * left / usual, 3) for name, minutes in others.items()}


def _told(given: _Given, plan: Plan, people: int) -> Iterator[str]:
    """What was fitted for a procedure and what was not."""
    before = f"{given.entry.number}. {given.entry.title}: "
    if given.count is None:
        yield f"{before}処理件数が空なので、いまの想定のままです。"
    else:
        usual = f"{_yearly(plan, people):,.0f}件" if plan.arrivals else "想定なし"
        yield f"{before}年{given.count:,.0f}件にしました(いままで{usual})。月ごとの波は想定のままです。"
    if given.count is not None and given.online is None:
        yield f"{before}オンラインの件数が空なので、割合はいまの想定のままです。"
    elif given.online is not None and not _channels(given, plan):
        yield f"{before}オンラインの割合は合わせられませんでした。想定にオンラインかほかの経路がありません。"
    made, steps = _minutes(given, plan), len(plan.work)
    whole = "。全体の時間は、どの作業も1件に一度とみて配りました" if len(made) > len(given.steps) else ""
    if given.minutes is not None and len(made) == len(given.steps):
        whole = "。全体の時間は作業の合計より短いか配る先がなく、使いませんでした"
    yield f"{before}処理時間は{steps}の作業のうち{len(made)}を実績にしました{whole}。"


def _yearly(plan: Plan, people: int) -> float:
    arrivals = plan.arrivals
    return arrivals.per_year * people / arrivals.city_population if arrivals else 0.0
