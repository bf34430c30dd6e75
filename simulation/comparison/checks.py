"""What is wrong with a scenario for a city and the procedures that run: told all at once, before the first run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import isclose

from engine.municipality import Municipality
from engine.problems import Problem, nearest
from procedures.drafts import Place
from procedures.findings import found, one_of
from procedures.plan import Plan
from simulation.comparison.claims import STEP, Claim, claims, meet, steps_meant
from simulation.comparison.levers import MeetingLever, MistakesLever, Planned, StaffLever
from simulation.comparison.scenario import LISTS, Scenario
from simulation.comparison.targets import Lever, OnSteps
from simulation.comparison.units import units
from simulation.comparison.work_levers import (
    CounterWithoutForms,
    MergeSteps,
    MinutesLever,
    Prefill,
    Reader,
    RemoveStep,
    SplitStep,
)
from simulation.people import key_of

Said = tuple[str, str, str]
"""The key, and the sentence in Japanese and in English."""


@dataclass(frozen=True)
class Ground:
    """What a scenario may name: the city, the posts with their people, all procedures, the plans of those that run."""

    city: Municipality
    people: Mapping[str, int]
    procedures: tuple[str, ...]
    plans: Mapping[str, Plan]


def scenario_problems(scenario: Scenario, ground: Ground) -> list[Problem]:
    """Names that lead nowhere (S005), and levers that are impossible or contradict each other (S006)."""
    problems = _applicant(scenario, ground)
    plans = dict(ground.plans)
    for key, rows in zip(LISTS, (scenario.baseline, scenario.levers), strict=True):
        before: list[tuple[Lever, list[Claim]]] = []
        for at, lever in enumerate(rows):
            place = Place(scenario.source, (key, at))
            here = Ground(ground.city, ground.people, ground.procedures, plans)
            problems += [_problem("S005", key, lever, place, *one) for one in _names(lever, here)]
            problems += [_problem("S006", key, lever, place, *one, "") for one in _impossible(lever)]
            ours = list(claims(lever, plans))
            problems += [_problem("S006", key, lever, place, *one, "") for one in _against(lever, ours, before, plans)]
            before.append((lever, ours))
            plans = {name: lever.of_plan(plan) if lever.about(name) else plan for name, plan in plans.items()}
    return sorted({*problems, *_staff(scenario, ground)})


def _problem(rule: str, key: str, lever: Lever, place: Place, at: str, ja: str, en: str, hint: str) -> Problem:  # noqa: PLR0913, PLR0917 - where and what
    return found(rule, (key, lever.id, *([at] if at else [])), place.below(at) if at else place, (ja, en), hint)


def _names(lever: Lever, ground: Ground) -> Iterator[tuple[str, str, str, str]]:
    """The names in a lever that lead nowhere, with the nearest that does not."""
    for name in lever.procedures:
        yield from _unknown("procedures", "手続", name, ground.procedures)
    plans = {name: plan for name, plan in ground.plans.items() if lever.about(name)}
    if not plans and set(lever.procedures) <= set(ground.procedures):
        names = "・".join(ground.plans)
        ja = f"このてこの手続({'・'.join(lever.procedures)})は、どれも動かしません。"
        yield "procedures", ja, "none of its procedures runs", f"動かすのは{names}"
    yield from _in_the_city(lever, ground)
    work = [row for plan in plans.values() for row in plan.work]
    steps = getattr(lever, "steps", ()) if not isinstance(lever, SplitStep) else (lever.step,)
    for step in steps:
        key = "step" if isinstance(lever, SplitStep) else "steps"
        yield from _unknown(key, "作業", step, [row.id for row in work] if plans else [step])
    for key, words in _unit_words(lever):
        for word in words:
            yield from _unknown(key, "作業単位", word, units().words)
            if key == "units" and plans and word in units().words and word not in {units().of(row) for row in work}:
                ja = f"作業単位「{word}」の作業が、動かす手続の想定ファイルにありません。"
                known = list(dict.fromkeys(units().of(row) for row in work))
                yield key, ja, f"no step of work is {word!r}", f"あるのは{'・'.join(known)}"
    channels = {row.id for plan in plans.values() for row in plan.channels}
    for channel in getattr(lever, "channels", ()):
        yield from _unknown("channels", "経路", channel, channels or [channel])


def _in_the_city(lever: Lever, ground: Ground) -> Iterator[tuple[str, str, str, str]]:
    """Posts and meetings that the city does not have, and posts with no work in what runs."""
    if isinstance(lever, StaffLever) and lever.post in {key_of(post) for post in ground.city.posts} - set(
        ground.people
    ):
        hint = f"動かす手続の職は{'・'.join(ground.people)}"
        yield "post", f"職「{lever.post}」は、動かす手続の仕事をしません。", f"{lever.post} has no work here", hint
    elif isinstance(lever, StaffLever):
        yield from _unknown("post", "職", lever.post, ground.people)
    if isinstance(lever, MeetingLever):
        yield from _unknown("meeting", "会議", lever.meeting, [row.id for row in ground.city.meetings])


def _unit_words(lever: Lever) -> Iterator[tuple[str, Iterable[str]]]:
    if isinstance(lever, OnSteps):
        yield "units", lever.units
    if isinstance(lever, SplitStep):
        yield "parts", lever.parts
    for key in ("minutes", "times"):
        words = getattr(lever, key, None)
        if isinstance(words, dict):
            yield key, words


def _unknown(key: str, kind: str, name: str, known: Iterable[str]) -> Iterator[tuple[str, str, str, str]]:
    known = list(dict.fromkeys(known))
    if name not in known:
        hint = one_of(name, known) or (f"あるのは{'・'.join(known)}" if kind == "作業単位" else "")
        yield key, f"「{name}」という{kind}はありません。", f"no such {key}: {name!r}", hint


def _impossible(lever: Lever) -> Iterator[Said]:
    """What a lever says that no run can do."""
    if isinstance(lever, OnSteps) and not isinstance(lever, Prefill) and not (lever.steps or lever.units):
        yield "", "どの作業のことか、steps か units を書いてください。", "name steps or units"
    if isinstance(lever, MinutesLever | Reader) and (lever.minutes is None) == (lever.times is None):
        yield "", "minutes と times は、どちらか一つを書いてください。", "write minutes or times"
    if isinstance(lever, CounterWithoutForms) and not (lever.minutes or lever.times):
        yield "", "minutes か times に、作業単位ごとの値を書いてください。", "write minutes or times by unit"
    if isinstance(lever, MistakesLever) and (lever.share is None) == (lever.times is None):
        yield "", "share と times は、どちらか一つを書いてください。", "write share or times"
    if isinstance(lever, SplitStep) and not isclose(sum(lever.parts.values()), 1, abs_tol=1e-6):
        total = sum(lever.parts.values())
        yield "parts", f"割合を足すと{total:g}です。1にしてください。", f"the parts add up to {total:g}, not to 1"
    if isinstance(lever, StaffLever):
        if lever.change == 0:
            yield (
                "change",
                "0人では何も変わりません。増やす人数か、減らす人数(-1)を書いてください。",
                "nobody comes or goes",
            )
        if lever.until_day is not None and lever.until_day < lever.from_day:
            yield "until_day", "until_day が from_day より前です。", "until_day is before from_day"
    if isinstance(lever, MeetingLever) and not (lever.weekdays or lever.weeks is not None or lever.capacity):
        yield "", "weekdays・weeks・capacity のどれかを書いてください。", "say weekdays, weeks or capacity"


def _against(
    lever: Lever, ours: list[Claim], before: list[tuple[Lever, list[Claim]]], plans: Mapping[str, Plan]
) -> Iterator[Said]:
    """Former levers that fix the same thing, or have done away with a step that this one works on."""
    if isinstance(lever, MergeSteps) and len(set(lever.steps)) < len(lever.steps):
        yield "steps", "同じ作業が二度書かれています。", "a step is named twice"
    if isinstance(lever, Planned) and lever.part == "work" and any(one[0] == STEP for _, c in before for one in c):
        yield "part", "前のてこが決めた作業の分を、消してしまいます。これをはじめに書いてください。", "write it first"
    for former, theirs in before:
        gone = isinstance(former, RemoveStep)
        steps = {(n, s) for n, plan in plans.items() if lever.about(n) for s in steps_meant(lever, plan)}
        lost = sorted({one[2] for one in theirs if gone and (one[1], one[2]) in steps})
        same = sorted({f"{one[0]} {one[2]}".strip() for one in ours for other in theirs if meet(one, other)})
        if lost:
            ja = f"作業「{'・'.join(lost)}」は、前のてこ「{former.label}」({former.id})でなくなります。"
            yield "", ja, f"{former.id} does away with {', '.join(lost)}"
        elif same:
            ja = f"前のてこ「{former.label}」({former.id})と、同じもの({'・'.join(same)})を別々に決めています。"
            yield "", ja, f"it contradicts {former.id}"


def _staff(scenario: Scenario, ground: Ground) -> Iterator[Problem]:
    """Posts that somebody's levers leave without anybody, on any day."""
    rows = [
        (key, at, lever)
        for key, levers in zip(LISTS, (scenario.baseline, scenario.levers), strict=True)
        for at, lever in enumerate(levers)
        if isinstance(lever, StaffLever) and lever.post in ground.people
    ]
    for key, at, lever in rows:
        others = [other for _, _, other in rows if other.post == lever.post]
        here = [
            o.change
            for o in others
            if o.from_day <= lever.from_day and (o.until_day is None or lever.from_day <= o.until_day)
        ]
        # Those who come to help are let go by no lever: only the post's own people can be taken away.
        left = ground.people[lever.post] + sum(change for change in here if change < 0)
        if lever.change < 0 and left <= 0:
            place = Place(scenario.source, (key, at))
            ja = f"「{lever.post}」は{ground.people[lever.post]}人です。{lever.from_day}日後からだれもいなくなります。"
            en = f"{lever.post} has {ground.people[lever.post]} people; nobody would be left"
            hint = f"-{ground.people[lever.post] - 1} まで" if ground.people[lever.post] > 1 else "1人の職は減らせない"
            yield found("S006", (key, lever.id, "change"), place.below("change"), (ja, en), hint)


def _applicant(scenario: Scenario, ground: Ground) -> list[Problem]:
    channels = {row.id for plan in ground.plans.values() for row in plan.channels}
    problems = []
    for at, row in enumerate(scenario.written.applicant):
        place = Place(scenario.source, ("applicant", at))
        for key, kind, word, known in (
            ("unit", "作業単位", row.unit, units().words),
            ("channel", "経路", row.channel, tuple(sorted(channels))),
        ):
            if word not in known:
                said = (f"「{word}」という{kind}はありません。", f"no such {key}: {word!r}")
                problems.append(found("S005", ("applicant", word), place.below(key), said, nearest(word, known)))
    return problems
