"""What is wrong with the editions of a procedure: its conditions, seen by each city, and the ways of its cases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from itertools import pairwise

from checker.rules import of_procedures, of_rows
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
    """

    def __init__(self, cities: Iterable[Municipality], tables: Tables, today: dt.date) -> None:
        alike = {repr(sorted(city.params.items())): city for city in cities}
        self._cities = list(alike.values())
        self._tables = tables
        self._today = today

    def problems(self, whole: Procedure, forms: dict[str, Form]) -> Iterator[Problem]:
        """What is wrong with the editions of a procedure, each at a path of ids, and told once."""
        told, walked = set[Problem](), set[str]()
        for start, end in pairwise([*starts(whole), dt.date.max]):
            for number, city in enumerate(self._cities):
                edition, found = self._built(whole, start, city, forms)
                if not found and number == 0 and end > self._today and (ways := _ways(edition)) not in walked:
                    walked.add(ways)  # no city changes a machine: the first city's eyes are enough
                    found = list(of_procedures.problems(edition))
                found += of_rows.in_edition(edition, self._tables) if number == 0 else []
                yield from (one for one in found if one not in told)
                told.update(found)

    def _built(
        self, whole: Procedure, start: dt.date, city: Municipality, forms: dict[str, Form]
    ) -> tuple[Edition, list[Problem]]:
        calendar = OpeningCalendar(closed_days=frozenset(city.hours.closed_days))
        shapes = {name: form.shape for name, form in forms.items()}
        functions = Functions(calendar, self._tables)
        return build(whole, start, municipality=city, forms=shapes, form_hash=form_hash(forms), functions=functions)


def _ways(edition: Edition) -> str:
    """What decides how cases can go: editions that differ in other rows only are walked once."""
    now = edition.procedure
    lists = (now.states, now.groups, now.events, now.effects, now.tasks, now.clocks, now.approval)
    trees = sorted((path, repr(one.tree)) for path, one in edition.conditions.items() if path[-1] == "when")
    return repr((lists, trees))
