"""Procedures to draw: ours on every day of change, the hosts of the loader's tests, and made-up ones of any size."""

from __future__ import annotations

import datetime as dt
import functools
import random
from pathlib import Path

from engine.definition import Procedure
from engine.definition.in_force import in_force
from procedures.diagram.writing import standing
from procedures.files import FragmentFolders, our_folder
from procedures.library import Library
from procedures.loader import read_procedure
from tests.house.layout import ROOT
from tests.procedures.samples import SAMPLE, load_text

HOSTILE = "</text><script>alert('𠮷')</script> & \"quoted\"\n次の行\u202e逆"
TODAY = dt.date(2024, 10, 1)


@functools.cache
def ours() -> dict[str, Procedure]:
    """Every procedure of the library as it stands on the first day of each of its versions."""
    found = {}
    for entry in Library().list():
        whole = Library().read(entry.id).procedure
        assert whole is not None
        for version in whole.versions:
            found[f"{entry.id} {version.from_}"] = in_force(whole, version.from_)
    return found


def made_up(states: int, events: int, tasks: int, seed: int) -> Procedure:
    """A procedure with so many states, events and kinds of task, its arrows drawn by luck."""
    luck = random.Random(seed)
    roles = [
        *({"id": f"role{n}", "label": f"係{n}", "side": "office"} for n in range(4)),
        {"id": "person", "label": "申請する人", "side": "citizen"},
        {"id": "bank", "label": "金融機関", "side": "outside"},
    ]
    kinds = ("working", "working", "waiting_applicant", "waiting_outside", "deciding", "milestone")
    inner = [
        {"id": f"s{n}", "label": f"状態{n}の名", "kind": luck.choice(kinds), "by": f"role{luck.randrange(4)}"}
        for n in range(states - 4)
    ]
    ends = [{"id": f"e{n}", "label": f"終わり{n}", "kind": "settled", "result": "granted"} for n in range(3)]
    machine = _arrows(luck, [row["id"] for row in inner], [row["id"] for row in ends], events)
    return Procedure.model_validate(
        {
            **dict.fromkeys(("title_en", "title_easy", "field", "department", "form", "effective_date"), "x"),
            "id": "made_up",
            "number": 1,
            "title": "作られた手続",
            "version_by": "x",
            "roles": roles,
            "states": [{"id": "start", "label": "始まり", "kind": "initial"}, *inner, *ends],
            "events": [{"id": "begin", "label": "始める", "from": "start", "to": "s0", "by": "person"}, *machine],
            "tasks": {f"task{n}": _task(luck, n) for n in range(tasks)},
            "effects": [{"id": "begin", "opens": [f"task{n}" for n in range(tasks)]}],
        }
    )


def _arrows(luck: random.Random, inner: list[str], ends: list[str], events: int) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for number in range(events):
        sources = luck.sample(inner, luck.choice((1, 1, 1, 2, 3)))
        target = luck.choice([*inner, *ends, None])
        label = "操作" + "の長い名" * luck.randrange(6)
        row: dict[str, object] = {
            "id": f"v{number}",
            "label": label,
            "from": sources,
            "by": luck.choice(("person", "role0", "bank")),
        }
        rows.append({**row, "to": target} if target else row)
    rows.append({"id": "gone", "label": "取り下げる", "from": "@open", "to": ends[0], "by": "person"})
    return rows


def _task(luck: random.Random, number: int) -> dict[str, object]:
    states = [{"id": f"t{n}", "label": f"作業の状態{n}", "kind": "working", "by": "role1"} for n in range(6)]
    events = [
        {
            "id": f"w{n}",
            "label": f"進める{n}",
            "from": f"t{luck.randrange(6)}",
            "to": f"t{luck.randrange(6)}",
            "auto": True,
        }
        for n in range(9)
    ]
    return {"label": f"作業{number}", "states": states, "events": events}


def hostile() -> Procedure:
    """The host of the loader's tests with unfriendly words wherever words can stand."""
    whole = small()
    words = HOSTILE + "長" * 500
    states = tuple(row.model_copy(update={"label": words}) for row in whole.states)
    events = tuple(row.model_copy(update={"label": words, "when": HOSTILE}) for row in whole.events)
    roles = tuple(row.model_copy(update={"label": words}) for row in whole.roles)
    tasks = {f"{key}{HOSTILE}": task.model_copy(update={"label": words}) for key, task in whole.tasks.items()}
    return whole.model_copy(
        update={"title": words, "states": states, "events": events, "roles": roles, "tasks": tasks, "id": HOSTILE}
    )


def small() -> Procedure:
    """The host of the loader's tests."""
    found = load_text(SAMPLE).procedure
    assert found is not None
    return in_force(found, TODAY)


def loaded(path: Path) -> Procedure:
    """The procedure of a file of the tests or the documents, by its newest version."""
    found = read_procedure(path, FragmentFolders([our_folder()])).procedure
    assert found is not None
    return standing(found)[0]


@functools.cache
def everything() -> dict[str, Procedure]:
    """All procedures that the layout is held against."""
    files = [
        *(ROOT / "tests" / "engine" / "made_up").rglob("*.toml"),
        *(ROOT / "docs").glob("tutorial/*/procedures/*/*.toml"),
    ]
    small_ones = {path.stem: loaded(path) for path in sorted(files)}
    made = {f"made up {size} {seed}": made_up(size, 2 * size, 3, seed) for size in (8, 12, 25) for seed in range(4)}
    return {**ours(), **small_ones, "small": small(), "hostile": hostile(), **made, "large": made_up(36, 75, 8, 1)}
