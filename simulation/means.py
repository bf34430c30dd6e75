"""What must be found out and written so that something holds: a small search, tried on a case in hand and not kept.

A register is taken to say what lets the case go on, unless a plan says how often it says otherwise; that is an
assumption like any other. What was found once is tried first the next time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from typing import Any

from engine import acts
from engine import answers as replies
from engine.definition.rows import Event
from engine.errors import Refusal
from engine.moves import permitted
from engine.people import known_by_facts
from engine.state import TaskState
from engine.work import Work
from simulation.guesses import Guesses

MOST_TRIALS = 600
FEW_TRIALS = 8
GIVEN_UP = 3


@dataclass(frozen=True)
class Means:
    """Facts to establish and answers to give."""

    facts: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, Any] | None = None


class Search:
    """Finds means for one procedure."""

    def __init__(self) -> None:
        self._places: dict[tuple[str, ...], tuple[int, ...]] = {}
        self._failed: dict[tuple[str, ...], int] = {}
        self._keeps: str | None = None

    def facts_for(self, work: Work, check: str, known: Mapping[str, Any]) -> dict[str, Any] | None:
        """The facts by which a check that its condition decides is passed; None when none are found."""
        condition = work.edition.condition("checks", check, "passes")
        if condition is None:
            return {}
        guesses = Guesses(work, condition)
        facts = {name: _values(work, name, known, guesses) for name in unknown_facts(work, condition.reads)}
        key = (work.edition.hash, "check", check)
        self._keeps = None
        found = self._search(work, key, facts, {}, lambda: work.judged("checks", check, "passes") is True)
        return found.facts if found else None

    def for_event(
        self, work: Work, event: Event, task: TaskState | None, known: Mapping[str, Any], wanted: Mapping[str, Any]
    ) -> Means | None:
        """What lets an event happen; None when nothing is found.

        Args:
            known: facts that are as they are.
            wanted: answers that are meant; the others are made up.
        """
        path = ("tasks", task.kind, "events", event.id, "when") if task else ("events", event.id, "when")
        condition = work.edition.condition(*path)
        names = unknown_facts(work, condition.reads) if condition else []
        guesses = Guesses(work, condition)
        facts = {name: _values(work, name, known, guesses) for name in names}
        state = task.state if task else work.whole.case.state
        work.asks = event.asks
        key = (work.edition.hash, state, *path)
        kept = f"given.{event.asks}."
        self._keeps = event.asks if condition and any(read.startswith(kept) for read in condition.reads) else None
        # What is to be written may follow from the facts: an amount is reckoned once they are known.
        _tried(
            work, {name: next((v for v in values if v is not None), None) for name, values in facts.items()}, names, {}
        )
        fields = _fields(work, event, Guesses(work, condition), wanted, condition.reads if condition else ())
        _tried(work, {}, names, {})
        return self._search(work, key, facts, fields, lambda: permitted(work, event.id, task))

    def filled(self, work: Work, event: Event, answers: Mapping[str, Any], missing: Sequence[str]) -> dict[str, Any]:
        """The answers with something plain in what else the small form of an event must have."""
        row = work.edition.inputs.get(event.asks or "")
        guesses = Guesses(work, None)
        fields = row.fields if row is not None and row.form is None else {}
        plain = {
            n: kind[0] if isinstance(kind, tuple) else guesses.plain(kind)[0]
            for n, kind in fields.items()
            if n in missing
        }
        return {**plain, **answers}

    def inputs_behind(self, work: Work, path: tuple[str, ...]) -> set[str]:
        """The small forms of which a condition, or a check it reads, wants the answers."""
        condition = work.edition.condition(*path)
        reads = reads_behind(work, condition.reads) if condition else frozenset[str]()
        return {read.split(".")[1] for read in reads if read.startswith("given.")}

    def _search(
        self,
        work: Work,
        key: tuple[str, ...],
        names: Mapping[str, Sequence[Any]],
        fields: Mapping[str, Sequence[Any]],
        goal: Callable[[], bool],
    ) -> Means | None:
        ranges = [*names.values(), *fields.values()]
        most = FEW_TRIALS if self._failed.get(key, 0) >= GIVEN_UP else MOST_TRIALS
        for places in self._in_turn(key, ranges, most):
            values = [one[place] for one, place in zip(ranges, places, strict=True)]
            facts = {n: v for n, v in zip(names, values, strict=False) if v is not None}
            answers = {n: v for n, v in zip(fields, values[len(names) :], strict=True) if v is not None}
            if _tried(work, facts, names, answers, self._keeps) and goal():
                self._places[key] = places
                self._failed.pop(key, None)
                _tried(work, {}, names, {})
                return Means(facts, answers or None)
        _tried(work, {}, names, {})
        self._failed[key] = self._failed.get(key, 0) + 1
        return None

    def _in_turn(self, key: tuple[str, ...], ranges: Sequence[Sequence[Any]], most: int) -> Iterator[tuple[int, ...]]:
        """Which value of each to try, what was right last time first."""
        last = self._places.get(key)
        if last is not None and len(last) == len(ranges) and all(p < len(r) for p, r in zip(last, ranges, strict=True)):
            yield last
        yield from islice(product(*(range(len(one)) for one in ranges)), most)


def unknown_facts(work: Work, reads: frozenset[str]) -> list[str]:
    """The facts a condition reads, through checks too, that nobody knows yet.

    What a register reports by itself, and what a thing is known by, is for nobody to guess.
    """
    everything = reads_behind(work, reads)
    read = {name.split(".")[1].removesuffix("[]") for name in everything if name.startswith("facts.")}
    reported = {signal.day for signal in work.edition.procedure.signals} | known_by_facts(work)
    known = {name for name, digest in work.whole.case.memo.get("facts", {}).items() if digest is not None}
    return [fact for fact in work.edition.facts if fact in read and fact not in known and fact not in reported]


def reads_behind(work: Work, reads: frozenset[str]) -> frozenset[str]:
    """What a condition reads, with what the checks, or all checks of the stages, read that it asks for."""
    named = {read.split(".")[1] for read in reads if read.startswith("checks.")}
    checks = {name for one in named for name in work.edition.stages.get(one, (one,))}
    behind = [work.edition.condition("checks", name, "passes") for name in sorted(checks)]
    return reads.union(*(condition.reads for condition in behind if condition))


def _tried(
    work: Work, facts: Mapping[str, Any], names: Iterable[str], answers: Mapping[str, Any], keeps: str | None = None
) -> bool:
    """Whether the case in hand could be made to look so; answers are kept where the condition reads them as kept."""
    kept = work.whole.case.memo.get("facts", {})
    said = {name: facts.get(name) for name in names if name in facts or kept.get(name) is not None}
    try:
        if said:
            acts.establish(work, said)
    except Refusal:
        return False
    if keeps is not None and answers:
        replies.keep(work, keeps, dict(answers))
    work.asked = dict(answers)
    work.look_anew(frozenset({"asked", "given"}))
    return True


def _values(work: Work, name: str, known: Mapping[str, Any], guesses: Guesses) -> list[Any]:
    """What a fact may be: what is known of it, or nothing said, or anything of its type."""
    if name in known:
        return [known[name]]
    return [None, *guesses.of_type(work.edition.facts[name].type)]


def _fields(
    work: Work, event: Event, guesses: Guesses, wanted: Mapping[str, Any], reads: Iterable[str]
) -> dict[str, Sequence[Any]]:
    """The fields of the small form of an event, each with what may be written there."""
    row = work.edition.inputs.get(event.asks or "")
    if row is None or row.form is not None:
        return {}
    asked = {read.split("[")[0] for read in reads}
    found: dict[str, Sequence[Any]] = {}
    for name, kind in row.fields.items():
        judged, required = bool({f"asked.{name}", f"given.{row.id}.{name}"} & asked), name in row.required
        if name in wanted:
            found[name] = [wanted[name]]
        elif required or judged:
            values = list(kind) if isinstance(kind, tuple) else guesses.of_type(kind) if judged else guesses.plain(kind)
            found[name] = ([] if required else [None]) + (values if judged else values[:1])
    return found
