"""Learners without a mind, to see whom the course lets pass."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from engine.definition.rows import Event
from engine.errors import MadoguchiError
from training.best_way import Prepared
from training.judging import Judged, rightful
from training.play import Act, Play
from training.scene import School, says
from training.scoring import Score

MOST_ACTS = 12
ASKING = "request_correction"


def by_the_checks(school: School, prepared: Prepared) -> Score:
    """Reads, looks up what the checks need, records what it sees, and does what that calls for."""
    play = Play(school, prepared)
    play.act(Act("look", "application"))
    while not play.over:
        step = play.step
        for fact in step.facts:
            play.act(Act("look", fact))
        for check, true in step.checks.items():
            if check in play.looked:  # a fact of the same name: both were seen at once
                seen = next(one.seen for one in play.judged if (one.act, one.name) == ("look", check))
            else:
                seen = play.act(Act("look", check)).seen
            assert any("目にとまること" in line for line in seen) is not true, (prepared.lesson.id, check, seen)
            play.act(Act("check", check, "passed" if true else "failed"))
        judged = play.act(Act("do", step.event))
        assert judged.verdict == "right", (prepared.lesson.id, judged)
    return play.score()


def lacks(school: School, prepared: Prepared) -> list[str]:
    """What was planted and is not in the case: in the form as it was handed in, or in what is looked up."""
    play, error = Play(school, prepared), prepared.lesson.error
    handed_in = play.scene.application.document
    looked_up: dict[str, Any] = {}
    for step in prepared.steps:
        looked_up |= step.facts
    with play.scene.reading() as work:
        known = {name: work.read(f"fact.{name}") for name in work.edition.facts}
    missing = []
    for path, value in (error.plant if error else {}).items():
        kind, _, name = path.partition(".")
        if kind == "form" and not says(handed_in, name, value):
            missing.append(path)
        if kind == "facts" and name in looked_up and plain(looked_up[name]) != plain(value):
            missing.append(path)
        if kind == "facts" and name not in looked_up and known.get(name) not in {None, plain(value)}:
            missing.append(path)
    return missing


def plain(value: object) -> object:
    """A day as the text that forms and registers write."""
    return value.isoformat() if isinstance(value, dt.date) else value


def tempted(school: School, prepared: Prepared) -> list[Judged]:
    """What is said to who does the usual thing at the place of the mistake, and to who records it as in order."""
    play = Play(school, prepared)
    play.act(Act("look", "application"))
    step, item = play.step, play.item
    with play.scene.reading() as work:
        ways = play.scene.clerk.ways(work).at(item.state, item.kind)
        right = rightful(work, prepared.lesson, step, {row.id for row in ways.onward})
        tempting = [row.id for row in (*ways.onward, *ways.aside) if row.id not in right and ways_of(play, row)]
        called = [check.on_fail for check in work.edition.procedure.checks if check.stage == step.place]
    found = [play.act(Act("check", name, "passed")) for name, true in step.checks.items() if not true]
    here = _events(play)
    tempting += [name for name in called if name not in right and name in here]
    return found + [play.act(Act("do", name)) for name in tempting[:1]]


def ways_of(play: Play, row: Event) -> bool:
    """Whether somebody of the office does this."""
    return any(play.scene.one.has(role) for role in row.by)


def always_accepts(school: School, prepared: Prepared) -> Score:
    """Passes every check unseen but for the application, and goes on."""
    play = Play(school, prepared)
    play.act(Act("look", "application"))
    for check in prepared.steps[0].checks:
        play.act(Act("check", check, "passed"))
    _try_each(play, [name for name in _events(play) if name != ASKING])
    return play.score()


def always_asks(school: School, prepared: Prepared) -> Score:
    """Reads the application and asks for a correction, whatever it says."""
    play = Play(school, prepared)
    play.act(Act("look", "application"))
    _try_each(play, [ASKING])
    return play.score()


def at_random(school: School, prepared: Prepared, seed: int) -> Score:
    """Does this and that."""
    play, luck = Play(school, prepared), Random(f"bot/{seed}/{prepared.lesson.id}")
    for _ in range(MOST_ACTS):
        if play.over:
            break
        checks, events = list(play.step.checks), _events(play)
        known = [Act("look", "application"), *(Act("do", name) for name in events)]
        known += [Act("check", name, luck.choice(("passed", "failed"))) for name in checks]
        _tried(play, luck.choice(known))
    return play.score()


def _events(play: Play) -> list[str]:
    return [row.id for row in play.scene.leaving(play.item) if row.by]


def _try_each(play: Play, names: list[str]) -> None:
    for name in names:
        if not play.over:
            _tried(play, Act("do", name))


def _tried(play: Play, act: Act) -> None:
    try:
        play.act(act)
    except MadoguchiError:
        return
