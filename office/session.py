"""An office opened for one command: the store, the city it belongs to, the clock, the engine."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from engine.actors import Actor
from engine.clock import Clock, SimulatedClock
from engine.commands import Engine
from engine.errors import NotPossibleNow, UnknownThing
from engine.store import Store
from engine.store.connection import PATIENCE
from engine.store.inspection import is_there
from engine.store.place import Place
from office.asking import Asked, Misused, instant, plain
from office.clocks import SystemClock
from office.office import DEFAULT, Definitions, definitions, engine_for
from office.proving import require_proved


@dataclass(frozen=True)
class Session:
    """One command's office. `news` is what a person must be told besides the answer: where a new key file is."""

    asked: Asked
    declared: Definitions
    store: Store
    engine: Engine
    news: str = ""

    @property
    def actor(self) -> Actor:
        """Who acts.

        Raises:
            Misused: nobody was named.
        """
        return actor_of(self.asked)


def actor_of(asked: Asked) -> Actor:
    """Who acts, as POST or POST:PERSON.

    Raises:
        Misused: nobody was named.
    """
    actor = Actor.parse(asked.actor or "")
    plain(asked.actor or "", "--as")
    if not actor.post:
        ja = "だれが行うのかを --as 職:人 で書いてください(例: --as clerk:k1)。"
        raise Misused(ja, "say who acts with --as POST:PERSON (for example --as clerk:k1)")
    return actor


@contextmanager
def office(asked: Asked) -> Iterator[Session]:
    """The office over a store that is there.

    Raises:
        UnknownThing: there is no store, or it belongs to another city.
        NotPossibleNow: an instant was asked for on a live store.
        StoreError: the store cannot serve.
    """
    with store_there(asked) as store:
        clock = clock_of(asked, practice=store.practice)
        declared = definitions(city_of(asked, store), asked.definitions)
        yield Session(asked, declared, store, engine_for(declared, store, clock))


def declarations(city: str | None, folders: Sequence[Path]) -> Definitions:
    """The declarations of a command that needs no store.

    Raises:
        UnknownThing: no profile of that name, or a folder that is not there.
        DefinitionError: the profile or a dated table has errors.
    """
    return definitions(city, folders)


@contextmanager
def store_there(asked: Asked) -> Iterator[Store]:
    """The store that is there.

    Raises:
        UnknownThing: there is none.
        StoreError: it cannot serve.
    """
    place = Place.of(asked.db)
    if not is_there(place, PATIENCE):
        raise UnknownThing(
            f"「{place}」にはまだストアがありません。--db の場所を確かめるか、case open で案件を開いてください。",
            f"there is no store at {place} yet; check --db, or open a case with `madoguchi case open`",
            place=str(place),
        )
    with Store.open(asked.db, asked.keys, practice=asked.practice or None) as store:
        _warn_of_open_keys(asked, store)
        yield store


@contextmanager
def founded(asked: Asked, procedure: str) -> Iterator[Session]:
    """The office over a store that is made when there is none; a procedure that cannot be opened makes none.

    Raises:
        MadoguchiError: as `office`; no such procedure, or its declaration has errors.
    """
    if is_there(Place.of(asked.db), PATIENCE):
        with office(asked) as session:
            if asked.definitions:
                require_proved(
                    session.declared, procedure, clock_of(asked, practice=session.store.practice).now().date()
                )
            yield session
        return
    clock = clock_of(asked, practice=asked.practice)
    declared = definitions(asked.city, asked.definitions)
    declared.catalogue.edition(procedure, clock.now().date())
    if asked.definitions:
        require_proved(declared, procedure, clock.now().date())
    with Store.open(asked.db, asked.keys, practice=asked.practice) as store:
        yield Session(asked, declared, store, engine_for(declared, store, clock), news_of(store))


def news_of(store: Store) -> str:
    """Where a new store and its key file are; empty for one that was there."""
    if not store.created or store.keys.path is None:
        return ""
    kind = "練習用のストア" if store.practice else "ストア"
    return (
        f"{kind}を作りました: {store.place}\n"
        f"鍵のファイル: {store.keys.path}\n"
        "申請内容はこの鍵がないと読めません。データベースとは別の所に控えを取ってください。"
    )


def _warn_of_open_keys(asked: Asked, store: Store) -> None:
    path = store.keys.path
    if path is not None and store.keys.readable_by_others:
        ja = f"注意: 鍵ファイル「{path}」をほかの人も読めます。持ち主だけが読めるようにしてください(chmod 600 {path})。"
        en = f"warning: others can read the key file {path}; let only its owner read it (chmod 600 {path})"
        asked.warnings.append(en if asked.lang == "en" else ja)


def clock_of(asked: Asked, *, practice: bool) -> Clock:
    """The computer's clock, or on a practice store one that stands at the instant asked for.

    Raises:
        NotPossibleNow: an instant was asked for on a live store.
    """
    if asked.at is None:
        return SystemClock()
    when = instant(asked.at)
    if not practice:
        place = Place.of(asked.db)
        raise NotPossibleNow(
            f"本番のストア「{place}」では時刻を動かせません。--at は --practice で作った練習用のストアだけです。",
            f"the clock of the live store {place} cannot be moved; --at is only for a store made with --practice",
            place=str(place),
            at=asked.at,
        )
    return SimulatedClock(when)


def city_of(asked: Asked, store: Store) -> str | None:
    """The city whose cases the store holds; the one asked for while it holds none.

    Raises:
        UnknownThing: another city was asked for.
    """
    with store.reading() as tx:
        first = tx.cases(limit=1)
    if not first:
        return asked.city
    its = first[0].municipality
    if asked.city not in {None, its}:
        raise UnknownThing(
            f"ストア「{store.place}」は{its}の案件のものです。"
            f"--city {its} とするか、別のストアを --db で示してください。",
            f"the store {store.place} holds cases of {its}, not of {asked.city}",
            city=asked.city,
        )
    return None if its == DEFAULT.id else its
