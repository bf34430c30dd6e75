"""What is wrong with the editions of a procedure: its conditions, seen by each city, and the ways of its cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from checker.exploring.search import explore
from checker.proving.budget import Proofs
from checker.rules import at_decisions, of_procedures, of_rows
from engine.calendar import OpeningCalendar
from engine.conditions import Functions
from engine.definition import Procedure
from engine.edition import Edition, build
from engine.municipality import Municipality
from engine.problems import Problem
from forms.form import Form
from procedures.editions import form_hash, starts
from procedures.tables import Tables


class Editions:
    """The editions of procedures, for some cities, on a civil day.

    Args:
        cities: those who differ in nothing that a condition reads are one.
        tables: the dated tables that conditions look into.
        today: the ways of cases are walked in the edition in force on this day and in later ones; no case begins in an
            earlier one any more.
        proofs: their budget, and where they are counted.
    """

    def __init__(self, cities: Iterable[Municipality], tables: Tables, today: dt.date, proofs: Proofs) -> None:
        alike = {repr(sorted(city.params.items())): city for city in cities}
        self._cities = list(alike.values())
        self._tables = tables
        self._today = today
        self._proofs = proofs

    def problems(self, whole: Procedure, forms: dict[str, Form]) -> Iterator[Problem]:
        """What is wrong with the editions of a procedure, each at a path of ids, and told once."""
        told, walked = set[Problem](), set[int]()
        for start, end in pairwise([*starts(whole), dt.date.max]):
            for number, city in enumerate(self._cities):
                edition, found = self._built(whole, start, city, forms)
                if not found and number == 0 and end > self._today and (ways := _ways(edition)) not in walked:
                    walked.add(ways)  # no city changes a machine: the first city's eyes are enough
                    found = list(self._proved(edition, city, forms))
                found += of_rows.in_edition(edition, self._tables) if number == 0 else []
                yield from (one for one in found if one not in told)
                told.update(found)

    def _proved(self, edition: Edition, city: Municipality, forms: dict[str, Form]) -> Iterator[Problem]:
        """What proofs find: how cases can go, and what the conditions say of every valid answer."""
        self._proofs.begin()
        explored = explore(edition, most=self._proofs.budget)
        self._proofs.end(decided=explored.whole)
        yield from of_procedures.problems(edition, explored)
        around = at_decisions.Around(
            forms, self._functions(city), settings_of(edition, city), self._today, self._proofs
        )
        yield from at_decisions.problems(edition, explored, around)

    def _functions(self, city: Municipality) -> Functions:
        return Functions(OpeningCalendar(closed_days=frozenset(city.hours.closed_days)), self._tables)

    def _built(
        self, whole: Procedure, start: dt.date, city: Municipality, forms: dict[str, Form]
    ) -> tuple[Edition, list[Problem]]:
        shapes, functions = {name: form.shape for name, form in forms.items()}, self._functions(city)
        return build(whole, start, municipality=city, forms=shapes, form_hash=form_hash(forms), functions=functions)


def settings_of(edition: Edition, city: Municipality) -> dict[str, dict[str, Any]]:
    """What conditions read of the declaration's figures and of a city."""
    declared = edition.procedure.params
    own = {name: value for name, value in city.params.items() if name in declared}
    return {"params": declared | own, "municipality": {"id": city.id, **city.params}}


def _ways(edition: Edition) -> int:
    """What decides how cases go and what conditions say: editions that differ in other rows only are walked once."""
    now = edition.procedure
    lists = (now.states, now.groups, now.events, now.effects, now.tasks, now.clocks, now.approval, now.natures)
    return hash((repr((lists, now.checks)), *((path, one.whole) for path, one in edition.conditions.items())))
