"""Look-ups in the registers for a case: by somebody of the office, each noted before a value is given."""

from __future__ import annotations

import datetime as dt
from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from engine.actors import Actor
from engine.clock import to_seconds
from engine.errors import NotYourTurn
from engine.shapes import Sensitivity
from office.session import Session
from office.showing import require_sight
from registers.noting import in_log
from registers.port import Counter, LookUp, vocabulary
from registers.synthetic import registers_of

if TYPE_CHECKING:
    from engine.work import Work


class Whom(NamedTuple):
    """Whose registers are looked into: a resident of a made-up city; the city of the store where none is said."""

    person: int
    place: str | None = None
    seed: int = 1


def require_office(work: Work, viewer: Actor, kinds: Iterable[Sensitivity] = ("general",)) -> None:
    """Nothing, when the viewer is somebody of the office who may see values of these kinds of the case.

    Raises:
        UnknownThing: no such post serves the procedure.
        NotYourTurn: it is a citizen, or these values are not for the viewer.
    """
    require_sight(work, viewer, kinds)
    if viewer.post in work.edition.citizens:
        ja = "公簿や証明書を見るのは職員だけです。"
        raise NotYourTurn(ja, f"{viewer.post} may not look into registers", actor=viewer.person)


def counter(
    session: Session, case_id: int, viewer: Actor, purpose: str, whom: Whom, on: dt.date
) -> tuple[Counter, list[LookUp]]:
    """The registers as they stand on a day, for one viewer and case, and the list of look-ups that fills with use.

    Raises:
        UnknownThing: no such city can be made up.
    """
    kept: list[LookUp] = []
    registers = registers_of(whom.place or session.declared.municipality.id, whom.seed, on)
    now = to_seconds(session.engine.ports.clock.now())
    return Counter(registers, viewer, purpose, _keeping(in_log(session.store, case_id), kept), lambda: now), kept


def told(look_ups: Iterable[LookUp]) -> Iterator[str]:
    """Who was looked up in which register, a line each."""
    counts = Tally((one.person, vocabulary()[key].label) for one in look_ups for key in one.keys)
    yield from (f"照会: 住民 {person} の{label} {count}項目" for (person, label), count in counts.items())


def facts(look_ups: Iterable[LookUp]) -> list[dict[str, object]]:
    """The same for a program."""
    return [{"person": one.person, "keys": list(one.keys)} for one in look_ups]


def _keeping(note_first: Callable[[LookUp], None], kept: list[LookUp]) -> Callable[[LookUp], None]:
    """What notes a look-up in the log, and then keeps it to be told."""

    def noted(look_up: LookUp) -> None:
        note_first(look_up)
        kept.append(look_up)

    return noted
