"""Before a case opens under definitions laid over ours: that the checker proves nothing against them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from checker.editions import settings_of
from checker.exploring.search import explore
from checker.proving.budget import Proofs
from checker.rules import at_decisions, of_procedures
from engine.calendar import OpeningCalendar
from engine.conditions import Functions
from engine.errors import DefinitionError
from office.office import Definitions
from procedures.editions import forms_of

BARRING = frozenset({"P3", "P4", "P5"})
"""The rules of which a finding means that a case could stay for ever, whoever answers."""


def require_proved(declared: Definitions, procedure: str, day: dt.date) -> None:
    """Nothing, where no proof finds an error in the edition of a procedure that is in force on a civil day.

    What comes with the program is proved before it is given out (`madoguchi check`); so whoever opens a case asks only
    about definitions laid over it.

    Raises:
        DefinitionError: a case could get stuck, never end, or fall between the conditions; each with a way or a case.
        UnknownThing: there is no such procedure.
    """
    edition = declared.catalogue.edition(procedure, day)
    forms, _ = forms_of(edition.whole, declared.forms)
    proofs, found = Proofs(), explore(edition)
    calendar = OpeningCalendar(closed_days=frozenset(declared.municipality.hours.closed_days))
    functions = Functions(calendar, declared.library.tables())
    settings = settings_of(edition, declared.municipality)
    around = at_decisions.Around(forms, functions, settings, day, proofs)
    problems = [*of_procedures.problems(edition, found), *at_decisions.problems(edition, found, around)]
    errors = [replace(one, hint=_shown(one.witness)) for one in problems if one.rule in BARRING]
    if errors:
        places = declared.library.places(procedure)
        raise DefinitionError(places.locate_all(errors) if places else errors)


def _shown(witness: str) -> str:
    """A case that shows a problem, as a hint on the problem's line."""
    return f"例: {'、'.join(witness.splitlines())}" if witness else ""
