"""A drawing as a Mermaid flowchart: lanes and tasks as subgraphs, states as nodes, events as labelled links."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from procedures.diagram.graph import Graph
from procedures.diagram.machines import Drawn
from procedures.diagram.picture import Step
from procedures.diagram.words import Told
from procedures.letters import plain

_SHAPES = {
    "initial": ('(["', '"])'),
    "arrived": ('("', '")'),
    "milestone": ('("', '")'),
    "deciding": ('[["', '"]]'),
    "granted": ('(["', '"])'),
    "refused": ('(["', '"])'),
    "accepted": ('(["', '"])'),
    "void": ('(["', '"])'),
    "settled": ('(["', '"])'),
    "final": ('(["', '"])'),
    "done": ('(["', '"])'),
    "failed": ('(["', '"])'),
}
_CLASSES = """\
  classDef waiting stroke-dasharray: 5 3
  classDef good fill:#e4edf5,stroke:#1b2431,stroke-width:2px
  classDef bad fill:#fbeae8,stroke:#1b2431,stroke-width:2px
  classDef none fill:#e9edf2,stroke:#1b2431,stroke-width:2px"""
_CLASS_OF = {
    **dict.fromkeys(("waiting_applicant", "waiting_outside", "waiting_meeting"), "waiting"),
    **dict.fromkeys(("granted", "accepted", "done"), "good"),
    **dict.fromkeys(("refused", "failed"), "bad"),
    **dict.fromkeys(("void", "settled", "final"), "none"),
}
_SPECIAL = frozenset('"#;<>&`\\|[](){}')


def mermaid(all_: Drawn, title: str, about: str) -> str:
    """The drawing as text that Mermaid lays out by itself."""
    head = ["---", f"title: {json.dumps(plain(title), ensure_ascii=False)}", "---", "flowchart TB"]
    spoken = [f"  accTitle: {_spoken(title)}", f"  accDescr: {_spoken(about)}"]
    return "\n".join([*head, *spoken, *_Chart(all_).lines()]) + "\n"


class _Chart:
    """The nodes of all machines, numbered as they are written: ids of a declaration may hold what Mermaid does not."""

    def __init__(self, all_: Drawn) -> None:
        self._all = all_
        self._nodes: dict[tuple[str, str], str] = {}

    def lines(self) -> Iterator[str]:
        """The chart, line by line."""
        case = self._all.case
        for number, lane in enumerate(case.lanes):
            yield f'  subgraph lane{number}["{_t(lane.title)}"]'
            yield from self._states(
                "", case.steps, [key for key in case.graph.states if case.steps[key].lane == number]
            )
            yield "  end"
        yield from self._links("", case.graph)
        yield from self._anywhere()
        for task in self._all.tasks:
            title = f"{task.title} {f'({task.about})' if task.about else ''}".strip()
            yield f'  subgraph task{self._node("task", task.kind)}["{_t(title)}"]'
            yield from self._states(task.kind, task.plan.steps, task.plan.graph.states)
            yield "  end"
            yield from self._links(task.kind, task.plan.graph)
        yield from self._lists()
        yield _CLASSES

    def _node(self, machine: str, key: str) -> str:
        return self._nodes.setdefault((machine, key), f"n{len(self._nodes) + 1}")

    def _states(self, machine: str, steps: Mapping[str, Step], keys: Sequence[str]) -> Iterator[str]:
        for key in keys:
            step = steps[key]
            words = "<br/>".join(_t(one) for one in (f"{step.mark} {step.label}", step.role, *step.chips) if one)
            yield self._written(self._node(machine, key), step.kind, words)

    def _written(self, node: str, kind: str, words: str) -> str:
        opening, closing = _SHAPES.get(kind, ('["', '"]'))
        look = _CLASS_OF.get(kind)
        return f"    {node}{opening}{words}{closing}{f':::{look}' if look else ''}"

    def _links(self, machine: str, graph: Graph) -> Iterator[str]:
        for way in graph.ways:
            for source in way.sources:
                yield self._link(self._node(machine, source), self._node(machine, way.target), way.told)
        for state, told in graph.loops.items():
            yield self._link(self._node(machine, state), self._node(machine, state), told)

    def _link(self, source: str, target: str, told: Sequence[Told]) -> str:
        words = "<br/>".join(f"{_t(f'{one.label} {one.mark}'.strip())}<br/>({_t(one.who)})" for one in told)
        return f'  {source} -->|"{words}"| {target}'

    def _anywhere(self) -> Iterator[str]:
        graph = self._all.case.graph
        rows = sorted(graph.anywhere, key=lambda one: one.source)
        if rows:
            yield '  subgraph anywhere["どこからでも起こること"]'
            for source in dict.fromkeys(row.source for row in rows):
                yield self._written(self._node("anywhere", source), "", _t(source))
            beside = [row.target for row in rows if row.target is not None and row.target not in graph.states]
            for key in dict.fromkeys(beside):
                yield from self._states("", self._all.beside, [key])
            yield "  end"
        for (source, target), group in groupby(rows, key=lambda one: (one.source, one.target)):
            start = self._node("anywhere", source)
            yield self._link(start, self._node("", target) if target else start, [row.told for row in group])

    def _lists(self) -> Iterator[str]:
        """Legal periods and conditions, a node each list."""
        words = self._all.words
        for number, clock in enumerate(self._all.procedure.clocks.values()):
            told = "<br/>".join(_t(line) for line in (f"期限 {clock.label}", *words.clock(clock)))
            yield f'  clock{number}>"{told}"]'
        if words.notes:
            told = "<br/>".join(_t(f"{mark} {says}") for mark, says in words.notes)
            yield f'  notes["{told}"]'


def _t(words: str) -> str:
    """Words that Mermaid takes for words: what it would read as its own signs goes as a number."""
    return "".join(f"#{ord(one)};" if one in _SPECIAL else one for one in plain(" ".join(words.split())))


def _spoken(words: str) -> str:
    """Words for those who do not see the chart; there Mermaid knows no numbers for signs."""
    return plain(" ".join(words.split())).replace("#", "＃").replace(";", "；")
