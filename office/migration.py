"""Moving the running cases of a store into another edition: which cases, what becomes of each, and doing it."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from engine.actors import Actor
from engine.carrying import CannotMove
from engine.commands import Engine
from engine.edition import Edition
from engine.errors import DefinitionError, MadoguchiError, Overtaken, UnknownThing
from engine.problems import nearest
from office.asking import Misused
from office.session import Session

HEADINGS = ("案件", "結果", "版", "わけ・変わること")
SAID = {"moves": "移せます", "moved": "移しました", "stands": "もうその版です", "cannot": "移せません"}
PAGE = 500
_HASH = re.compile(r"[0-9a-f]{6,64}")


@dataclass(frozen=True)
class Fate:
    """What becomes of one case. `reason` is one word, `says` are sentences; the editions are behaviour hashes."""

    case: int
    outcome: Literal["moves", "moved", "stands", "cannot"]
    before: str = ""
    after: str = ""
    reason: str = ""
    says: tuple[str, ...] = ()


@dataclass(frozen=True)
class Migration:
    """What becomes of several cases; of a rehearsal nothing is kept."""

    fates: tuple[Fate, ...]
    rehearsed: bool

    def count(self, *outcomes: str) -> int:
        """How many cases have one of these outcomes."""
        return sum(fate.outcome in outcomes for fate in self.fates)

    def rows(self) -> list[tuple[str, ...]]:
        """The cases that move or cannot, as rows of a table."""
        return [_row(fate) for fate in self.fates if fate.outcome != "stands"]

    def summary(self) -> list[str]:
        """All cases in one line; of a rehearsal another says that it was one."""
        can = "移せる" if self.rehearsed else "移した"
        counts = f"{can}案件{self.count('moves', 'moved')}件、移せない案件{self.count('cannot')}件"
        kept = ["試しただけです。なにも変えていません。"] if self.rehearsed else []
        return [f"{counts}、もうその版にある案件{self.count('stands')}件。", *kept]

    def facts(self) -> dict[str, Any]:
        """The same for a program."""
        return {"dry_run": self.rehearsed, "cases": [asdict(fate) for fate in self.fates]}


def migrated(
    session: Session, cases: Sequence[int], procedure: str | None, to: str | None, *, rehearsed: bool
) -> Migration:
    """What became, or would become, of the cases named, or of all running cases of a procedure.

    Each case is moved in a transaction of its own, so what was stopped half-way goes on when it is said again.

    Args:
        to: a day or the hash of an edition of the definitions at hand; None is what each case itself calls for.

    Raises:
        Misused: not one of cases and procedure, or `to` is neither a day nor a hash.
        UnknownThing: no such case, procedure, day or edition.
        DefinitionError: the declaration to move into has errors; no case was touched.
        NotYourTurn: the actor holds no post of the office.
    """
    if bool(cases) == (procedure is not None):
        ja = "案件の番号か --procedure の、どちらか一つを書いてください。"
        raise Misused(ja, "give either numbers of cases or --procedure")
    actor = None if rehearsed else session.actor
    chosen = _named(session, cases) if procedure is None else _running(session, procedure)
    days = {one: _day(session, one, to) for one in dict.fromkeys(chosen.values())}
    shown = _in_turn(chosen, show=sys.stderr.isatty())
    fates = (_fate(session.engine, n, days[chosen[n]], actor, session.asked.lang) for n in shown)
    return Migration(tuple(fates), rehearsed)


def _named(session: Session, cases: Iterable[int]) -> dict[int, str]:
    """The procedure of each case."""
    with session.store.reading() as tx:
        found = {number: tx.whole(number) for number in cases}
    for number, whole in found.items():
        if whole is None:
            raise UnknownThing(f"案件{number}はありません。", f"there is no case {number}", case=number)
    return {number: whole.case.procedure for number, whole in found.items() if whole is not None}


def _running(session: Session, procedure: str) -> dict[int, str]:
    """Every case of a procedure that is not closed."""
    session.declared.catalogue.procedure(procedure)
    found: list[int] = []
    with session.store.reading() as tx:
        while page := tx.cases(procedure=procedure, closed=False, after=found[-1] if found else 0, limit=PAGE):
            found += [case.id for case in page]
    return dict.fromkeys(found, procedure)


def _day(session: Session, procedure: str, to: str | None) -> dt.date | None:
    """The day of the edition meant; every edition that a case may come into has been built then."""
    catalogue = session.declared.catalogue
    editions = catalogue.editions(procedure)
    if to is None:
        return None
    try:
        day = dt.date.fromisoformat(to)
    except ValueError:
        return _day_of_hash(to, editions)
    catalogue.edition(procedure, day)
    return day


def _day_of_hash(to: str, editions: Sequence[Edition]) -> dt.date:
    if not _HASH.fullmatch(to):
        ja = f"--to {to} は使えません。2024-10-01 のような日か、版のハッシュ(6字以上)を書いてください。"
        raise Misused(ja, f"--to {to} is neither a day nor the hash of an edition", to=to)
    days = {edition.hash: edition.on for edition in editions if edition.hash.startswith(to)}
    if len(days) == 1:
        return next(iter(days.values()))
    there = "、".join(f"{edition.hash[:12]}({edition.on}から)" for edition in editions)
    near = nearest(to, [edition.hash[: len(to)] for edition in editions])
    ja = (
        f"版「{to}」は今の定義にないか、一つに決まりません。{near and f'{near}。'}あるのは{there}です。"
        "前の定義へ戻すときは、その定義を --definitions で示してください。"
    )
    raise UnknownThing(ja, f"no single edition of the definitions here has the hash {to}", to=to)


def _in_turn(cases: Iterable[int], *, show: bool) -> Iterator[int]:
    """The cases one after another, with a bar on a terminal."""
    from rich.console import Console
    from rich.progress import track

    yield from track(
        list(cases), description="版を移す", console=Console(stderr=True), disable=not show, transient=True
    )


def _fate(engine: Engine, number: int, day: dt.date | None, actor: Actor | None, lang: str) -> Fate:
    """What became of a case that the actor moved; without an actor, what would become of it."""
    try:
        would = engine.rehearse(number, day)
    except (UnknownThing, DefinitionError) as error:  # its own definition is nowhere, or cannot be built any more
        return Fate(number, "cannot", reason="definition", says=(error.text(lang),))
    seen = (would.before, would.after)
    if would.stands:
        return Fate(number, "stands", *seen)
    if would.refusal is not None:
        return Fate(number, "cannot", *seen, would.refusal.reason, (would.refusal.text(lang),))
    if actor is None:
        return Fate(number, "moves", *seen, says=would.changes)
    try:
        engine.migrate(number, actor, day)
    except (CannotMove, Overtaken) as error:  # a rival came in between
        return Fate(number, "cannot", *seen, _reason(error), (error.text(lang),))
    return Fate(number, "moved", *seen, says=would.changes)


def _reason(error: MadoguchiError) -> str:
    return error.reason if isinstance(error, CannotMove) else error.code


def _row(fate: Fate) -> tuple[str, ...]:
    editions = f"{fate.before[:8]} → {fate.after[:8]}" if fate.before else ""
    return (str(fate.case), SAID[fate.outcome], editions, " ".join(fate.says))
