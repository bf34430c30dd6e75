"""Declarations with mistakes, held against the phase of the check that has to find them; nothing is loaded twice."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from checker.catalogue import aliases
from checker.declared import Declared
from checker.rules import of_rows
from checker.rules.rows import Around
from checker.scope import scope_of
from engine.calendar import OpeningCalendar
from engine.conditions import Functions
from engine.definition import Procedure
from engine.edition import build
from procedures.drafts import Source
from procedures.editions import form_hash, forms_of, starts
from procedures.files import Found, our_folder
from procedures.loader import load_source
from procedures.reading import read_source
from procedures.tables import Tables
from tests.checker.conftest import DAY
from tests.checker.plants import Plant


class Bench:
    """Our declarations, loaded once, and what the check says of one of them with a mistake."""

    def __init__(self) -> None:
        self.declared = Declared(scope_of([]), DAY)

    @cached_property
    def files(self) -> dict[str, Source]:
        """The procedures as they are parsed, by id."""
        paths = {name: self.declared.library.path(name) for name in self.declared.library.ids()}
        read = {name: read_source(path, name)[0] for name, path in paths.items() if path is not None}
        return {name: source for name, source in read.items() if source is not None}

    @cached_property
    def _tables(self) -> Tables:
        return self.declared.library.tables()

    @cached_property
    def _around(self) -> Around:
        """What any of them stands among; all procedures are in its list, the one that is looked at too."""
        whole, _ = self.declared.library.load("pregnancy_notice")
        assert whole is not None
        return self.declared.around(whole, {})

    def found(self, plant: Plant) -> set[str]:
        """The rules that find something in the declaration with that mistake, up to the phase that it is about."""
        source = self.files[plant.file]
        path = self.declared.library.path(plant.file) or our_folder()
        changed = Source(source.file, source.text, plant.planted(source.data))
        loaded = load_source(changed, self.declared.library.fragments)
        examined = self.declared.library.examined(loaded, Found(path, source.file))
        told = {one.rule for one in examined.problems}
        if plant.operator.phase != "load" and examined.procedure is not None:
            told |= self._later(examined.procedure, plant.operator.phase)
        return told | {aliases()[one].id for one in told if one in aliases()}

    def is_found(self, plant: Plant) -> bool:
        """Whether a rule that is meant finds it."""
        return bool(plant.operator.rules & self.found(plant))

    def _later(self, whole: Procedure, phase: str) -> set[str]:
        forms, _ = forms_of(whole, self.declared.forms)
        if phase == "rows":
            others = [one for one in self._around.numbers if one[0] != whole.id]
            around = replace(self._around, forms=forms, numbers=others, tables=self._tables)
            return {one.rule for one in of_rows.problems(whole, around)}
        city = next(city for city, _ in self.declared.cities.values() if city is not None)
        functions = Functions(OpeningCalendar(closed_days=frozenset(city.hours.closed_days)), self._tables)
        shapes = {name: form.shape for name, form in forms.items()}
        edition, wrong = build(
            whole, starts(whole)[-1], municipality=city, forms=shapes, form_hash=form_hash(forms), functions=functions
        )
        return {one.rule for one in (*wrong, *of_rows.in_edition(edition, self._tables))}
