"""A lesson as it is shown, whichever kind it is: a case or a flow. In lines for people, as facts for a program."""

from __future__ import annotations

from typing import Any

from training import telling
from training.flow import telling as flows
from training.flow.play import FlowPlay
from training.play import Play

Told = tuple[list[str], dict[str, Any]]


def desk(number: int, of: int, play: Play | FlowPlay, wall: str = "") -> Told:
    """What lies before the learner."""
    if isinstance(play, FlowPlay):
        return flows.desk_lines(play), flows.desk_facts(play)
    return telling.desk_lines(number, of, play, wall), telling.desk_facts(number, play)


def hint(play: Play | FlowPlay) -> str:
    """The next thing worth doing, without the answer."""
    return flows.hint(play) if isinstance(play, FlowPlay) else telling.hint(play)


def debrief(number: int, play: Play | FlowPlay) -> Told:
    """The way back over it."""
    if isinstance(play, FlowPlay):
        return flows.debrief_lines(play), flows.debrief_facts(play)
    return telling.debrief_lines(number, play), telling.debrief_facts(number, play)
