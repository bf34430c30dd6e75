"""Made-up answers that a form accepts: coherent, the same for the same seed, and nobody's.

Nothing here knows a form. Fields are filled in their order as far as the conditions show them; what the form then still
says is mended until it says nothing.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Mapping
from itertools import pairwise
from random import Random
from typing import Any

from engine.errors import AnswerProblem, MadoguchiError
from forms.checking import FormChecker, at_pointer
from forms.conditions import fields_read
from forms.form import Field, Form, Rule, Schema, pattern_of
from forms.household import Household
from forms.messages import resolved
from forms.validation import HIDDEN
from forms.values import Values
from registers.fiction import Fiction, places

Document = dict[str, Any]
PLACE = "hitachinaka"
ROUNDS = 60
LONGEST_LIST = 3
_SHARE_OF_OPTIONAL = {"block": 0.1, "list": 0.3, "attachment": 0.5}
_HALF = 0.5
_ABROAD = "country"


class NoSample(MadoguchiError):
    """No answers could be made up that the form accepts; carries what it still says."""

    code = "no_sample"


class Sampler:
    """Makes up answers to one form.

    Args:
        today: the day on which the answers are given.
        place: the city of the addresses (`registers.fiction.places`).
    """

    def __init__(self, form: Form, *, today: dt.date, place: str = PLACE) -> None:
        self.form = form
        self.today = today
        self.checker = FormChecker(form, "required")
        self._place = places()[place]

    def sample(self, seed: int, overrides: Mapping[str, object] | None = None, *, full: bool = False) -> Document:
        """Answers that the form accepts.

        Args:
            overrides: values by dotted path or pointer that stay as given; what the form says about them is let be.
            full: answer whatever is asked, required or not.

        Raises:
            NoSample: the form cannot be satisfied with these overrides.
        """
        luck = Random(f"{self.form.id}/{seed}")
        return _Draft(self, luck, overrides or {}, full=full).made()

    def values(self, luck: Random) -> Values:
        """A new household's values."""
        return Values(luck, Household(Fiction(luck, self._place)), self.today)


def sample(
    form: Form, seed: int, *, overrides: Mapping[str, object] | None = None, today: dt.date, place: str = PLACE
) -> Document:
    """Answers that the form accepts, the same for the same seed; see `Sampler`."""
    return Sampler(form, today=today, place=place).sample(seed, overrides)


