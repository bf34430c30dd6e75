"""P2, P3, P23, P24: conditions held against every valid answer: never so, always so, none so, two so at once.

What is found has been seen: a document was made up that the form accepts, and the conditions themselves were asked of
it; or there is no choice of regions at all. Whatever lies between is counted as not decided.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice
from typing import Any

from checker.catalogue import rule
from checker.exploring.guessing import UNKNOWN
from checker.exploring.guessing import value as guessed
from checker.exploring.search import Explored
from checker.exploring.spots import Spot
from checker.exploring.ways import Ways
from checker.proving.budget import OutOfSteps, Proofs, Steps
from checker.proving.scene import Roots, Scenes
from checker.proving.solving import Untold, choices, none_holds
from checker.proving.subject import HOLDS, Subject, both, neither
from checker.proving.telling import told
from checker.proving.terms import named, value
from engine.conditions import Functions
from engine.conditions.tree import Call, Literal, Node
from engine.definition.rows import Event
from engine.edition import Edition
from engine.problems import Problem
from forms.form import Form

TRIES = 12
"""How many choices of regions are tried for a real case before a proof is given up."""
_ENDS = frozenset({"settled", "final"})
Path = tuple[str, ...]
Known = Mapping[str, Any]


@dataclass(frozen=True)
class Around:
    """What stands around an edition: its forms by id, the functions and settings of a city, the day, the proofs."""

    forms: Mapping[str, Form]
    functions: Functions
    settings: Mapping[str, Any]
    day: dt.date
    proofs: Proofs


@dataclass(frozen=True)
class Automatic:
    """An event that happens by itself, the path of its condition and its guard."""

    event: Event
    path: Path
    guard: Node


class Decisions:
    """The proofs about one edition."""

    def __init__(self, edition: Edition, around: Around) -> None:
        self._edition = edition
        self._around = around
        self._subject = Subject(edition, around.forms)
        self._scenes = Scenes(self._subject, around.functions, around.settings, around.day)
        self._settled: dict[tuple[Any, ...], bool] = {}

    def problems(self, found: Explored) -> Iterator[Problem]:
        """What is wrong at the decision points of the edition, each at the row that it is about."""
        yield from self._never_or_always()
        yield from self._at_spots(found)
        yield from self._among_natures()
        for name, route in self._edition.procedure.approval.items():
            paths = [("approval", name, "levels", one.id, "when") for one in route.levels]
            if paths and all(self._edition.condition(*path) for path in paths):
                yield from self._none_of(paths, f"「{name}」の決裁者が決まりません。", f"nobody decides {name}")

    def _never_or_always(self) -> Iterator[Problem]:
        """P2 and P23: what no valid answer makes true, or false."""
        told_of: set[Node] = set()
        for path, one in self._edition.conditions.items():
            if one.source.type != "yes_no" or one.whole in told_of or isinstance(one.whole, Literal):
                continue
            told_of.add(one.whole)
            tree = self._subject.guard(*path)
            for name, wanted in (("P2", tree), ("P23", Call("!", (tree,)))):
                if self._is_impossible(wanted):
                    is_ = "成り立ちません" if name == "P2" else "成り立ちます"
                    ja = f"この条件は、どんな答えでも{is_}。"
                    yield _problem(name, path, ja, f"this condition {'never' if name == 'P2' else 'always'} holds")

    def _is_impossible(self, wanted: Node) -> bool:
        """Whether a tree holds for no case: proved, or False."""
        return self._proved(lambda steps: next(choices(wanted, self._subject.values, steps), None) is None) is True

    def _at_spots(self, found: Explored) -> Iterator[Problem]:
        """P3 and P24, wherever a case can stand."""
        ways, told_of = Ways(self._edition), set[Path]()
        seen: set[tuple[Any, ...]] = set()
        for spot, leading in found.ways.items():
            here = (spot.state, spot.tasks, spot.proposal)
            names = dict.fromkeys((way.task, way.event) for way in leading)
            if here in seen or not leading or any(name.startswith("clock:") for _, name in names):
                continue
            seen.add(here)
            rows = [self._row(*name) for name in names]
            known = ways.known(spot)
            for one, other in combinations([row for row in rows if row.event.auto], 2):
                pair = (*one.path[:-1], *other.path[:-1])
                if one.path[:-2] == other.path[:-2] and pair not in told_of and self._differ(one, other):
                    problems = list(self._overlap(spot, known, one, other))
                    told_of |= {pair} if problems else set()
                    yield from problems
            ended = self._edition.state(spot.state).kind in _ENDS
            if not ended and (spot.state,) not in told_of and all(row.guard is not HOLDS for row in rows):
                problems = list(self._hole(spot, found, known, rows))
                told_of |= {(spot.state,)} if problems else set()
                yield from problems

    def _row(self, task: str | None, event: str) -> Automatic:
        path: Path = ("events", event) if task is None else ("tasks", task, "events", event)
        machine = self._edition.machine if task is None else self._edition.tasks[task]
        row = machine.events[event]
        return Automatic(row, (*path, "when"), self._subject.guard(*path, "when", event=row))

    def _differ(self, one: Automatic, other: Automatic) -> bool:
        effects = [self._effect(row) for row in (one, other)]
        return one.event.to != other.event.to or effects[0] != effects[1] or one.event.decides != other.event.decides

    def _effect(self, row: Automatic) -> object:
        if row.path[0] == "events":
            found = self._edition.effects.get(row.event.id)
        else:
            found = self._edition.task_effects.get((row.path[1], row.event.id))
        return found and found.model_dump(exclude={"id", "since", "until", "law"})

    def _overlap(self, spot: Spot, known: Mapping[str, Any], one: Automatic, other: Automatic) -> Iterator[Problem]:
        """P24: two events that happen by themselves, and a case in which both could."""
        tree = both(one.guard, other.guard)
        at = self._standing(tree, known)
        if self._again("P24", one.path, other.path, at):
            return

        def both_happen(roots: Roots) -> bool:
            return all(self._scenes.happens(row.event, row.path, roots) for row in (one, other))

        shown = self._shown(lambda steps: choices(tree, self._subject.values, steps, at), both_happen, known)
        if shown is not None:
            label = self._edition.state(spot.state).label
            ja = f"「{label}」で「{one.event.label}」と「{other.event.label}」が同時に成り立つ答えがあります。"
            ja += f"先に書かれた「{one.event.label}」だけが起きます。"
            en = f"both {one.event.id} and {other.event.id} hold in {spot.state}; the first declared happens"
            yield _problem("P24", other.path[:-1], ja, en, shown)

    def _hole(
        self, spot: Spot, found: Explored, known: Mapping[str, Any], rows: Sequence[Automatic]
    ) -> Iterator[Problem]:
        """P3: a case in which nothing that could happen here may, whatever is waited for."""
        guards = [row.guard for row in rows]
        tree = neither(guards)
        at = self._standing(tree, known)
        kept = [name for name in named(tree) if name not in at and self._subject.is_kept(name)]
        if not kept or self._again("P3", tuple(row.path for row in rows), at):
            return
        before = [
            self._row(way.task, way.event).guard for way in found.way_to(spot) if not way.event.startswith("clock:")
        ]

        def none_happens(roots: Roots) -> bool:
            real = {name: one for name in kept if (one := self._scenes.value(name, roots)) is not UNKNOWN}
            steps = Steps(self._around.proofs.budget)
            closed = next(none_holds(guards, self._subject.values, lambda _: False, steps, {**at, **real}), None)
            return closed is not None and not any(self._scenes.happens(row.event, row.path, roots) for row in rows)

        def search(steps: Steps) -> Iterator[Known]:
            for choice in none_holds(guards, self._subject.settled_values, self._subject.is_kept, steps, at):
                answers = {name: one for name, one in choice.items() if self._subject.is_answer(name)}
                if choice.keys() - at.keys() and all(value(one, answers, []) is not False for one in before):
                    yield choice

        shown = self._shown(search, none_happens, known)
        if shown is not None:
            label = self._edition.state(spot.state).label
            ja = f"「{label}」から先へ進めない答えがあります。待っても、どの操作の条件も成り立ちません。"
            en = f"there are answers with which nothing can happen in {spot.state}, however long it waits"
            yield _problem("P3", ("states", spot.state), ja, en, shown)

    def _among_natures(self) -> Iterator[Problem]:
        """P3: answers for which the case has no legal nature; P24: for which it has two."""
        rows = self._edition.procedure.natures
        paths = [("natures", one.id, "when") for one in rows]
        if not rows or not any(self._edition.condition(*path) for path in paths):
            return
        yield from self._none_of(paths, "どの行為の種類にも当たらない答えがあります。", "answers that fit no nature")
        for one, other in combinations(paths[: 1 + len(rows)], 2):
            if not (self._edition.condition(*one) and self._edition.condition(*other)):
                continue  # one without a condition is for the rest
            tree = both(self._subject.guard(*one), self._subject.guard(*other))
            shown = self._found(tree, [one, other], are=True)
            if shown is not None:
                ja = f"行為の種類 {one[1]} と {other[1]} の両方に当たる答えがあり、先に書かれた {one[1]} になります。"
                yield _problem(
                    "P24", other, ja, f"both natures {one[1]} and {other[1]} fit; the first one counts", shown
                )

    def _none_of(self, paths: Sequence[Path], ja: str, en: str) -> Iterator[Problem]:
        """P3: a case in which none of the conditions at some paths holds, told at the last."""
        tree = neither([self._subject.guard(*path) for path in paths])
        shown = self._found(tree, paths, are=False)
        if shown is not None:
            yield _problem("P3", paths[-1], ja, en, shown)

    def _found(self, tree: Node, paths: Sequence[Path], *, are: bool) -> str | None:
        """A real case for a tree in which the conditions at some paths all hold, or none does, in words."""
        conditions = [self._edition.condition(*path) for path in paths]

        def so(roots: Roots) -> bool:
            return all(self._scenes.holds(one, roots) is are for one in conditions)

        at = self._standing(tree, {})
        return self._shown(lambda steps: choices(tree, self._subject.settled_values, steps, at), so, {})

    def _standing(self, tree: Node, known: Mapping[str, Any]) -> dict[str, Any]:
        """The terms of a tree that are settled by where a case stands, and by the city."""
        seen = {**self._around.settings, **known}
        found = {name: guessed(self._subject.terms[name], seen) for name in named(tree)}
        return {name: one for name, one in found.items() if one is not UNKNOWN}

    def _again(self, *asked: Any) -> bool:  # noqa: ANN401 - whatever a question is about
        """Whether the same has been asked before at another spot."""
        key = (*asked[:-1], *sorted((name, repr(one)) for name, one in asked[-1].items()))
        known = key in self._settled
        self._settled[key] = True
        return known

    def _shown(
        self,
        search: Callable[[Steps], Iterator[Known]],
        is_so: Callable[[Roots], bool],
        standing: Mapping[str, Any],
    ) -> str | None:
        """A real case for one of the choices that a search finds, in words; None where none was met."""

        def look(steps: Steps) -> str | bool | None:
            some = list(islice(search(steps), TRIES))
            for chosen in some:
                for roots in self._scenes.made(chosen, standing):
                    if is_so(roots):
                        return told(self._subject, chosen, roots)
            return None if some else False

        found = self._proved(look)
        return found if isinstance(found, str) else None

    def _proved(self, look: Callable[[Steps], Any]) -> Any:  # noqa: ANN401 - what the search gives
        """What a search says; None where it was not decided."""
        proofs = self._around.proofs
        steps = proofs.begin()
        try:
            found = look(steps)
        except (OutOfSteps, Untold):
            found = None
        proofs.end(decided=found is not None)
        return found


def problems(edition: Edition, found: Explored, around: Around) -> Iterator[Problem]:
    """What is wrong at the decision points of an edition whose ways have been explored."""
    yield from Decisions(edition, around).problems(found)


def _problem(name: str, path: Path, ja: str, en: str, witness: str = "") -> Problem:
    return Problem(rule=name, path=path, ja=ja, en=en, severity=rule(name).severity, witness=witness)
