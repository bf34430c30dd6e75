"""P4 to P7: how cases of a procedure can go, told by walking every way that they could."""

from __future__ import annotations

from collections.abc import Iterator

from checker.catalogue import rule
from checker.exploring.relevance import Relevance
from checker.exploring.search import Explored, without_an_end
from checker.exploring.spots import Spot
from checker.exploring.ways import Ways
from engine.edition import Edition
from engine.problems import Problem

_ENDS = frozenset({"settled", "final"})
_PATIENT = "waiting_applicant"


def problems(edition: Edition, found: Explored) -> Iterator[Problem]:
    """What is wrong with the ways of an edition, each at the row of a declaration that it is about.

    Args:
        found: what an exploration of the edition came to.
    """
    stuck = _stuck(edition, found)
    yield from (_at_state("P4", edition, found, spot) for spot in _first_of_each(stuck))
    lost = [spot for spot in without_an_end(edition, found) if found.ways[spot]]
    yield from (_at_state("P5", edition, found, spot) for spot in _first_of_each(lost) if not stuck)
    yield from _waiting(edition, found)
    if found.whole:
        yield from _never(edition, found)


def _stuck(edition: Edition, found: Explored) -> list[Spot]:
    return [spot for spot, ways in found.ways.items() if not ways and edition.state(spot.state).kind not in _ENDS]


def _first_of_each(spots: list[Spot]) -> list[Spot]:
    """The first spot of each state."""
    first: dict[str, Spot] = {}
    for spot in spots:
        first.setdefault(spot.state, spot)
    return list(first.values())


def _at_state(name: str, edition: Edition, found: Explored, spot: Spot) -> Problem:
    """A problem at a state, with the way that leads there."""
    label = edition.state(spot.state).label
    way = _told(edition, found, spot)
    tasks = edition.procedure.tasks
    standing = "、".join(f"{tasks[one.kind].label}: {_label(edition, one.kind, one.state)}" for one in spot.tasks)
    where = f"「{label}」{f'(作業 {standing})' if standing else ''}"
    ja = f"{where}から先へ進めません。" if name == "P4" else f"{where}からは、どう進んでも終わりません。"
    en = f"nothing can happen in {spot.state}" if name == "P4" else f"no end can be reached from {spot.state}"
    return _problem(name, ("states", spot.state), f"{ja}ここへ来る道: {way}", f"{en}; the way there: {way}")


def _label(edition: Edition, kind: str, state: str) -> str:
    states = edition.tasks[kind].states
    return states[state].label if state in states else state


def _told(edition: Edition, found: Explored, spot: Spot) -> str:
    events = {event.id: event.label for event in edition.procedure.events}
    for kind, task in edition.procedure.tasks.items():
        events |= {f"{kind}.{event.id}": event.label for event in task.events}
    return " → ".join(events.get(one, one) for one in found.path(spot)) or "はじめから"


def _waiting(edition: Edition, found: Explored) -> Iterator[Problem]:
    """States that wait for the applicant and have no other way out: not for the office, not for time."""
    told: set[str] = set()
    for spot, ways in found.ways.items():
        row = edition.state(spot.state)
        if row.kind == _PATIENT and ways and all(way.citizen for way in ways) and spot.state not in told:
            told.add(spot.state)
            ja = f"「{row.label}」を出る操作は申請者のものだけです。答えない人の案件がいつまでも残ります。"
            yield _problem("P6", ("states", row.id), ja, f"only the applicant can leave {row.id}")


def _never(edition: Edition, found: Explored) -> Iterator[Problem]:
    """Events that happen on no way."""
    elsewhere = Ways(edition).everywhere
    for event in edition.procedure.events:
        if (None, event.id) not in found.happened and event.id not in elsewhere:
            ja = f"「{event.label}」は、どう進んでも起きません。"
            yield _problem("P7", ("events", event.id), ja, f"{event.id} never happens")
    relevance = Relevance(edition)
    for kind in edition.procedure.tasks:
        if kind in relevance.apart | relevance.routes:
            continue
        for event in edition.procedure.tasks[kind].events:
            if (kind, event.id) not in found.happened:
                ja = f"作業「{edition.procedure.tasks[kind].label}」の「{event.label}」は、どう進んでも起きません。"
                yield _problem("P7", ("tasks", kind, "events", event.id), ja, f"{kind}.{event.id} never happens")


def _problem(name: str, path: tuple[str, ...], ja: str, en: str) -> Problem:
    return Problem(rule=name, path=path, ja=ja, en=en, severity=rule(name).severity)
