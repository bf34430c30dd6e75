"""Answers judged by a form: normalised, then schema, conditions, rules and check digits, with every problem at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Literal

from engine.errors import AnswerProblem, DefinitionError, UnknownThing
from engine.problems import nearest
from forms import messages, visibility
from forms.conditions import Judge
from forms.form import Form, pattern_of
from forms.intake import Intake
from forms.loader import Forms
from forms.standing import standing
from forms.validation import HIDDEN, Failure, Validator
from forms.visibility import Record
from registers.check_digit import is_my_number, is_twelve_digits

FictionalNumbers = Literal["required", "refused", "any"]


@dataclass(frozen=True)
class Checked:
    """The answers as they are stored, or None, with every problem in the order in which the form asks.

    Answers that are stored as they were written are the document itself.
    """

    answers: dict[str, Any] | None
    problems: tuple[AnswerProblem, ...]


class Checker:
    """Judges answers by forms.

    Args:
        fictional_numbers: `required` on a practice store, where a number that could be somebody's My Number is refused;
            `refused` on a live one, where a wrong check digit is; `any` looks at no check digit.
        both: also ask the reference validator and raise where it disagrees.
    """

    def __init__(self, forms: Forms, *, fictional_numbers: FictionalNumbers = "required", both: bool = False) -> None:
        self._forms = forms
        self._numbers: FictionalNumbers = fictional_numbers
        self._both = both
        self._checkers: dict[str, FormChecker] = {}

    def check(self, form_id: str, document: object, *, at: dt.date, partial: bool = False) -> Checked:
        """What the form says to a document.

        Args:
            at: the civil day on which the answers are given.
            partial: for a draft: what is still missing is no problem.

        Raises:
            UnknownThing: there is no such form.
            DefinitionError: the form does not load.
        """
        if form_id not in self._checkers:
            self._checkers[form_id] = FormChecker(self._form(form_id), self._numbers, both=self._both)
        return self._checkers[form_id].check(document, at=at, partial=partial)

    def called(self, form_id: str, path: str) -> str:
        """What the form calls a field, by its dotted path; the path where it has no such field.

        Raises:
            UnknownThing: there is no such form.
            DefinitionError: the form does not load.
        """
        form = self._form(form_id)
        field = form.by_pointer.get(pattern_of("/" + path.replace(".", "/")))
        return field.label.ja if field is not None else path

    def _form(self, form_id: str) -> Form:
        form, problems = self._forms.load(form_id)
        if form is not None:
            return form
        known = self._forms.ids()
        if form_id not in known:
            hint = nearest(form_id, known)
            raise UnknownThing(f"フォーム {form_id} はありません。{hint}", f"there is no form {form_id}", form=form_id)
        raise DefinitionError(problems)


class FormChecker:
    """Judges answers by one form."""

    def __init__(self, form: Form, numbers: FictionalNumbers = "required", *, both: bool = False) -> None:
        self._form = form
        self._numbers: FictionalNumbers = numbers
        self._both = both
        self._stands = standing(form)
        self._intake = Intake(form, self._stands)
        self._validator = Validator(form.schema)

    def check(self, document: object, *, at: dt.date, partial: bool = False) -> Checked:
        """What the form says to a document; see `Checker.check`."""
        if not isinstance(document, dict):
            return Checked(None, (messages.problem(self._form, "", "type"),))
        told = self._told(document)
        if told == () and self._stands[""](document) and self._is_in_order(document, at):
            return Checked(document, ())
        tree, spoken = self._intake.take(document, None if told is None else _with_what_is_around(told))
        judge, found = self._form.conditions.on(tree, at), visibility.judged(self._form, tree)
        if told is None or spoken or tree != document:
            told = self._validator.failures(tree, both=self._both)
        failures = [*told, *visibility.unsaid(judge, found)]
        while not partial and (missing := visibility.missing_blocks(self._form, failures)):
            for pointer in missing:  # an empty block asks for its own fields
                tree = _put(tree, pointer.split("/")[1:], {})
            judge, found = self._form.conditions.on(tree, at), visibility.judged(self._form, tree)
            failures = [*self._validator.failures(tree, both=self._both), *visibility.unsaid(judge, found)]
        failures = visibility.without_consequences(self._form, [*failures, *self._numbers_of(found)])
        if partial:
            failures = [one for one in failures if one.keyword not in {"required", "minItems"}]
        spoken += [self._said(one, tree) for one in failures]
        spoken += self._broken_rules(found, judge, {one.pointer for one in spoken}, partial=partial)
        problems = self._grouped(spoken)
        return Checked(None if problems else tree, problems)

    def _told(self, document: dict[str, Any]) -> tuple[Failure, ...] | None:
        """What the schema says of a document as it was written; None where nobody asks, or it is no JSON."""
        try:
            return None if self._both else self._validator.failures(document)
        except ValueError:  # what is no JSON, and where, the intake says
            return None

    def _is_in_order(self, document: dict[str, Any], at: dt.date) -> bool:
        """Whether there is nothing to say of a document of which the schema says nothing."""
        judge, found = self._form.conditions.on(document, at), visibility.judged(self._form, document)
        return (
            all(judge.keeps(rule, one.it) for one in found for rule in one.node.rules)
            and not any(visibility.unsaid(judge, found))
            and not self._numbers_of(found)
        )

    def _broken_rules(
        self, records: list[Record], judge: Judge, wrong: set[str], *, partial: bool
    ) -> Iterator[AnswerProblem]:
        """Rules that are not kept, but for those over a field that is wrong already, or in a draft still missing."""
        tree = records[0].holder
        for pointer, _, it, node in records:
            for rule in node.rules:
                if judge.keeps(rule, it):
                    continue
                fields = [pointer + one.removeprefix(rule.scope) for one in rule.fields]
                missing = partial and any(at_pointer(tree, one) is None for one in fields)
                if missing or any(_touches(one, wrong) for one in fields):
                    continue
                label, words = messages.label_at(self._form, fields[0]).ja, rule.words
                yield AnswerProblem(fields[0], f"rule.{rule.id}", words.ja, words.easy, words.en, label)

    def _numbers_of(self, found: list[Record]) -> list[Failure]:
        if self._numbers == "any":
            return []
        real, keyword = (True, "real_number") if self._numbers == "required" else (False, "check_digit")
        return [
            Failure(f"{record.pointer}/{name}", keyword)
            for record in found
            for name in record.node.my_numbers
            if isinstance(value := record.holder.get(name), str)
            and is_my_number(value) is real
            and is_twelve_digits(value)
        ]

    def _said(self, failure: Failure, tree: dict[str, Any]) -> AnswerProblem:
        return messages.problem(self._form, failure.pointer, failure.keyword, at_pointer(tree, failure.pointer))

    def _grouped(self, problems: list[AnswerProblem]) -> tuple[AnswerProblem, ...]:
        """One problem a field, nothing inside what must not be there, in the order of the form."""
        if not problems:
            return ()
        if len(problems) == 1:
            return (self._at_attachment(problems[0]),)
        gone = tuple(f"{one.pointer}/" for one in problems if one.code in {HIDDEN, "additionalProperties"})
        first: dict[str, AnswerProblem] = {}
        for one in sorted(problems, key=lambda one: messages.urgency(one.code)):
            if not one.pointer.startswith(gone):
                placed = self._at_attachment(one)
                first.setdefault(placed.pointer, placed)
        return tuple(sorted(first.values(), key=lambda one: _place(one.pointer, self._form)))

    def _at_attachment(self, problem: AnswerProblem) -> AnswerProblem:
        """The problem, or moved to the attachment around it: nobody fills in the inside of one by hand."""
        field = self._form.field_at(problem.pointer)
        if field is None or field.type != "attachment":
            return problem
        return replace(problem, pointer="/".join(problem.pointer.split("/")[: len(field.pointer.split("/"))]))


def at_pointer(tree: Any, pointer: str) -> object:  # noqa: ANN401
    """What stands at a pointer, or None."""
    for step in pointer.split("/")[1:]:
        name = step.replace("~1", "/").replace("~0", "~")
        if isinstance(tree, dict):
            tree = tree.get(name)
        elif isinstance(tree, list) and name.isdecimal() and int(name) < len(tree):
            tree = tree[int(name)]
        else:
            return None
    return tree


def _touches(pointer: str, wrong: Iterable[str]) -> bool:
    """Whether something at, above or below the place is wrong."""
    return any(f"{one}/".startswith(f"{pointer}/") or f"{pointer}/".startswith(f"{one}/") for one in wrong)


def _place(pointer: str, form: Form) -> tuple[object, ...]:
    """Where a problem stands in the form: its list's place, the number in the list, then its own place."""
    steps = pattern_of(pointer).split("/")
    numbers = [int(step) for step in pointer.split("/") if step.isdecimal()]
    own = _own_place(pointer, form)
    outer = form.order.get("/".join(steps[: steps.index("*")]), len(form.order)) if "*" in steps else own
    return (outer, *numbers, own, pointer)


def _own_place(pointer: str, form: Form) -> int:
    field = form.field_at(pointer)
    return form.order[field.pointer] if field is not None else len(form.order)


def _with_what_is_around(failures: Iterable[Failure]) -> set[str]:
    """The places that fail, and those that they lie in."""
    found = set()
    for pointer, _ in failures:
        place = pointer
        while place and place not in found:
            found.add(place)
            place = place.rpartition("/")[0]
    return found


def _put(tree: Any, steps: list[str], value: object) -> Any:  # noqa: ANN401 - any part of a document
    """The tree with a value at a place, if there is somewhere to put it; what leads there is copied."""
    step, *more = steps
    if isinstance(tree, list) and step.isdecimal() and int(step) < len(tree) and more:
        at = int(step)
        return [*tree[:at], _put(tree[at], more, value), *tree[at + 1 :]]
    if not isinstance(tree, dict) or (more and step not in tree):
        return tree
    return {**tree, step: _put(tree[step], more, value) if more else value}
