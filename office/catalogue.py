"""The editions of every procedure for one city, compiled when first asked for and then shared."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right

from engine import archive
from engine.calendar import OpeningCalendar
from engine.conditions import Functions
from engine.conditions.functions import Tables
from engine.definition import Procedure
from engine.edition import Edition, build
from engine.errors import DefinitionError, UnknownThing
from engine.municipality import Municipality
from engine.problems import Problem, nearest
from forms.loader import Forms
from procedures.description import require_version
from procedures.editions import form_hash, forms_of, starts
from procedures.library import Library


class Catalogue:
    """Gives the engine its editions. A declaration with errors gives none: no case opens under it."""

    def __init__(
        self, library: Library, forms: Forms, municipality: Municipality, calendar: OpeningCalendar, tables: Tables
    ) -> None:
        self.library = library
        self.forms = forms
        self._municipality = municipality
        self._functions = Functions(calendar, tables)
        self._procedures: dict[str, Procedure] = {}
        self._editions: dict[tuple[str, dt.date], Edition] = {}
        self._pinned: dict[str, Edition] = {}
        self._starts: dict[str, tuple[dt.date, ...]] = {}

    def procedure(self, procedure_id: str) -> Procedure:
        """The whole declaration, with the rows of every date.

        Raises:
            UnknownThing: there is no such procedure.
            DefinitionError: it has errors.
        """
        if procedure_id not in self._procedures:
            if procedure_id not in self.library.ids():
                hint = nearest(procedure_id, self.library.ids()) or "madoguchi procedures list で一覧を見られます。"
                ja = f"「{procedure_id}」という手続はありません。{hint}"
                raise UnknownThing(ja, f"there is no procedure {procedure_id!r}", procedure=procedure_id)
            loaded, problems = self.library.load(procedure_id)
            errors = [p for p in problems if p.severity == "error"]
            if loaded is None or errors:
                raise DefinitionError(errors)
            self._procedures[procedure_id] = loaded
        return self._procedures[procedure_id]

    def edition(self, procedure: str, on: dt.date) -> Edition:
        """The edition of a procedure in force on a civil day."""
        whole = self.procedure(procedure)
        require_version(whole, on)
        starts = self.starts(whole)
        start = starts[bisect_right(starts, on) - 1]
        if (procedure, start) not in self._editions:
            self._editions[(procedure, start)] = self._build(whole, start)
        return self._editions[(procedure, start)]

    def editions(self, procedure: str) -> tuple[Edition, ...]:
        """Every edition of a procedure, in the order of their first days."""
        return tuple(self.edition(procedure, start) for start in starts(self.procedure(procedure)))

    def pinned(self, procedure: str, edition: str) -> Edition:
        """The edition with that behaviour hash."""
        if edition not in self._pinned:
            self.editions(procedure)
        found = self._pinned.get(edition)
        if found is None:
            raise UnknownThing(
                f"手続「{procedure}」の定義が変わり、この案件の版({edition[:12]})が今の定義にありません。"
                "元の定義を --definitions で示してください。",
                f"no definition of {procedure} here has the hash {edition}",
                edition=edition,
            )
        return found

    def revive(self, edition: str, kept: str) -> Edition:
        """The edition with that hash, built again from what the store kept of it."""
        if edition not in self._pinned:
            was = archive.read(kept)
            built, problems = build(
                was.procedure,
                was.on,
                municipality=self._municipality,
                forms=was.forms,
                form_hash=was.form_hash,
                functions=self._functions,
            )
            if problems or built.hash != edition:
                raise DefinitionError(problems or [_another(edition, built.hash)])
            self._pinned[edition] = built
        return self._pinned[edition]

    def starts(self, whole: Procedure) -> tuple[dt.date, ...]:
        """The first day of each edition, in order."""
        if whole.id not in self._starts:
            self._starts[whole.id] = whole.changes() if whole.versions else (dt.date.min, *whole.changes())
        return self._starts[whole.id]

    def _build(self, whole: Procedure, start: dt.date) -> Edition:
        forms, problems = forms_of(whole, self.forms)
        edition, found = build(
            whole,
            start,
            municipality=self._municipality,
            forms={name: form.shape for name, form in forms.items()},
            form_hash=form_hash(forms),
            functions=self._functions,
        )
        places = self.library.places(whole.id)
        errors = [p for p in found if p.severity == "error"]
        problems += places.locate_all(errors) if places else errors
        if problems:
            raise DefinitionError(problems)
        pinned = self._pinned.setdefault(edition.hash, edition)
        return pinned if pinned.wording == edition.wording else edition


def _another(wanted: str, found: str) -> Problem:
    return Problem(
        rule="D140",
        path=("edition",),
        ja=f"保存された定義から版{wanted[:12]}を組み立て直すと{found[:12]}になります。保存された定義が変わっています。",
        en=f"the kept definition of {wanted[:12]} builds to {found[:12]}",
    )
