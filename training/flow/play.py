"""A flow in the hands of a learner: look, mark waste, pull levers, predict, run. Its own figures are the judge."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.errors import NotPossibleNow, UnknownThing
from engine.problems import nearest
from office.office import Definitions
from simulation.statistics import mean_interval
from training.flow import seeing
from training.flow.observed import Observed
from training.flow.pulling import Pull, pulled, values_of
from training.flow.subject import Flow, ground_of, walked
from training.flow.waste import KINDS, figures_of, wastes
from training.judging import Judged
from training.play import Act, shown
from training.scoring import FULL, Score

FOR_WALKING, FOR_WASTE, FOR_PREDICTING, FOR_CHANGING = 10, 30, 30, 30
ENOUGH_WASTE = 3
WRONG = 5
MOST_LEVERS = 5
QUANTITIES = {"days": "到達から通知までの日数", "minutes": "1件の作業の分"}
SAME = 0.01
"""The share by which a figure may differ and still be called the same."""
NEAR = 0.1
"""The share of the present figure by which a prediction may be off."""
MOST = 100_000


@dataclass
class FlowPlay:
    """A BPR lesson as far as the learner has come. `after` is what the runs with the levers showed, once they ran."""

    declared: Definitions
    flow: Flow
    before: Observed
    after: Observed | None = None
    kept: Observed | None = None
    judged: list[Judged] = field(default_factory=list)
    marked: dict[tuple[str, str], bool] = field(default_factory=dict)
    levers: list[Pull] = field(default_factory=list)
    predicted: dict[str, float] = field(default_factory=dict)

    @property
    def over(self) -> bool:
        """Whether the levers were run: a prediction made afterwards would be none."""
        return self.after is not None

    def act(self, act: Act) -> Judged:
        """Do it and judge it.

        Raises:
            NotPossibleNow: it has run, or what has to come before a run is missing.
            UnknownThing: nothing here has that name.
            DefinitionError: a lever cannot be pulled like this.
        """
        if self.over:
            ja = "この流れはもう動かしました。train finish で振り返りを見られます。種を変えればもう一度できます。"
            raise NotPossibleNow(ja, "this flow has run; see train finish")
        doing = {
            "look": self._look,
            "mark": self._mark,
            "change": self._change,
            "undo": self._undo,
            "predict": self._predict,
            "run": self._run,
            "note": self._note,
        }
        if act.kind not in doing:
            ja = f"「{act.kind}」という動きはありません。{'・'.join(doing)}のどれかです。{nearest(act.kind, doing)}"
            raise UnknownThing(ja, f"no act {act.kind!r}", act=act.kind)
        judged = doing[act.kind](act)
        self.judged.append(judged)
        return judged

    def _look(self, act: Act) -> Judged:
        if act.name not in seeing.LOOKS:
            hint = nearest(act.name, seeing.LOOKS)
            ja = f"「{act.name}」は見られません。{'・'.join(seeing.LOOKS)}のどれかです。{hint}"
            raise UnknownThing(ja, f"there is no {act.name!r} to look at", name=act.name)
        again = any((one.act, one.name) == ("look", act.name) for one in self.judged)
        seen = tuple(seeing.lines(self.declared, self.flow, self.before, act.name))
        return Judged("look", act.name, "detour" if again else "right", seeing.LOOKS[act.name], seen=seen)

    def _mark(self, act: Act) -> Judged:
        if act.value not in KINDS:
            ja = f"無駄の種類は{'・'.join(KINDS)}のどれかです。{nearest(act.value, KINDS)}例: mark input retype"
            raise UnknownThing(ja, f"no kind of waste {act.value!r}", kind=act.value)
        found = {(one.at, one.kind): one for one in wastes(self.before, self.flow.plan)}
        known = [*(row.id for row in self.before.places), *(row.id for row in self.before.tasks)]
        known = list(dict.fromkeys([*known, *(row.event for row in self.flow.plan.batches)]))
        if act.name not in known:
            hint = nearest(act.name, known)
            ja = f"「{act.name}」はこの流れにありません。{hint} look flow と look steps で名前が分かります。"
            raise UnknownThing(ja, f"there is no {act.name!r} in this flow", name=act.name)
        key, name = (act.name, act.value), f"{act.name} {act.value}"
        again, here = key in self.marked, found.get(key)
        self.marked[key] = here is not None
        if here is not None:
            return Judged("mark", name, "detour" if again else "right", f"{KINDS[act.value]}: {here.ground}。")
        ground = figures_of(self.before, act.name)
        said = f"「{act.name}」に「{KINDS[act.value]}」はありません。"
        return Judged("mark", name, "wrong", said, "ここを直しても、申請した人も職員も楽になりません。", ground)

    def _change(self, act: Act) -> Judged:
        if len(self.levers) == MOST_LEVERS:
            raise NotPossibleNow(
                f"てこは{MOST_LEVERS}つまでです。undo で一つ戻せます。", f"at most {MOST_LEVERS} levers"
            )
        pull = Pull(act.name, act.answers if act.answers is not None else values_of(act.value))
        made = pulled([*self.levers, pull], ground_of(self.declared, self.flow))
        self.levers.append(pull)
        labels = "・".join(dict.fromkeys(row.label for row in made.rows))
        return Judged("change", act.name, "note", f"変えること: {labels}")

    def _undo(self, _: Act) -> Judged:
        if not self.levers:
            raise NotPossibleNow("戻すてこがありません。", "there is no lever to undo")
        return Judged("undo", self.levers.pop().name, "note", f"戻しました。残りのてこは{len(self.levers)}つです。")

    def _predict(self, act: Act) -> Judged:
        if act.name not in QUANTITIES:
            ja = f"予想するのは days(日数)か minutes(分)です。{nearest(act.name, QUANTITIES)}例: predict days 12.5"
            raise UnknownThing(ja, f"predict days or minutes, not {act.name!r}", name=act.name)
        try:
            number = float(act.value)
        except ValueError:
            number = math.nan
        if not 0 <= number <= MOST:  # also when it is none
            ja = f"予想は0から{MOST:,}までの数で書いてください。例: predict {act.name} 12.5"
            raise UnknownThing(ja, f"write a number from 0 to {MOST}", value=act.value)
        self.predicted[act.name] = number
        now = now_of(self.before)[act.name]
        said = f"{QUANTITIES[act.name]}は、いま{now:.1f}、変えた後は{number:g}と予想しました。"
        return Judged("predict", act.name, "note", said)

    def _run(self, _: Act) -> Judged:
        missing = [f"predict {name} 数" for name in QUANTITIES if name not in self.predicted]
        if missing or not self.levers:
            first = [] if self.levers else ["change てこの名前"]
            ja = f"動かす前に、{'・'.join([*first, *missing])} をします。予想してから動かすと、思い違いに気付けます。"
            raise NotPossibleNow(ja, "pull a lever and predict days and minutes first")
        change = pulled(self.levers, ground_of(self.declared, self.flow))
        self.after = self.kept or walked(self.declared, self.flow, change)
        return Judged(
            "run", "", "right" if self.improvement() > 0 else "detour", "動かしました。", seen=self._compared()
        )

    def _compared(self) -> tuple[str, ...]:
        after = now_of(self.after or self.before)
        now = now_of(self.before)
        return tuple(
            f"{label}: {now[name]:.1f} → {after[name]:.1f}(予想 {self.predicted[name]:g})"
            for name, label in QUANTITIES.items()
        )

    def _note(self, act: Act) -> Judged:
        return Judged("note", "", "note", shown(act.value))

    def hit(self, name: str) -> tuple[bool, bool]:
        """Whether a prediction had the right direction, and whether it was near."""
        if self.after is None:
            return False, False
        now, after = now_of(self.before)[name], now_of(self.after)[name]
        predicted = self.predicted[name]
        return _way(now, predicted) == _way(now, after), abs(predicted - after) <= NEAR * max(now, SAME)

    def improvement(self) -> float:
        """How sure it got better: 1 surely, a half in the mean, 0 not, or where something got surely worse."""
        if self.after is None:
            return 0.0
        better = sure = False
        for place, name in enumerate(QUANTITIES):
            now, after = now_of(self.before)[name], now_of(self.after)[name]
            pairs = zip(self.before.by_run, self.after.by_run, strict=True)
            interval = mean_interval([b[place] - a[place] for a, b in pairs])
            if _way(now, after) > 0 and interval is not None and interval.low > 0:
                return 0.0
            better |= _way(now, after) < 0
            sure |= _way(now, after) < 0 and interval is not None and interval.high < 0
        return 1.0 if sure else 0.5 if better else 0.0

    def score(self) -> Score:
        """What the acts so far are worth: walking, waste, the prediction, and whether the change helped."""
        needed = min(ENOUGH_WASTE, len(wastes(self.before, self.flow.plan)))
        found = min(needed, sum(self.marked.values()))
        wrong = sum(one.verdict == "wrong" for one in self.judged)
        walked_it = any((one.act, one.name) == ("look", "flow") for one in self.judged)
        hits = [one for name in QUANTITIES for one in self.hit(name)]
        points = FOR_WALKING * walked_it + FOR_WASTE * (found / needed if needed else 1.0) - WRONG * wrong
        points += FOR_PREDICTING * sum(hits) / len(hits) + FOR_CHANGING * self.improvement()
        points = points if self.judged else 0
        good = int(self.improvement() > 0)
        return Score(max(0, min(FULL, round(points))), found, needed, good, 1, wrong, self.over)


def now_of(found: Observed) -> Mapping[str, float]:
    """The figures that are predicted."""
    return {"days": found.days, "minutes": found.minutes}


def _way(now: float, then: float) -> int:
    """Whether a figure grows (1), shrinks (-1) or stays."""
    if abs(then - now) <= SAME * max(now, SAME):
        return 0
    return 1 if then > now else -1
