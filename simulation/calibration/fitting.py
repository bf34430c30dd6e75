"""The fit: a light model for the search, the real engine for the truth, and what lies between carried along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from engine.definition import Procedure
from engine.errors import Refusal
from engine.municipality import Municipality
from procedures.plan import Plan
from procedures.plan_rows import Wait
from simulation.calibration.figures import Figures
from simulation.calibration.fitted import Fitted, FittedPlan, Model
from simulation.calibration.lead import Frame, Knobs, Lead, Told, told
from simulation.calibration.periods import Periods
from simulation.calibration.running import Trial, told_of
from simulation.calibration.spans import Span
from simulation.statistics import quantile

DAYS = ("mon", "tue", "wed", "thu", "fri")
KEPT = 60
"""How many values the file keeps of the days before the branches, from the shortest to the longest."""


@dataclass(frozen=True)
class Ground:
    """What a fit stands on: the declaration, its plan, the published periods, the city."""

    procedure: Procedure
    plan: Plan
    periods: Periods
    city: Municipality

    def frame(self, before: Sequence[int], days: int) -> Frame:
        """The light model's frame.

        Raises:
            Refusal: the city has no sittings of the meeting that the periods wait for.
        """
        rows = {row.id: row.days for row in self.plan.waits}
        waits = tuple(tuple(rows[name] for name in branch.waits) for branch in self.periods.branches)
        event = next(row for row in self.procedure.events if row.at_meeting and self.periods.after.ends == row.to)
        meeting = self.procedure.meetings[event.at_meeting or ""]
        sittings = next((row for row in self.city.meetings if row.id == event.at_meeting), None)
        if sittings is None or not sittings.weekdays:
            ja = f"{self.city.label}の設定に、{meeting.label}を開く曜日がありません。meetings に書いてください。"
            raise Refusal(ja, f"{self.city.id} has no weekdays of the meeting {event.at_meeting}")
        weekdays = tuple(DAYS.index(day) for day in sittings.weekdays)
        return Frame(waits, tuple(before), meeting.papers_before, weekdays, days)

    def waits(self, knobs: Knobs) -> FittedPlan:
        """The rows of a plan that the knobs stand for."""
        rows = {row.id: row for row in self.plan.waits}
        found = [row.model_copy(update={"days": round(knobs.office, 4)}) for row in self.periods.office]
        for branch, stretch in zip(self.periods.branches, knobs.branches, strict=True):
            found += [_long(rows[name], rows[name].days * stretch, knobs.spread) for name in branch.waits]
        after = _long(self.periods.after.wait, knobs.turn, knobs.spread)
        return FittedPlan(waits=(*found, after))


def _long(row: Wait, days: float, spread: float) -> Wait:
    return row.model_copy(update={"days": round(days, 4), "spread": round(spread, 4)})


@dataclass(frozen=True)
class Fit:
    """A fit: the file, the knobs, what the light model says, what the engine said in the last run."""

    fitted: Fitted
    knobs: Knobs
    light: Told
    spans: tuple[Span, ...]


def fit(ground: Ground, figures: Figures, trial: Trial, rounds: int, tell: Callable[[str], None]) -> Fit:
    """The knobs at which the engine gives the figures, and the engine's own figures at them.

    Args:
        figures: with the total and the share.
        rounds: how often the engine corrects the light model; each is a run.
        tell: hears what is going on.
    """
    target = target_of(figures, ground.periods)
    tell("いまの想定で動かします。")
    spans = trial.run(ground.periods, None)
    plain = Knobs(0.0, 0.6, (1.0,) * len(ground.periods.branches), 0.0)
    lead = _lead(ground, spans, plain, figures.days)
    knobs = plain
    for number in range(1, rounds + 1):
        knobs = lead.fitted(target, replace(knobs, turn=max(knobs.turn, 1.0)))
        tell(f"{number}回目の当てはめ: ばらつき {knobs.spread:.3f}、庁内 {knobs.office:.2f}日。確かめに動かします。")
        spans = trial.run(ground.periods, _file(ground, figures, lead, knobs))
        lead = Lead(lead.frame, told_of(spans, figures.days).shifted(told(lead.frame, knobs), -1))
    return Fit(_file(ground, figures, lead, knobs), knobs, told(lead.frame, knobs), tuple(spans))


def target_of(figures: Figures, periods: Periods) -> Told:
    """The figures as a target; zero stands for what they do not say."""
    return Told(tuple(figures.means[name] for name in periods.ids), figures.total or 0.0, figures.within or 0.0)


def predicted(ground: Ground, fitted: Fitted, figures: Figures) -> tuple[Fitted, Knobs, Told]:
    """A file for other means, its knobs, and what is expected of them; nothing is fitted anew.

    Only the waits follow the means: the spread and the office days are those of the fit.

    Raises:
        Refusal: the file was not fitted on the means of this procedure.
    """
    plan = fitted.procedures.get(figures.procedure)
    model = plan.model if plan else None
    if model is None or len(model.branches) != len(ground.periods.branches):
        ja = f"手続「{figures.procedure}」の期間に合わせた値のファイルではありません。calibrate fit で作ってください。"
        raise Refusal(ja, f"the file has no model of {figures.procedure}; make one with calibrate fit")
    frame = ground.frame(model.before, figures.days)
    lead = Lead(frame, Told(model.missed_means, model.missed_total, model.missed_within))
    knobs = lead.stretched(
        Knobs(model.office, model.spread, model.branches, model.turn), target_of(figures, ground.periods).means
    )
    return _file(ground, figures, lead, knobs, model.figures), knobs, lead.told(knobs)


def _lead(ground: Ground, spans: Sequence[Span], knobs: Knobs, days: int) -> Lead:
    """The light model framed by a run of the usual plan."""
    starts = [min(span.before) for span in spans]
    before = [quantile(starts, (n + 0.5) / KEPT) for n in range(KEPT)]
    frame = ground.frame(before, days)
    return Lead(frame, told_of(spans, days).shifted(told(frame, knobs), -1))


def _file(ground: Ground, figures: Figures, lead: Lead, knobs: Knobs, fitted_on: str = "") -> Fitted:
    frame = lead.frame
    model = Model(
        figures=fitted_on or figures.label,
        office=round(knobs.office, 4),
        spread=round(knobs.spread, 4),
        branches=tuple(round(one, 4) for one in knobs.branches),
        turn=round(knobs.turn, 4),
        before=frame.before,
        days=figures.days,
        missed_means=tuple(round(one, 4) for one in lead.misses.means),
        missed_total=round(lead.misses.total, 4),
        missed_within=round(lead.misses.within, 4),
    )
    plan = ground.waits(knobs).model_copy(update={"model": model})
    return Fitted(
        assumption=True,
        label=f"{figures.label} {figures.year}".strip(),
        source=figures.source,
        confidence="medium",
        procedures={ground.procedure.id: plan},
    )
