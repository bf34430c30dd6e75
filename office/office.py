"""One city's office: what the engine is given, put together in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from engine.boundary import Boundary
from engine.calendar import OpeningCalendar
from engine.clock import JST, Clock
from engine.commands import Engine
from engine.errors import DefinitionError, UnknownThing
from engine.municipality import Municipality
from engine.ports import Ports
from engine.problems import Problem, nearest
from engine.shapes import Record
from engine.store import Store
from forms.checking import Checker
from forms.loader import OURS, Forms
from office.catalogue import Catalogue
from office.notices import TextNotices
from procedures.library import Library
from procedures.profiles import load_profile

DEFAULT = Municipality(id="default", label="標準市", standing="default")


class SystemClock:
    """The machine's clock, in Japanese civil time; the only place that reads it."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(JST)


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

    Raises:
        UnknownThing: no profile of that name.
        DefinitionError: the profile or a dated table has errors.
    """
    forms = Forms([OURS, *folders])
    library = Library(folders, lambda form_id: _shape(forms, form_id))
    municipality, findings = _profile(library, city)
    calendar = OpeningCalendar(closed_days=frozenset(municipality.hours.closed_days))
    tables = library.tables()
    errors = [p for p in tables.problems if p.severity == "error"]
    if errors:
        raise DefinitionError(errors)
    catalogue = Catalogue(library, forms, municipality, calendar, tables)
    return Definitions(library, forms, municipality, calendar, catalogue, tuple(findings))


def engine_for(
    declared: Definitions, store: Store, clock: Clock, *, boundary: Boundary | None = None
) -> Engine:
    """The engine of a city over a store. A practice store takes only My Numbers that fail their check digit."""
    in_practice = store.practice or store.place.path is None
    ports = Ports(
        definitions=declared.catalogue,
        municipality=declared.municipality,
        calendar=declared.calendar,
        clock=clock,
        checker=Checker(declared.forms, fictional_numbers="required" if in_practice else "refused"),
        writer=TextNotices(),
    )
    return Engine(store, ports, boundary)


def _profile(library: Library, city: str | None) -> tuple[Municipality, list[Problem]]:
    if city is None:
        return DEFAULT, []
    known = library.municipalities()
    if city not in known:
        hint = nearest(city, known)
        names = "・".join(sorted(known))
        raise UnknownThing(
            f"「{city}」という市町村の設定はありません。あるのは{names}です。{hint}", f"no city {city!r}", city=city
        )
    municipality, problems = load_profile(known[city])
    errors = [p for p in problems if p.severity == "error"]
    if municipality is None or errors:
        raise DefinitionError(errors)
    return municipality, problems


def _shape(forms: Forms, form_id: str) -> Record | None:
    form, _ = forms.load(form_id)
    return form.shape if form else None
