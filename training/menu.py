"""What a learner may choose on the full screen: each choice with the act that it is, in the order of the work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.definition.rows import Input
from office.office import Definitions
from office.values import value
from training.flow.play import QUANTITIES, FlowPlay
from training.flow.seeing import LOOKS
from training.flow.subject import flow_lessons
from training.lessons import Lesson, lessons
from training.play import APPLICATION, Act, Play
from training.telling import MARKS, desk_facts

NAMES = {
    "flow": "いまの流れ",
    "steps": "作業",
    "waits": "庁外の待ち",
    "desks": "職の忙しさ",
    "levers": "変えられること",
}

ROUNDS = {
    "next": "つぎの課題(弱い力から)",
    "course": "8件の研修",
    "day": "10件の一日",
    "month_end": "月末の一日",
    "surge": "人が並ぶ朝",
}


@dataclass(frozen=True)
class Choice:
    """One line of the menu. `act` is done at once; without it `types` is put on the command line to be finished.

    `check` names the check that the keys for passed and failed record; `asks` the small form that comes first.
    """

    label: str
    act: Act | None = None
    types: str = ""
    check: str = ""
    asks: Input | None = None


def starts(declared: Definitions) -> dict[str, str]:
    """The lessons that can be begun by name, with what the menu says: never what was planted."""
    found = dict(ROUNDS)
    ours: list[Lesson] = []
    for one in lessons(declared):
        if one.cannot is None:
            ours = [*ours, one] if ours and ours[-1].procedure == one.procedure else [one]
            found[one.id] = f"{len(ours)} {one.title}"
    return found | {one.id: f"流れ {one.title}" for one in flow_lessons(declared)}


def choices(play: Play | FlowPlay) -> list[Choice]:
    """What can be done now."""
    if play.over:
        return []
    return list(_of_flow(play) if isinstance(play, FlowPlay) else _of_case(play))


def _of_case(play: Play) -> Iterator[Choice]:
    facts = desk_facts(1, play)
    yield Choice("読む 申請書", Act("look", APPLICATION))
    yield Choice("読む 要る添付", Act("look", "attachments"))
    for one in facts["checks"]:
        yield Choice(f"確認{MARKS[one['result']]} {one['says']}", Act("look", one["check"]), check=one["check"])
    with play.scene.reading() as work:
        known = {name: row.says for name, row in work.edition.facts.items()}
        inputs = dict(work.edition.inputs)
    rows = {row.id: row for row in play.scene.leaving(play.item)}
    for one in facts["events"]:
        asks = inputs.get(rows[one["event"]].asks or "")
        asks = asks if asks is not None and asks.form is None else None
        yield Choice(f"操作 {one['label']}", Act("do", one["event"]), asks=asks)
    for name in facts["facts"]:
        yield Choice(f"調べる {known[name]}", Act("look", name))


def _of_flow(play: FlowPlay) -> Iterator[Choice]:
    for name in LOOKS:
        yield Choice(f"見る {NAMES[name]}", Act("look", name))
    yield Choice("印 無駄に印を付ける", types="mark ")
    yield Choice("変 てこを引く", types="change ")
    if play.levers:
        yield Choice(f"戻 {play.levers[-1].name} を戻す", Act("undo", ""))
    for name, label in QUANTITIES.items():
        told = f" {play.predicted[name]:g}" if name in play.predicted else ""
        yield Choice(f"予想 {label}{told}", types=f"predict {name} ")
    yield Choice("動かす", Act("run", ""))


def typed(line: str) -> Act:
    """The act of a line such as `check identity passed`; a note is everything after its word."""
    kind, _, rest = line.strip().partition(" ")
    if kind == "note":
        return Act(kind, "", rest)
    name, _, said = rest.strip().partition(" ")
    return Act(kind, name, said.strip())


def written(asks: Input, words: dict[str, str], draft: dict[str, Any]) -> dict[str, Any]:
    """The answers of a small form; what was left as it was drafted stays as it is, what was emptied is left out."""
    found: dict[str, Any] = {}
    for name, word in words.items():
        if word == word_of(draft.get(name)):
            found |= {name: draft[name]} if name in draft else {}
        elif word:
            kind = asks.fields[name]
            found[name] = value(kind if isinstance(kind, str) else "text", word)
    return {**{name: one for name, one in draft.items() if name not in words}, **found}


def word_of(drafted: object) -> str:
    """A drafted value as it stands in a field."""
    if isinstance(drafted, bool):
        return "はい" if drafted else "いいえ"
    return "" if drafted is None else str(drafted)
