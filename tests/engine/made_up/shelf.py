"""Made-up declarations, compiled once and shared; engine tests know no real procedure."""

from __future__ import annotations

import datetime as dt
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from engine import archive
from engine.calendar import OpeningCalendar
from engine.conditions import Functions
from engine.definition import Procedure
from engine.edition import Edition, build
from engine.errors import DefinitionError, UnknownThing
from engine.municipality import Department, Municipality, Post, Sittings
from engine.shapes import Many, Record, Scalar

HERE = Path(__file__).parent
CALENDAR = OpeningCalendar()
FORMS = {
    "badge": Record({"name": Scalar("text")}),
    "permit": Record(
        {
            "applicant": Record(
                {
                    "name": Scalar("text"),
                    "my_number": Scalar("text", sensitivity="my_number"),
                    "illness": Scalar("text", sensitivity="special_care"),
                }
            ),
            "kind": Scalar("text", ("new", "renewal", "report")),
            "start_on": Scalar("date"),
            "size": Scalar("whole"),
            "plan": Scalar("text"),
            "near_park": Scalar("yes_no"),
            "urgent": Scalar("yes_no"),
            "places": Many(Record({"street": Scalar("text"), "width": Scalar("number")})),
        }
    ),
    "owner": Record({"name": Scalar("text"), "my_number": Scalar("text", sensitivity="my_number")}),
    "family": Record(
        {
            "applicant": Record({"name_kana": Scalar("text"), "birth_date": Scalar("date")}),
            "children": Many(Record({"name_kana": Scalar("text"), "birth_date": Scalar("date")})),
            "amount": Scalar("yen"),
        }
    ),
    "grove": Record({"tree": Scalar("text"), "owner": Scalar("text"), "wants_badge": Scalar("yes_no")}),
}
REQUIRED = {
    "badge": ("name",),
    "permit": ("kind", "start_on"),
    "grove": ("tree",),
    "owner": (),
    "family": ("applicant",),
}

TOWN = Municipality(
    id="smalltown",
    label="小町",
    departments=(
        Department(id="streets", label="道路公園課", short="道路", procedures=(901, 902, 903, 904, 905, 906)),
    ),
    posts=(
        Post(id="counter", label="窓口係", department="streets", roles=("counter",)),
        Post(id="clerk", label="担当", department="streets", roles=("clerk",)),
        Post(id="other_clerk", label="別の課の担当", department="parks", roles=("clerk",)),
        *(Post(id=f"chief_{n}", label=f"第{n}係長", department="streets", roles=("reviewer",)) for n in range(1, 6)),
        Post(id="unit_chief", label="係長", department="streets", roles=("reviewer",)),
        Post(id="vice_head", label="課長補佐", department="streets", roles=("deputy",), deputies=("aide",)),
        Post(id="adviser", label="主幹", department="streets", roles=("deputy",), deputies=("aide",)),
        Post(id="aide", label="主任", department="streets", roles=("deputy",), deputies=("section_chief",)),
        Post(
            id="section_chief",
            label="課長",
            department="streets",
            roles=("decider",),
            deputies=("vice_head", "adviser"),
        ),
        Post(id="director", label="部長", department="streets", roles=("decider",)),
        Post(id="parks_chief", label="公園係長", department="parks", roles=("cosigner",), serves=("streets",)),
    ),
    meetings=(Sittings(id="committee", weekdays=("tue", "thu"), capacity=2, assumption=True),),
    params={"term_years": 1},
)


_EVER_MADE: dict[str, Edition] = {}


class FewFigures:
    """A dated table with a hole in it: nothing is said of renewals."""

    def lookup(self, name: str, on: dt.date, key: str) -> int | str:
        """The one figure there is."""
        if (name, key) == ("waiver", "new"):
            return 1
        raise LookupError(f"表「{name}」に{on}の「{key}」の行がありません。")


class Shelf:
    """Gives the engine its editions, as the real catalogue does, from declarations at hand."""

    def __init__(self, procedures: Mapping[str, Procedure], municipality: Municipality = TOWN) -> None:
        self.procedures = dict(procedures)
        self.municipality = municipality
        self._made: dict[tuple[str, dt.date], Edition] = {}

    def edition(self, procedure: str, on: dt.date) -> Edition:
        """The edition in force on a day."""
        if procedure not in self.procedures:
            raise UnknownThing(f"手続「{procedure}」はありません。", f"no procedure {procedure!r}")
        start = max((day for day in self._starts(procedure) if day <= on), default=dt.date.min)
        if (procedure, start) not in self._made:
            self._made[(procedure, start)] = compiled(self.procedures[procedure], start, self.municipality)
        return self._made[(procedure, start)]

    def pinned(self, procedure: str, edition: str) -> Edition:
        """The edition with that hash, made by whichever shelf."""
        if edition not in _EVER_MADE:
            raise UnknownThing("この案件の版がありません。", f"no edition {edition} of {procedure}")
        return _EVER_MADE[edition]

    def revive(self, edition: str, kept: str) -> Edition:
        """The edition of that hash, compiled again from what the store kept."""
        was = archive.read(kept)
        made = compiled(was.procedure, was.on, self.municipality)
        assert made.hash == edition
        return made

    def _starts(self, procedure: str) -> tuple[dt.date, ...]:
        return self.procedures[procedure].changes() or (dt.date.min,)


def compiled(procedure: Procedure, on: dt.date, municipality: Municipality = TOWN) -> Edition:
    """The edition of a declaration on a day.

    Raises:
        DefinitionError: its conditions do not load.
    """
    functions = Functions(CALENDAR, FewFigures())
    form_hash = f"form of {procedure.form}"
    edition, problems = build(
        procedure, on, municipality=municipality, forms=FORMS, form_hash=form_hash, functions=functions
    )
    if problems:
        raise DefinitionError(problems)
    _EVER_MADE.setdefault(edition.hash, edition)
    return edition


@contextmanager
def forgotten() -> Iterator[None]:
    """Inside, no edition made before is remembered: what is not on the shelf must come from the store."""
    before = dict(_EVER_MADE)
    _EVER_MADE.clear()
    yield
    _EVER_MADE.update(before)


@cache
def declared(name: str) -> Procedure:
    """A made-up declaration, read from its file."""
    with (HERE / f"{name}.toml").open("rb") as file:
        return Procedure.model_validate(tomllib.load(file))


@cache
def shelf() -> Shelf:
    """All made-up declarations, compiled when first asked for."""
    return Shelf({path.stem: declared(path.stem) for path in sorted(HERE.glob("*.toml"))})


@cache
def linked() -> Shelf:
    """Procedures that lead to each other."""
    return _all_in("linked")


@cache
def legal() -> Shelf:
    """Procedures of legal clocks and of meetings."""
    return _all_in("legal")


def _all_in(folder: str) -> Shelf:
    paths = sorted((HERE / folder).glob("*.toml"))
    return Shelf({path.stem: Procedure.model_validate(tomllib.loads(path.read_text("utf-8"))) for path in paths})


@cache
def with_route(*reviewers: str) -> Shelf:
    """The permit with a route of these reviewers before the decider."""
    permit = declared("permit")
    route = permit.approval["main"].model_copy(update={"steps": reviewers})
    return Shelf({"permit": permit.model_copy(update={"approval": {"main": route}})})


def changed(name: str, **lists: object) -> Shelf:
    """A made-up declaration with some of its lists or keys replaced, validated anew."""
    whole = declared(name).model_dump(by_alias=True, exclude_defaults=True) | lists
    return Shelf({name: Procedure.model_validate(whole)})
