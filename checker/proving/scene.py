"""A real case for a choice of regions: answers that the form accepts, and everything else that conditions read."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from checker.exploring.guessing import UNKNOWN
from checker.proving.budget import OutOfSteps, Steps
from checker.proving.regions import OTHER, is_list
from checker.proving.solving import Untold, choices
from checker.proving.subject import Subject
from checker.proving.terms import plain, roots_read
from engine.conditions import Functions
from engine.conditions.evaluation import runnable
from engine.conditions.operators import Unsure
from engine.conditions.scope import Condition, Scope
from engine.conditions.tree import Call, Comprehension, Ident, Node, dotted
from engine.definition.rows import Event
from engine.shapes import Many, Record, Scalar, fill
from forms.samples import NoSample, Sampler

SEEDS = 4
"""How many documents are made up for a choice before it is given up."""
_FEW = 200
Roots = dict[str, Any]


class Scenes:
    """Makes cases up and asks the real conditions about them.

    Args:
        settings: what a city and the declaration give: `params` and `municipality`.
    """

    def __init__(self, subject: Subject, functions: Functions, settings: Mapping[str, Any], day: dt.date) -> None:
        self._subject = subject
        self._functions = functions.all()
        self._settings = settings
        self._day = day
        self._samplers: list[Sampler] = []

    def made(self, choice: Mapping[str, Any], standing: Mapping[str, Any] | None = None) -> Iterator[Roots]:
        """Cases in which the fields have the values chosen; whether other terms have theirs is not said.

        Args:
            standing: where the case stands, as an exploration knows it.
        """
        subject = self._subject
        sure = {subject.terms[name]: one for name, one in choice.items() if subject.is_one(name, one)}
        chosen = {subject.terms[name]: one for name, one in choice.items()}
        for document in self._documents(chosen, sure):
            roots: Roots = {"form": document, "checks": {}, **copy.deepcopy(dict(self._settings))}
            roots["case"] = self._case()
            for name, known in (standing or {}).items():
                roots[name] = {**roots.get(name, {}), **_without_unknown(known)}
            for term, one in chosen.items():
                path = dotted(term)
                if path is not None and not path.startswith(("form.", "tasks.")):
                    _put(roots, path.split("."), one)
            roots["checks"] = self._judged(roots)
            natures = self._subject.edition.procedure.natures
            found = (one.id for one in natures if self.holds(self._condition("natures", one.id, "when"), roots))
            roots["case"]["nature"] = next(found, None)
            yield roots

    def happens(self, event: Event, path: tuple[str, ...], roots: Roots) -> bool:
        """Whether an event may happen in a case, as far as its condition and the nature of the case go."""
        fits = not event.nature or roots["case"]["nature"] in event.nature
        return fits and self.holds(self._condition(*path), roots)

    def _condition(self, *path: str) -> Condition | None:
        return self._subject.edition.condition(*path)

    def holds(self, condition: Condition | None, roots: Roots) -> bool:
        """Whether a real condition holds in a case; none at all always does."""
        if condition is None:
            return True
        return condition.holds(self._scope(roots))

    def _scope(self, roots: Roots) -> Scope:
        return Scope(self._subject.edition.language, {name: partial(roots.__getitem__, name) for name in roots})

    def value(self, name: str, roots: Roots) -> Any:  # noqa: ANN401 - any value
        """What a term has in a case; `UNKNOWN` where that cannot be worked out."""
        term = self._subject.terms[name]
        if (path := dotted(term)) is not None and path.startswith("checks.") and path.endswith(".result"):
            return _judgement(roots["checks"].get(path.split(".")[1], {}))
        filled = {
            name: fill(self._subject.shapes[name], roots.get(name))
            for name in roots_read(term)
            if name in self._subject.shapes
        }
        try:
            return runnable(term, self._functions)(filled)
        except (Unsure, LookupError, TypeError):
            return UNKNOWN

    def _documents(self, chosen: Mapping[Node, Any], sure: Mapping[Node, Any]) -> Iterator[dict[str, Any]]:
        """Answers that the form accepts, with the values chosen; one that is empty where nothing of it is read.

        Every other one keeps only the values that are `sure`: another of the same region may be what a form wants.
        """
        ours = {term: one for term, one in chosen.items() if "form" in roots_read(term)}
        form = self._subject.form
        if not ours or form is None:
            yield {}
            return
        if not self._samplers:
            self._samplers.append(Sampler(form, today=self._day))
        sampler, wanted = self._samplers[0], [self._overrides(ours)]
        wanted.append(self._overrides({term: one for term, one in ours.items() if term in sure}))
        gone = [path for term, one in ours.items() if one is None and (path := dotted(term))]
        for seed in range(SEEDS):
            try:
                document = sampler.sample(seed, wanted[seed % 2], full=seed >= SEEDS // 2)
            except NoSample:
                continue
            for path in gone:
                _drop(document, path.split(".")[1:])
            checked = sampler.checker.check(copy.deepcopy(document), at=self._day)
            if not checked.problems:
                yield document

    def _overrides(self, chosen: Mapping[Node, Any]) -> dict[str, object]:
        found: dict[str, object] = {}
        for term, one in chosen.items():
            if (path := dotted(term)) is not None:
                found |= {} if one is None else {path: one}
            elif isinstance(term, Comprehension) and term.kind in {"exists", "all"} and isinstance(one, bool):
                found |= self._of_element(term, is_=one)
        return found

    def _of_element(self, term: Comprehension, *, is_: bool) -> dict[str, object]:
        """Answers of the first element of a list for which a question to the list has the answer chosen."""
        path = dotted(term.over)
        if path is None or not path.startswith("form.") or not is_list(self._subject.shapes, term.over):
            return {}
        body = self._subject.known(plain(term.body))
        wanted = body if is_ else Call("!", (body,))
        try:
            first = next(choices(wanted, self._of_variable(term), Steps(_FEW)), None)
        except (OutOfSteps, Untold):
            return {}
        found: dict[str, object] = {}
        for known, one in (first or {}).items():
            part = self._subject.terms[known]
            name = dotted(part)
            if one is None or one == OTHER or name is None:
                continue
            if isinstance(part, Ident):
                found[path] = [one]
            else:
                found[f"{path}.0.{name.partition('.')[2]}"] = one
        return found

    def _of_variable(self, term: Comprehension) -> Any:  # noqa: ANN401 - what gives the values of a term
        shapes = dict(self._subject.shapes)
        shape: Any = Record(shapes)
        for name in (dotted(term.over) or "").split("."):
            shape = shape.fields[name]
        item: Any = shape.item if isinstance(shape, Many) else None

        def values(known: str) -> list[Any]:
            inner, part = item, self._subject.terms[known]
            for name in (dotted(part) or "").split(".")[1:]:
                inner = inner.fields.get(name) if isinstance(inner, Record) else None
            if isinstance(inner, Scalar) and inner.choices:
                return [*inner.choices, None]
            return self._subject.values(known)

        return values

    def _case(self) -> dict[str, Any]:
        day = self._day.isoformat()
        return {"today": day, "opened_on": day, "arrived_on": day, "days_in_state": 0, "opened_by": "system"}

    def _judged(self, roots: Roots) -> dict[str, Any]:
        """The checks: by their conditions, or as they were chosen; a stage from its checks."""
        edition, found = self._subject.edition, dict[str, Any]()
        for name in edition.checks:
            condition = edition.condition("checks", name, "passes")
            result = roots["checks"].get(name, {}).get("result")
            if condition is not None:
                result = condition.value(self._scope(roots)).value
            found[name] = {"passed": result is True, "failed": result is False}
        for stage, names in edition.stages.items():
            ours = [found[name] for name in names]
            passed, failed = all(one["passed"] for one in ours), any(one["failed"] for one in ours)
            found[stage] = {"passed": passed, "failed": failed}
        return found


def _judgement(check: Mapping[str, bool]) -> bool | None:
    return True if check.get("passed") else False if check.get("failed") else None


def _without_unknown(known: object) -> Any:  # noqa: ANN401 - as it was given
    if isinstance(known, Mapping):
        return {name: _without_unknown(one) for name, one in known.items() if one is not UNKNOWN}
    return [_without_unknown(one) for one in known] if isinstance(known, list) else known


def _put(roots: Roots, path: list[str], one: object) -> None:
    holder = roots
    for name in path[:-1]:
        holder = holder.setdefault(name, {})
    holder[path[-1]] = one


def _drop(document: dict[str, Any], path: list[str]) -> None:
    holder: Any = document
    for name in path[:-1]:
        holder = holder.get(name) if isinstance(holder, dict) else None
    if isinstance(holder, dict):
        holder.pop(path[-1], None)
