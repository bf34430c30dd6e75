"""What procedures are to each other: what one sends, opens or carries, another has to send, open or take."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from engine.definition import Procedure
from engine.definition.between import Link, Message
from engine.definition.rows import Event, ValueType
from engine.problems import Problem
from procedures.findings import finding, one_of
from procedures.soundness.between import WITH_A_CASE
from procedures.soundness.machines import case_of

Others = Callable[[str], Procedure | None]
"""The other procedures by id; None for one that is not there or cannot be read."""

OPENING = frozenset({"opens", "instead", "shares"})
_Node = tuple[str, str]


def network_problems(procedure: Procedure, others: Others) -> Iterator[Problem]:
    """Every problem between a procedure and those it leads to or hears from; those that are not there are left out."""
    for link in procedure.links:
        other = None if link.outside else others(link.to)
        if other is not None and link.kind in OPENING:
            yield from _opened(procedure, link, other)
            yield from _not_the_same(procedure, link, other)
        elif other is not None and link.registration is not None:
            kept = [row.id for row in other.registrations]
            if link.registration not in kept:
                ja = f"手続 {other.id} に登録 {link.registration} がありません。"
                said = (ja, f"procedure {other.id} has no registration {link.registration}")
                yield finding("D112", ("links", link.id, "registration"), said, one_of(link.registration, kept))
    for message in procedure.messages:
        yield from _unanswered(procedure, message, others)
    for signal in procedure.signals:
        for name in signal.procedure:
            other = others(name)
            if other is not None and signal.id not in {row.id for row in other.messages}:
                said = (f"手続 {name} は {signal.id} を送りません。", f"procedure {name} does not send {signal.id}")
                yield finding("D228", ("signals", signal.id), said, f"{name} の messages に書く", "warning")
    yield from _rounds(procedure, others)


def _opened(procedure: Procedure, link: Link, other: Procedure) -> Iterator[Problem]:
    """A case opened by a link begins where the system may begin one, and knows what comes with it."""
    path = ("links", link.id)
    if not any("system" in state.opened_by for state in other.states if state.kind == "initial"):
        ja = f"手続 {other.id} に、システムが始められる状態がありません。"
        said = (ja, f"procedure {other.id} has no state in which the system may begin a case")
        yield finding("D227", (*path, "to"), said, f'{other.id} の始まりの状態に opened_by = ["system"] を書く')
    for word in link.carries:
        if word not in WITH_A_CASE:
            yield from _untaken(procedure, (*path, "carries"), word, other)


def _not_the_same(procedure: Procedure, link: Link, other: Procedure) -> Iterator[Problem]:
    """A shared case is found by what it is about, so both have to tell by as many values what that is."""
    if link.kind != "shares" or link.subject not in procedure.subjects:
        return
    ours, theirs = (_telling(one.subjects.get(link.subject)) for one in (procedure, other))
    if ours != theirs:
        ja = f"手続 {other.id} は {link.subject} を同じように書いていません(こちらは{ours}つの値、あちらは{theirs}つ)。"
        said = (ja, f"procedure {other.id} tells a {link.subject} by {theirs} values, this one by {ours}")
        hint = f"{other.id} の [subjects] に {link.subject} を、同じ値の並びで書く"
        yield finding("D227", ("links", link.id, "subject"), said, hint)


def _telling(paths: str | tuple[str, ...] | None) -> int:
    """By how many values a thing is told; a person by one record, what is not declared by none."""
    return len(paths) if isinstance(paths, tuple) else int(paths is not None)


def _unanswered(procedure: Procedure, message: Message, others: Others) -> Iterator[Problem]:
    """A message that a linked procedure does not know is only noted there."""
    reached = [link.to for link in procedure.links if link.kind in message.along and not link.outside]
    for name in dict.fromkeys(reached) if message.toward != "back" else ():
        other = others(name)
        if other is None:
            continue
        known = next((row for row in other.signals if row.id == message.id), None)
        if known is None or procedure.id not in known.procedure:
            said = (f"手続 {name} は {message.id} に答えません。", f"procedure {name} does not answer {message.id}")
            hint = f'{name} の signals に procedure = ["{procedure.id}"] の行を書く'
            yield finding("D228", ("messages", message.id), said, hint, "warning")
            continue
        for word in message.carries:
            yield from _untaken(procedure, ("messages", message.id, "carries"), word, other)


def _untaken(procedure: Procedure, path: tuple[str, ...], word: str, other: Procedure) -> Iterator[Problem]:
    """A value that is carried becomes a fact there, of the same type."""
    name = word.rpartition(".")[2]
    fact = next((row for row in other.facts if row.id == name), None)
    carried = _type(procedure, word)
    if fact is None:
        said = (f"手続 {other.id} に事実 {name} がありません。", f"procedure {other.id} has no fact {name}")
        yield finding("D227", (*path, word), said, f"{other.id} の facts に {name} を書くか、運ばない", "warning")
    elif carried is not None and carried != fact.type:
        ja = f"{word} は {carried}、手続 {other.id} の事実 {name} は {fact.type} です。"
        said = (ja, f"{word} is a {carried}, the fact {name} of {other.id} a {fact.type}")
        yield finding("D227", (*path, word), said, "型をそろえる")


def _type(procedure: Procedure, word: str) -> ValueType | None:
    """The type of what a word names; None where only the form or an input knows it."""
    rows = (
        *((f"facts.{row.id}", row.type) for row in procedure.facts),
        *((f"rules.{row.id}", row.type) for row in procedure.rules),
        *((row.id, row.type) for row in procedure.conditions),
    )
    return dict(rows).get(word)


def _rounds(procedure: Procedure, others: Others) -> Iterator[Problem]:
    """Events that bring each other about for ever between cases: none has a condition, none can happen only once."""
    for event in procedure.events:
        start = (procedure.id, event.id)
        found = _way_back(start, others, procedure)
        if found and min(found) == start:  # each round is said once, where its first event stands
            way = " → ".join(f"{name}.{event_id}" for name, event_id in (*found, start))
            ja = f"案件のあいだで回り続けます: {way}。"
            yield finding(
                "D229", ("events", event.id), (ja, f"this goes round for ever: {way}"), "どれかに when を書く"
            )


def _way_back(start: _Node, others: Others, procedure: Procedure) -> list[_Node]:
    """The events from one back to itself, each bringing about the next in another case; empty when there is no way."""
    ways: list[list[_Node]] = [[start]]
    seen: set[_Node] = set()
    while ways:
        way = ways.pop(0)
        for node in _brings_about(way[-1], lambda name: procedure if name == procedure.id else others(name)):
            if node == start:
                return way
            if node not in seen:
                seen.add(node)
                ways.append([*way, node])
    return []


def _brings_about(node: _Node, others: Others) -> Iterator[_Node]:
    """The events that an event of one case brings about by itself in another."""
    sender = others(node[0])
    effect = next((row for row in sender.effects if row.id == node[1]), None) if sender else None
    if sender is None or effect is None or not _by_itself(sender, node[1], once_is_enough=bool(effect.opens_links)):
        return
    for message in (row for row in sender.messages if row.id in effect.sends):
        for link in sender.links:
            other = others(link.to)
            if link.kind in message.along and other is not None:
                yield from ((other.id, e.id) for e in other.events if message.id in e.on)
    for link in sender.links:
        other = others(link.to) if link.kind == effect.opens_links and link.kind in OPENING else None
        if other is not None and link.when is None:
            yield from ((other.id, event.id) for event in other.events if event.auto)


def _by_itself(procedure: Procedure, event_id: str, *, once_is_enough: bool) -> bool:
    """Whether an event happens without a person and nothing keeps it from happening again.

    Args:
        once_is_enough: it opens a new case, which can do the same.
    """
    event = next(row for row in procedure.events if row.id == event_id)
    return bool(event.auto or event.on) and event.when is None and (once_is_enough or _repeats(procedure, event))


def _repeats(procedure: Procedure, event: Event) -> bool:
    return event.to is None or event.to in case_of(procedure).sources(event)