class _Draft:
    """One document on its way to being accepted."""

    def __init__(self, sampler: Sampler, luck: Random, overrides: Mapping[str, object], *, full: bool) -> None:
        self._form = sampler.form
        self._sampler = sampler
        self._luck = luck
        self._values = sampler.values(luck)
        self._fixed = {_pointer(path): value for path, value in overrides.items()}
        self._full = full
        self._tree: Document = {}

    def made(self) -> Document:
        """The finished document."""
        self._put_fixed()
        self._fill(self._tree, "", "", {"": self._tree})
        problems: tuple[AnswerProblem, ...] = ()
        for _ in range(ROUNDS):
            self._link()
            problems = self._sampler.checker.check(self._tree, at=self._sampler.today).problems
            open_ones = [one for one in problems if not self._is_let_be(one)]
            if not open_ones:
                return self._tree
            for one in open_ones:
                self._mend(one)
        raise NoSample(
            f"{self._form.id} の見本を作れませんでした: {problems[0].pointer} {problems[0].ja}",
            f"no sample of {self._form.id}: {problems[0].pointer} {problems[0].en}",
            problems=problems,
        )

    def _fill(self, record: Document, pointer: str, pattern: str, above: Mapping[str, Document]) -> None:
        """Answer the fields of a record in order, each as the answers before it ask."""
        for field in self._form.by_parent.get(pattern, ()):
            if field.name in record or self._is_wanted(field, above[field.scope]):
                self._answer(field, record, pointer, above)
        for name in self._form.inline_records(pattern):
            inner = record.setdefault(name, {})
            self._fill(inner, f"{pointer}/{name}", f"{pattern}/{name}", {**above, f"{pattern}/{name}": inner})
            if not inner:
                del record[name]

    def _is_wanted(self, field: Field, it: Document) -> bool:
        """Whether the form asks for the field as things stand, and it must be answered or is liked to be."""
        if field.when is None and field.required_when is None:
            return field.required or self._likes(field)
        judge = self._form.conditions.on(self._tree, self._sampler.today)
        return judge.shows(field, it) and (judge.needs(field, it) or self._likes(field))

    def _likes(self, field: Field) -> bool:
        """Whether to answer what need not be answered."""
        usual = 0.0 if field.name == _ABROAD else _SHARE_OF_OPTIONAL.get(field.type, _HALF)
        usual = next((hint.share for hint in field.samples if hint.share is not None), usual)
        return self._luck.random() < (1.0 if self._full and usual else usual)

    def _answer(self, field: Field, record: Document, pointer: str, above: Mapping[str, Document]) -> None:
        at = f"{pointer}/{field.name}"
        if self._is_fixed(at):
            return
        if field.type == "block":
            inner = record.setdefault(field.name, {})
            self._fill(inner, at, field.pointer, {**above, field.pointer: inner})
        elif field.items is not None:
            record[field.name] = self._items(field, at)
        elif field.type == "list":
            items = record.setdefault(field.name, [])
            items += [{} for _ in range(self._length(field) - len(items))]
            for number, item in enumerate(items):
                inner_pattern = f"{field.pointer}/*"
                self._fill(item, f"{at}/{number}", inner_pattern, {**above, inner_pattern: item})
        elif field.type == "attachment":
            record[field.name] = self._attachment(resolved(self._form, field))
        else:
            value = self._values.draw(field, pointer)
            record |= {field.name: value} if value != "" else {}

    def _is_fixed(self, pointer: str) -> bool:
        return any(f"{pointer}/".startswith(f"{one}/") for one in self._fixed)

    def _length(self, field: Field) -> int:
        least = int(field.schema.get("minItems", 1))
        return self._luck.randint(max(least, 1), max(least, min(int(field.schema.get("maxItems", 1)), LONGEST_LIST)))

    def _items(self, field: Field, at: str) -> list[object]:
        """Plain values of a list, none twice, in the order of the choices where there are any."""
        item = self._form.by_pointer[f"{field.pointer}/*"]
        drawn = dict.fromkeys(self._values.draw(item, at) for _ in range(self._length(field)))
        order = [choice.id for choice in item.choices]
        return sorted(drawn, key=lambda one: order.index(str(one)) if one in order else 0)

    def _attachment(self, schema: Schema) -> Document:
        return {name: self._values.from_schema(inner) for name, inner in schema.get("properties", {}).items()}

    def _link(self) -> None:
        """Make same what the form's hints call the same."""
        linked = [(field, hint) for field in self._form.fields for hint in field.samples if hint.same_as is not None]
        for field, hint in linked:
            first = field.pointer.replace("*", "0")
            value, holder = self._at(hint.same_as or ""), at_pointer(self._tree, first.rsplit("/", 1)[0])
            free = not self._is_fixed(first) and all(self._at(path) == one for path, one in hint.only.items())
            if free and value is not None and isinstance(holder, dict) and field.name in holder:
                holder[field.name] = value

    def _at(self, path: str) -> object:
        return at_pointer(self._tree, _pointer(path))

    def _is_let_be(self, problem: AnswerProblem) -> bool:
        """Whether an override is at the bottom of it: it was asked for."""
        rule = next((one for one in self._form.rules if problem.code == f"rule.{one.id}"), None)
        places_of = rule.fields if rule is not None else (pattern_of(problem.pointer),)
        fixed = {pattern_of(pointer) for pointer in self._fixed}
        return any(f"{place}/".startswith(f"{one}/") for place in places_of for one in fixed)

    def _mend(self, problem: AnswerProblem) -> None:
        """Take away what must not be there, add what is missing, and draw again what is wrong."""
        pointer = problem.pointer
        if problem.code.startswith("rule."):
            rule = next(one for one in self._form.rules if problem.code == f"rule.{one.id}")
            pointer = same_place(problem.pointer, self._luck.choice(self._concerned(rule)))
        pointer = self._outermost_missing(pointer)
        *above, name = pointer.split("/")
        holder = at_pointer(self._tree, "/".join(above))
        field = self._form.by_pointer.get(pattern_of(pointer))
        if not isinstance(holder, dict) or self._is_fixed(pointer):
            return
        if problem.code == HIDDEN or (field is None and name in holder):
            holder.pop(name, None)
            return
        if field is None:  # a record of the form's own, which is no field
            inner = holder.setdefault(name, {})
            self._fill(
                inner, pointer, pattern_of(pointer), {**self._records_above(pointer), pattern_of(pointer): inner}
            )
            return
        if field.type in {"block", "list"} and problem.code != "required":
            holder.pop(name, None)
        self._answer(field, holder, "/".join(above), self._records_above(pointer))

    def _outermost_missing(self, pointer: str) -> str:
        """The pointer, or that of the block around it of which nothing is there yet."""
        steps = pointer.split("/")
        above = ("/".join(steps[:length]) for length in range(2, len(steps)))
        return next((one for one in above if at_pointer(self._tree, one) is None), pointer)

    def _concerned(self, rule: Rule) -> list[str]:
        """The fields that may be changed to keep a rule."""
        condition = self._form.conditions.get(rule.place)
        read = fields_read(condition, rule.scope) if condition is not None else []
        return [*rule.fields, *(one for one in read if one in self._form.by_pointer and one not in rule.fields)]

    def _records_above(self, pointer: str) -> dict[str, Document]:
        found = {"": self._tree}
        steps = pointer.split("/")[1:-1]
        for length in range(1, len(steps) + 1):
            at = "/" + "/".join(steps[:length])
            record = at_pointer(self._tree, at)
            if isinstance(record, dict):
                found[pattern_of(at)] = record
        return found

    def _put_fixed(self) -> None:
        for pointer, value in self._fixed.items():
            holder: Any = self._tree
            steps = pointer.split("/")[1:]
            name = steps[-1]
            for step, after in pairwise(steps):
                holder = _step_into(holder, step, [] if after.isdecimal() else {})
            if isinstance(holder, list):
                holder += [{} for _ in range(int(name) + 1 - len(holder))]
                holder[int(name)] = copy.deepcopy(value)
            else:
                holder[name] = copy.deepcopy(value)


def _step_into(holder: Any, step: str, empty: Any) -> Any:  # noqa: ANN401
    if isinstance(holder, list):
        holder += [{} for _ in range(int(step) + 1 - len(holder))]
        return holder[int(step)]
    return holder.setdefault(step, empty)


def _pointer(path: str) -> str:
    """A dotted path as a pointer; a pointer stays one, and a leading `form.` is how procedures write the document."""
    return path if path.startswith("/") else "/" + path.removeprefix("form.").replace(".", "/")


def same_place(pointer: str, pattern: str) -> str:
    """A pattern with the numbers of a pointer into the same lists."""
    numbers = iter(step for step in pointer.split("/") if step.isdecimal())
    return "/".join(next(numbers, "0") if step == "*" else step for step in pattern.split("/"))
