"""BPMN of every declaration: what the standard's own schema accepts, with all states and events, read back."""

from __future__ import annotations

from pathlib import Path

import pytest
import SpiffWorkflow
from lxml import etree

from engine.definition import Procedure
from procedures.bpmn import drawing
from procedures.diagram.machines import drawn
from procedures.diagram.writing import standing
from tests.scenarios.stage import declared

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
SHAPE = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNShape"
EDGE = "{http://www.omg.org/spec/BPMN/20100524/DI}BPMNEdge"
SCHEMA = Path(SpiffWorkflow.__file__).parent / "bpmn" / "parser" / "schema" / "BPMN20.xsd"
ALL = [entry.id for entry in declared("hitachinaka").library.list()]
FLOW_NODES = {f"{MODEL}{tag}" for tag in ("startEvent", "endEvent", "userTask", "receiveTask")}


def now(name: str) -> Procedure:
    """A procedure as it stands by its newest version."""
    loaded, _ = declared("hitachinaka").library.load(name)
    assert loaded is not None
    return standing(loaded)[0]


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema of the standard, as a library ships it."""
    return etree.XMLSchema(etree.parse(SCHEMA))


@pytest.mark.parametrize("name", ALL)
def test_the_document_is_valid_by_the_schema_of_the_standard(name: str, schema: etree.XMLSchema) -> None:
    root = etree.fromstring(drawing(now(name)).text.encode())
    assert schema.validate(root), schema.error_log


@pytest.mark.parametrize("name", ["care_certification", "child_allowance_claim"])
def test_every_state_and_every_flow_is_there_and_has_its_place(name: str) -> None:
    procedure = now(name)
    root = etree.fromstring(drawing(procedure).text.encode())
    nodes = {element.get("id") for element in root.iter(*FLOW_NODES)}
    flows = {element.get("id") for element in root.iter(f"{MODEL}sequenceFlow")}
    plan = drawn(procedure).case
    assert {f"case_{name}_{state}" for state in plan.graph.states} <= nodes
    events = {
        f"case_{name}_{told.event}_{source}" for way in plan.graph.ways for told in way.told for source in way.sources
    }
    assert events <= flows
    shapes = {element.get("bpmnElement") for element in root.iter(SHAPE)}
    assert nodes <= shapes
    assert {element.get("bpmnElement") for element in root.iter(EDGE)} == flows


def test_every_node_of_the_case_lies_in_exactly_one_lane_and_inside_it() -> None:
    root = etree.fromstring(drawing(now("care_certification")).text.encode())
    (process, *_) = root.iter(f"{MODEL}process")
    held = [ref.text for ref in process.iter(f"{MODEL}flowNodeRef")]
    assert sorted(held) == sorted(node.get("id") for node in process if node.tag in FLOW_NODES)
    places = {shape.get("bpmnElement"): shape[0].attrib for shape in root.iter(SHAPE)}
    for lane in process.iter(f"{MODEL}lane"):
        left, width = (float(places[lane.get("id")][key]) for key in ("x", "width"))
        for ref in lane.iter(f"{MODEL}flowNodeRef"):
            x, wide = (float(places[ref.text][key]) for key in ("x", "width"))
            assert left - 1 <= x
            assert x + wide <= left + width + 1


def test_a_flow_begins_and_ends_at_what_it_joins_and_says_its_condition() -> None:
    root = etree.fromstring(drawing(now("care_certification")).text.encode())
    nodes = {element.get("id") for element in root.iter(*FLOW_NODES)}
    for flow in root.iter(f"{MODEL}sequenceFlow"):
        assert {flow.get("sourceRef"), flow.get("targetRef")} <= nodes
    join = next(one for one in root.iter(f"{MODEL}sequenceFlow") if one.get("id").endswith("_join_gathering"))
    assert "調査票と意見書の点検が済んだ" in "".join(join.itertext())
    notes = ["".join(note.itertext()) for note in root.iter(f"{MODEL}textAnnotation")]
    assert any("死亡" in note for note in notes)


def test_the_same_declaration_gives_the_same_bytes() -> None:
    assert drawing(now("pregnancy_notice")) == drawing(now("pregnancy_notice"))
