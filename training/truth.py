"""What must be true besides what is planted, so that a mistake is one: what its check reads, what is needed to mend it.

The simulation takes a register to say what lets a case go on. In a lesson it says what makes the mistake a mistake.
"""

from __future__ import annotations

from itertools import islice, product
from typing import Any

from engine import acts
from engine.errors import Refusal
from engine.moves import machine_of
from engine.store import OpenItem
from engine.work import Work
from simulation.means import Search, unknown_facts
from training.scene import Scene

MOST_TRIALS = 64


def settle(scene: Scene, item: OpenItem) -> None:
    """Lay what else must be true over what is planted; nothing where the mistake shows without it."""
    error = scene.lesson.error
    if error is None or scene.application.planted is None:
        return
    if error.right:
        found = _for_event(scene, item, error.right)
    else:
        with scene.reading(scene.worker(item)) as work:
            found = _failing(work, error.check or "", scene.application.true_facts)
    if found:
        plant = scene.application.planted.plant | {f"facts.{name}": value for name, value in found.items()}
        scene.application.planted = error.model_copy(update={"plant": plant})


def _failing(work: Work, check: str, known: dict[str, Any]) -> dict[str, Any]:
    """The facts with which a check that its condition decides fails; what is not said stays unknown."""
    condition = work.edition.condition("checks", check, "passes")
    if condition is None:
        return {}
    names = [name for name in unknown_facts(work, condition.reads) if name not in known]
    ranges = [[False, None] if work.edition.facts[name].type == "yes_no" else [None] for name in names]
    for values in islice(product(*ranges), MOST_TRIALS):
        facts = dict(zip(names, values, strict=True))
        if _established(work, known | facts) and work.judged("checks", check, "passes") is False:
            return facts
    return {}


def _for_event(scene: Scene, item: OpenItem, event: str) -> dict[str, Any]:
    """The facts that the right event needs, as far as a small search finds them."""
    with scene.reading(scene.worker(item)) as work:
        task = work.whole.tasks.get(item.task)
        row = next((one for one in machine_of(work, task).leaving(item.state) if one.id == event), None)
        if row is None:
            return {}
        known = scene.papers.facts_known(scene.application, work)
        said = scene.papers.said(scene.application, work, row)
        means = Search().for_event(work, row, task, known, said)
    return dict(means.facts) if means else {}


def _established(work: Work, facts: dict[str, Any]) -> bool:
    """Whether the case in hand could be made to look so."""
    try:
        acts.establish(work, facts)
    except Refusal:
        return False
    return True
