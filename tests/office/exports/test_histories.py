"""Histories for other tools: every event of the log, in order, and nothing that anybody wrote."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from engine.store import Store
from office.exports.happenings import histories
from office.exports.ocel import ocel
from tests.office.door import EVENING, EXAMPLE, Door
from tests.procedures.building_survey.test_households import Town, town

__all__ = ["town"]
At = Callable[[str], Door]
XES = "{http://www.xes-standard.org/}"
TYPES = {"string", "time", "integer", "float", "boolean"}


def personal() -> Iterator[str]:
    """What the applicant of the example wrote: names, numbers, days, addresses; not the codes of answers to choose."""
    found = [json.loads(EXAMPLE.read_text("utf-8"))]
    while found:
        one = found.pop()
        found += one.values() if isinstance(one, dict) else one if isinstance(one, list) else []
        if isinstance(one, str) and (not one.isascii() or any(map(str.isdigit, one))) and not EVENING.startswith(one):
            yield one


@pytest.fixture
def exported(at: At, tmp_path: Path) -> tuple[Path, Path, Door]:
    """The XES and the OCEL of a store with a case that was decided and told."""
    door = at("issued")
    files = tmp_path / "log.xes", tmp_path / "log.jsonocel"
    door("export", "xes", "--out", str(files[0]))
    door("export", "ocel", "--out", str(files[1]))
    return *files, door


def test_the_xes_has_every_event_of_the_case_in_order(exported: tuple[Path, Path, Door]) -> None:
    xes, _, door = exported
    (trace,) = etree.parse(xes).getroot().iter(f"{XES}trace")
    events = [{row.get("key"): row.get("value") for row in event} for event in trace.iter(f"{XES}event")]
    with Store.open(str(door.store)) as store, store.reading() as tx:
        log = [row for row in tx.log(1) if row.kind in {"event", "auto"}]
    assert len([one for one in events if one["lifecycle:transition"] == "complete"]) == len(log) + 1  # and its opening
    times = [dt.datetime.fromisoformat(str(one["time:timestamp"])) for one in events]
    assert times == sorted(times)
    decided = next(one for one in events if one["concept:name"] == "decide")
    assert decided["to_state"] == "decided"
    assert {one["org:role"] for one in events} >= {"applicant", "counter", "clerk", "section_chief"}


def test_the_xes_declares_what_its_keys_mean(exported: tuple[Path, Path, Door]) -> None:
    root = etree.parse(exported[0]).getroot()
    prefixes = {one.get("prefix") for one in root.iter(f"{XES}extension")}
    keys = {row.get("key") for event in root.iter(f"{XES}event") for row in event}
    assert {key.partition(":")[0] for key in keys if ":" in key} <= prefixes
    assert {row.tag for event in root.iter(f"{XES}event") for row in event} <= {
        f"{XES}{t}" for t in ("string", "date", "int")
    }


def test_the_ocel_is_one_by_the_rules_of_the_standard(exported: tuple[Path, Path, Door]) -> None:
    log = json.loads(exported[1].read_text("utf-8"))
    require_ocel(log)
    assert {row["type"] for row in log["objects"]} >= {"case", "task", "notice"}
    times = [row["time"] for row in log["events"]]
    assert times == sorted(times)


def require_ocel(log: dict[str, Any]) -> None:
    """What OCEL 2.0 asks of a log: declared types and attributes, unique ids, relations that lead somewhere."""
    declared = {
        kind: {row["name"]: {a["name"] for a in row["attributes"]} for row in log[kind]}
        for kind in ("objectTypes", "eventTypes")
    }
    assert {a["type"] for kind in declared for row in log[kind] for a in row["attributes"]} <= TYPES
    ids = [row["id"] for row in log["objects"]]
    assert len(ids) == len(set(ids))
    assert len({row["id"] for row in log["events"]}) == len(log["events"])
    for kind, rows in (("objectTypes", log["objects"]), ("eventTypes", log["events"])):
        for row in rows:
            assert {a["name"] for a in row["attributes"]} <= declared[kind][row["type"]]
            assert {one["objectId"] for one in row["relationships"]} <= set(ids)
            assert all(dt.datetime.fromisoformat(a["time"]).tzinfo for a in row["attributes"] if "time" in a)


def test_nothing_personal_leaves(exported: tuple[Path, Path, Door]) -> None:
    *files, door = exported
    words = [*personal(), ">p1<", '"p1"', "applicant:p1", '"k1"', '"s1"']
    for path in files:
        text = path.read_text("utf-8")
        assert [word for word in words if word in text] == []
    assert door.store.exists()


def test_one_person_of_the_office_has_one_pseudonym(exported: tuple[Path, Path, Door]) -> None:
    log = json.loads(exported[1].read_text("utf-8"))
    said = [{a["name"]: a["value"] for a in row["attributes"]} for row in log["events"]]
    assert {one["resource"] for one in said if one.get("role") == "clerk"} == {"clerk-1"}
    assert all("resource" not in one for one in said if one.get("role") == "applicant")


def test_a_building_is_one_object_that_its_households_share(town: Town) -> None:
    survey = town.survey()
    households = [town.applied(f"p{number}") for number in (1, 2)]
    for household in households:
        town.fire(household, "triage_onsite", "clerk:k1")
    town.deliver()
    log = ocel(histories(town.engine))
    require_ocel(log)
    (building,) = [row["id"] for row in log["objects"] if row["type"] == "building"]
    cases = [row for row in log["objects"] if row["type"] == "case"]
    about = {row["id"] for row in cases if {"objectId": building, "qualifier": "about"} in row["relationships"]}
    assert {f"case:{one}" for one in (survey, *households)} <= about
    shared = {"objectId": f"case:{survey}", "qualifier": "shares"}
    assert all(shared in row["relationships"] for row in cases if row["id"] != f"case:{survey}")
    assert not any(row["type"] in {"person", "home"} for row in log["objects"])


def test_what_cannot_be_exported_is_said_and_nothing_is_written(at: At, tmp_path: Path) -> None:
    door, out = at("submitted"), tmp_path / "log.xes"
    assert "child_allowance_claim" in door.refused(
        "export", "xes", "--procedure", "child_allowance_clam", "--out", str(out)
    )
    assert "読み書きできません" in door.refused("export", "xes", "--out", str(tmp_path / "none" / "log.xes"))
    assert "案件1件" in door("export", "ocel", "--procedure", "child_allowance_claim", "--out", str(out)).stdout
    assert "案件0件" in door("export", "xes", "--procedure", "pregnancy_notice", "--out", str(out)).stdout
    none = door("export", "bpmn", "pregnancy", "--out", str(tmp_path / "x.bpmn"), plain=True, code=1)
    assert "pregnancy_notice" in none.output
    assert not (tmp_path / "x.bpmn").exists()
