"""The drawing as Mermaid: every line is one that Mermaid knows, whatever the declaration says."""

from __future__ import annotations

import json
import re

import pytest

from procedures.diagram.machines import drawn
from procedures.diagram.mermaid import mermaid
from tests.procedures.diagram.made_up import everything, small

WORDS = r'"[^"|<>`\\{}\[\]()]*(?:(?:<br/>|\()[^"|<>`\\{}\[\]()]*\)?)*"'
NODE = rf"(\w+)(?:\(\[{WORDS}\]\)|\[\[{WORDS}\]\]|\[{WORDS}\]|\({WORDS}\)|>{WORDS}\])(?::::\w+)?"
LINE = re.compile(
    rf"---|title: (?P<title>.*)|flowchart TB|  acc(?:Title|Descr): [^\n#;]+|  subgraph (?P<frame>\w+)\[{WORDS}\]"
    rf"|  end|\s+(?P<node>{NODE})|  (?P<source>\w+) -->\|{WORDS}\| (?P<target>\w+)|  classDef \w+ [\w:,#\- ]+"
)
every = pytest.mark.parametrize("name", sorted(everything()))


def written(name: str) -> list[str]:
    return mermaid(drawn(everything()[name]), '題; "名" #1', "説明; <b>").splitlines()


@every
def test_every_line_is_one_that_mermaid_knows(name: str) -> None:
    assert [line for line in written(name) if not LINE.fullmatch(line)] == []


@every
def test_links_join_nodes_that_are_there_and_subgraphs_are_closed(name: str) -> None:
    found = [match for line in written(name) if (match := LINE.fullmatch(line))]
    nodes = {str(match["node"]).split("[")[0].split("(")[0].split(">")[0] for match in found if match["node"]}
    ends = {str(match[end]) for match in found for end in ("source", "target") if match[end]}
    assert ends <= nodes
    frames = [match["frame"] for match in found if match["frame"]]
    assert len(frames) == len(set(frames)) == written(name).count("  end")
    assert not set(frames) & nodes


@every
def test_every_state_and_event_is_in_it(name: str) -> None:
    procedure = everything()[name]
    lines = written(name)
    states = len(procedure.states) + sum(len(task.states) for task in procedure.tasks.values())
    assert sum(bool(re.match(rf"    {NODE}", line)) for line in lines) >= states
    labels = [event.label for event in procedure.events if name != "hostile"]
    assert [label for label in labels if re.split(r"[()/]", label)[0] not in "".join(lines)] == []


def test_the_title_is_quoted_so_that_no_sign_of_yaml_counts() -> None:
    assert json.loads(written("small")[1].removeprefix("title: ")) == '題; "名" #1'


def test_a_line_that_mermaid_does_not_know_would_be_found() -> None:
    assert LINE.fullmatch('  n1 -->|"a<br/>(b)"| n2')
    for bad in ('  n1 -->|"a"b"| n2', "  n1 -->|a| n2", '    n1["a|b"]', '  n1["<script>"]'):
        assert not LINE.fullmatch(bad)


def test_the_same_bytes_are_written_twice() -> None:
    assert mermaid(drawn(small()), "a", "b") == mermaid(drawn(small()), "a", "b")
