"""The report page is one sound, offline, readable file: no word of the results can break out of it."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest

from procedures.letters import plain
from simulation.report import render
from simulation.results import Results
from tests.simulation.page_reader import read
from tests.simulation.sample_results import sample

SAMPLE = sample()
PROCEDURE = SAMPLE.procedures[0]
HTML = render(SAMPLE)
PAGE = read(HTML)


def test_the_page_closes_every_tag_and_names_every_id_once() -> None:
    assert PAGE.unclosed == []
    ids = [found["id"] for _, found in PAGE.tags if "id" in found]
    assert len(ids) == len(set(ids))
    targets = {found["href"].removeprefix("#") for tag, found in PAGE.tags if tag == "a"}
    assert targets <= set(ids)


@pytest.mark.parametrize(
    "banned", ["http", "//", "src=", "<script", "@import", "url(", "javascript:", "/home/", "/usr/", "C:\\"]
)
def test_the_page_asks_for_nothing_and_names_no_place(banned: str) -> None:
    assert banned not in HTML


def test_the_page_has_no_code_and_no_outside_link() -> None:
    assert {tag for tag, _ in PAGE.tags} & {"script", "iframe", "object", "link", "form", "img", "base"} == set()
    assert not any(name.startswith("on") for _, found in PAGE.tags for name in found)
    assert all(found["href"].startswith("#") for tag, found in PAGE.tags if tag == "a")


def test_the_same_results_give_the_same_bytes_in_another_process() -> None:
    code = "import hashlib; from simulation.report import render; from tests.simulation.sample_results import sample\n"
    code += "print(hashlib.sha256(render(sample()).encode()).hexdigest())"
    environment = {**os.environ, "PYTHONHASHSEED": "12345", "TZ": "America/New_York", "PYTHONPATH": str(Path.cwd())}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == hashlib.sha256(HTML.encode()).hexdigest()


def test_other_results_give_other_bytes() -> None:
    assert render(replace(SAMPLE, seed=1)) != HTML


BAD = "</style></title><script>alert(1)</script><img src=x onerror=alert(1)>\"'&{{ 7*7 }}{% x %}\u202e\x00\ud800"


def hostile() -> Results:
    """Every word of the results replaced by one that would break out of the page."""
    procedure = replace(
        PROCEDURE,
        definition=replace(PROCEDURE.definition, title=BAD, id=BAD, behaviour=BAD, versions=(BAD,)),
        arrivals=tuple(replace(row, channel_label=BAD) for row in PROCEDURE.arrivals),
        states=tuple(replace(row, label=BAD) for row in PROCEDURE.states),
        moves=tuple(replace(row, event=BAD) for row in PROCEDURE.moves),
        outcomes=tuple(replace(row, label=BAD) for row in PROCEDURE.outcomes),
        limits=tuple(replace(row, label=BAD, ground=BAD) for row in PROCEDURE.limits),
        exchanges=tuple(replace(row, label=BAD) for row in PROCEDURE.exchanges),
        errors=tuple(replace(row, label=BAD) for row in PROCEDURE.errors),
        steps=tuple(replace(row, label=BAD, post=BAD) for row in PROCEDURE.steps),
        waits=tuple(replace(row, label=BAD) for row in PROCEDURE.waits),
    )
    assert SAMPLE.schedule is not None
    rows = tuple(replace(row, title=BAD, department=BAD, period=BAD, note=BAD) for row in SAMPLE.schedule.rows)
    return replace(
        SAMPLE,
        city=BAD,
        city_id=BAD,
        scenario=BAD,
        scenario_label=BAD,
        procedures=(procedure,),
        posts=tuple(replace(post, label=BAD) for post in SAMPLE.posts),
        schedule=replace(
            SAMPLE.schedule, title=BAD, source=BAD, rows=rows, printed=((BAD, 3),), also_stated=BAD, note=BAD
        ),
        assumptions=tuple(replace(one, label=BAD, value=BAD, unit=BAD, source=BAD) for one in SAMPLE.assumptions),
        findings=tuple(replace(one, text=BAD, rule=BAD) for one in SAMPLE.findings),
        not_modelled=(BAD,),
    )


def test_hostile_words_stay_words() -> None:
    html = render(hostile())
    page = read(html)
    assert page.unclosed == []
    assert {tag for tag, _ in page.tags} == {tag for tag, _ in PAGE.tags}
    assert not any(name.startswith("on") for _, found in page.tags for name in found)
    assert plain(BAD) in page.text
    assert "49" not in page.text.split("やさしい要約")[0]
    html.encode("utf-8")


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb or #rgb, as WCAG 2 defines it."""
    full = colour if len(colour) == 7 else "#" + "".join(letter * 2 for letter in colour[1:])
    parts = [int(full[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


STYLE = files("simulation.report").joinpath("templates/report.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{3,6})", STYLE))


@pytest.mark.parametrize("text", ["ink", "muted", "accent", "alert"])
@pytest.mark.parametrize("ground", ["#ffffff", "wash", "alert-wash"])
def test_words_can_be_read_on_their_ground(text: str, ground: str) -> None:
    assert contrast(COLOURS[text], COLOURS.get(ground, ground)) >= 4.5


@pytest.mark.parametrize("level", range(7))
def test_numbers_of_the_heat_map_can_be_read(level: int) -> None:
    found = re.search(rf"\.heat-{level} {{ background: (#\w+);(?: color: (#\w+);)? }}", STYLE)
    assert found is not None
    assert contrast(found[1], found[2] or COLOURS["ink"]) >= 4.5
