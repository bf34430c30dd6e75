"""Answers that the registers already know (once-only): for one person, field by field, and never over what is written.

A field says with `prefill` which field of which register it could come from, and with `about` whom that is asked about.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import AnswerProblem
from engine.problems import Problem, nearest
from forms.form import Field, Form, Node
from forms.reading import Pair
from registers.port import Registers, Role, vocabulary

_SEEN_FROM_HEAD: tuple[Role, ...] = ("head", "household")
_READS_AS_TEXT = ("name", "kana")
_ROUNDS = 20


@dataclass(frozen=True)
class Filled:
    """One answer that came from a register: where it stands, the register's field, and the number of the person."""

    pointer: str
    key: str
    person: int


@dataclass(frozen=True)
class Prefilled:
    """The answers, where each new one came from, and what the form does not accept of what the registers know."""

    answers: dict[str, Any]
    filled: tuple[Filled, ...]
    refused: tuple[tuple[Filled, AnswerProblem], ...]


def prefill(
    form: Form, registers: Registers, person: int, *, at: dt.date, given: Mapping[str, Any] | None = None
) -> Prefilled:
    """The answers given so far with what the registers know of a person and the household.

    What the form does not ask for under these answers stays out; asked again with more answers it comes in.

    Args:
        at: the civil day on which the form is filled in.

    Raises:
        UnknownThing: there is no such person.
        StoreError: a look-up could not be noted, so nothing was read.
    """
    filling = _Filling(registers, person, copy.deepcopy(dict(given or {})))
    filling.fill(form.tree, filling.tree, "", {"person": person})
    return _accepted(form, filling.tree, {one.pointer: one for one in filling.filled}, at)


def unknown_sources(fields: Sequence[Field], pairs: Mapping[str, Pair]) -> Iterator[Problem]:
    """The fields whose `prefill` no register knows, or knows as something of another type."""
    known = vocabulary()
    for owner, row, key, kind in dict.fromkeys(
        (f.owner, f.row, f.prefill, (f.items and "list") or f.type) for f in fields
    ):
        path = ("fields", row, "prefill")
        if key is not None and key not in known:
            ja, en = f"台帳の項目 {key} はありません。", f"no register has a field {key}"
            yield pairs[owner].page_problem("form-prefill", path, ja, en, nearest(key, known))
        elif key is not None and not _fits(known[key].kind, kind):
            ja = f"台帳の項目 {key} は {known[key].kind} なので、型が {kind} の項目には入りません。"
            en = f"{key} is a {known[key].kind} and does not fit a field of type {kind}"
            yield pairs[owner].page_problem("form-prefill", path, ja, en)


def _fits(kind: str, field_type: str) -> bool:
    return kind == field_type or (field_type == "text" and kind in _READS_AS_TEXT)


class _Filling:
    """One form being filled for one person."""

    def __init__(self, registers: Registers, person: int, tree: dict[str, Any]) -> None:
        self._registers = registers
        self._person = person
        self._people: dict[Role, tuple[int, ...]] = {}
        self.tree = tree
        self.filled: list[Filled] = []

    def fill(self, node: Node, holder: dict[str, Any], pointer: str, whose: Mapping[Role, int]) -> None:
        """Fill a record and what lies in it; `whose` are the persons already chosen for a role."""
        self._plain(node, holder, pointer, whose)
        for name, inner in node.records.items():
            found = holder.get(name, {})
            if isinstance(found, dict):
                self.fill(inner, found, f"{pointer}/{name}", whose)
                if found:
                    holder[name] = found
        for name, inner in node.lists.items():
            role = _role_of(inner)
            if role is not None and name not in holder:
                rows = [self._row(inner, f"{pointer}/{name}/{place}", role, one) for place, one in self._all(role)]
                holder.update({name: rows} if any(rows) else {})

    def _row(self, node: Node, pointer: str, role: Role, person: int) -> dict[str, Any]:
        row: dict[str, Any] = {}
        self.fill(node, row, pointer, {role: person})
        return row

    def _plain(self, node: Node, holder: dict[str, Any], pointer: str, whose: Mapping[Role, int]) -> None:
        wanted: dict[Role, list[Field]] = {}
        for field in node.fields:
            if field.prefill is not None and field.name not in holder:
                wanted.setdefault(field.about, []).append(field)
        for role, fields in wanted.items():
            person = whose[role] if role in whose else next((one for _, one in self._all(role)), None)
            if person is None:
                continue
            keys = [field.prefill for field in fields if field.prefill is not None]
            known = self._registers.read(person, keys, self._beside(role))
            for field, key in zip(fields, keys, strict=True):
                if key in known:
                    holder[field.name] = known[key]
                    self.filled.append(Filled(f"{pointer}/{field.name}", key, person))

    def _all(self, role: Role) -> list[tuple[int, int]]:
        if role not in self._people:
            self._people[role] = self._registers.people(self._person, role)
        return list(enumerate(self._people[role]))

    def _beside(self, role: Role) -> int:
        heads = self._all("head") if role in _SEEN_FROM_HEAD else []
        return heads[0][1] if heads else self._person


def _role_of(node: Node) -> Role | None:
    """Whom the items of a list are about; None when none of their fields comes from a register."""
    return next((field.about for field in node.fields if field.prefill is not None), None)


def _accepted(form: Form, tree: dict[str, Any], filled: dict[str, Filled], at: dt.date) -> Prefilled:
    """The filled form without what it does not ask for or does not accept; what was given is never touched."""
    from forms.checking import FormChecker

    checker, refused = FormChecker(form, "any"), list[tuple[Filled, AnswerProblem]]()
    for _ in range(_ROUNDS):
        while hidden := [one for pointer in _hidden(form, tree, at) for one in _under(pointer, filled)]:
            _take_out(tree, filled, hidden)
        problems = checker.check(copy.deepcopy(tree), at=at, partial=True).problems
        wrong = {one.pointer: (one, problem) for problem in problems for one in _under(problem.pointer, filled)}
        if not wrong:
            break
        refused += wrong.values()
        _take_out(tree, filled, [one for one, _ in wrong.values()])
    return Prefilled(tree, tuple(filled.values()), tuple(refused))


def _hidden(form: Form, tree: dict[str, Any], at: dt.date) -> list[str]:
    """The places of answers that the form does not ask for."""
    from forms import visibility
    from forms.validation import HIDDEN

    judge, records = form.conditions.on(tree, at), visibility.records(form, tree)
    return [one.pointer for one in visibility.failures(judge, records) if one.keyword == HIDDEN]


def _take_out(tree: dict[str, Any], filled: dict[str, Filled], those: Sequence[Filled]) -> None:
    for one in those:
        if filled.pop(one.pointer, None) is not None:
            _drop(tree, one.pointer.split("/")[1:])


def _under(pointer: str, filled: Mapping[str, Filled]) -> list[Filled]:
    """What was filled in at a place or inside it."""
    return [one for at, one in filled.items() if at == pointer or at.startswith(f"{pointer}/")]


def _drop(holder: Any, steps: list[str]) -> None:  # noqa: ANN401 - any JSON
    """Take a value out, with the records that are empty without it; the places of a list stay."""
    if isinstance(holder, list):
        _drop(holder[int(steps[0])], steps[1:])
        return
    if len(steps) == 1:
        holder.pop(steps[0], None)
        return
    _drop(holder[steps[0]], steps[1:])
    inside = holder[steps[0]]
    if inside == {} or (isinstance(inside, list) and not any(inside)):
        del holder[steps[0]]
