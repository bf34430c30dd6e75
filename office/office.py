"""One city's office: what the engine is given, put together in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from engine.boundary import Boundary
from engine.calendar import OpeningCalendar
from engine.clock import Clock
from engine.commands import Engine
from engine.errors import DefinitionError, UnknownThing
from engine.municipality import Municipality
from engine.ports import Ports
from engine.problems import Problem, nearest
from engine.shapes import Record
from engine.store import Store
from engine.writer import Writer
from forms.checking import Checker
from forms.loader import OURS, Forms
from office.catalogue import Catalogue
from office.letters.words import Letters
from procedures.library import Library
from procedures.listing import laid_over
from procedures.profiles import load_profile

DEFAULT = Municipality(id="default", label="標準市", standing="default")


@dataclass(frozen=True)
class Definitions:
    """Everything declared: procedures, forms and the city, before any store is opened."""

    library: Library
    forms: Forms
    municipality: Municipality
    calendar: OpeningCalendar
    catalogue: Catalogue
    findings: tuple[Problem, ...] = ()


def definitions(city: str | None = None, folders: Sequence[Path] = ()) -> Definitions:
    """The declarations of ours and of folders laid over them, seen by one city; without a city, by the default route.

    Args:
        folders: each holds `procedures/` and `forms/`, as ours does, or is itself one of the two.

    Raises:
        UnknownThing: no profile of that name, or a folder that is not there.
        DefinitionError: the profile or a dated table has errors.
    """
    forms = Forms([OURS, *laid_over(folders, "forms")])
    over = laid_over(folders, "procedures")
    library = Library(over, lambda form_id: _shape(forms, form_id))
    municipality, findings = _profile(library, city, over)
    calendar = OpeningCalendar(closed_days=frozenset(municipality.hours.closed_days))
    tables = library.tables()
    errors = [p for p in tables.problems if p.severity == "error"]
    if errors:
        raise DefinitionError(errors)
    catalogue = Catalogue(library, forms, municipality, calendar, tables)
    return Definitions(library, forms, municipality, calendar, catalogue, tuple(findings))


def engine_for(
    declared: Definitions,
    store: Store,
    clock: Clock,
    *,
    boundary: Boundary | None = None,
    writer: Writer | None = None,
) -> Engine:
    """The engine of a city over a store; a server hands in its one writer.

    A practice store takes only My Numbers that fail their check digit.
    """
    in_practice = store.practice or store.place.in_memory
    ports = Ports(
        definitions=declared.catalogue,
        municipality=declared.municipality,
        calendar=declared.calendar,
        clock=clock,
        checker=Checker(declared.forms, fictional_numbers="required" if in_practice else "refused"),
        writer=Letters(),
    )
    return Engine(store, ports, boundary, writer)


def _profile(library: Library, city: str | None, folders: Sequence[Path]) -> tuple[Municipality, list[Problem]]:
    if city is None:
        return DEFAULT, []
    known = library.municipalities()
    if city not in known:
        hint = nearest(city, known)
        names = "・".join(sorted(known))
        raise UnknownThing(
            f"「{city}」という市町村の設定はありません。あるのは{names}です。{hint}", f"no city {city!r}", city=city
        )
    municipality, problems = load_profile(known[city], folders)
    errors = [p for p in problems if p.severity == "error"]
    if municipality is None or errors:
        raise DefinitionError(errors)
    return municipality, problems


def _shape(forms: Forms, form_id: str) -> Record | None:
    form, _ = forms.load(form_id)
    return form.shape if form else None
