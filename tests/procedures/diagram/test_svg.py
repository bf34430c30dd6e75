"""The drawing as a file: sound XML, safe words, a title that is read out, paper that a printer knows."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from procedures.diagram.sheets import sheets_of
from procedures.diagram.svg import svg
from tests.procedures.diagram.made_up import HOSTILE, TODAY, everything, ours, small

NS = {"s": "http://www.w3.org/2000/svg"}
NAMES = sorted(everything())
every = pytest.mark.parametrize("name", NAMES)


def drawn(name: str) -> ET.Element:
    return ET.fromstring(svg(sheets_of(everything()[name], TODAY)))  # noqa: S314 - our own text


@every
def test_it_is_sound_and_has_a_title_and_a_description_that_are_read_out(name: str) -> None:
    root = drawn(name)
    ids = {root.find(f"s:{tag}", NS).get("id") for tag in ("title", "desc")}  # type: ignore[union-attr]
    assert set(str(root.get("aria-labelledby")).split()) == ids
    assert root.get("role") == "img"
    assert root.get("lang") == "ja"
    assert root.findtext("s:desc", namespaces=NS)


@every
def test_all_text_stands_inside_the_view(name: str) -> None:
    root = drawn(name)
    _, _, width, height = map(float, str(root.get("viewBox")).split())
    for group in root.findall("s:g", NS):
        down = float(re.findall(r"[\d.]+", str(group.get("transform")))[1])
        for text in group.iter(f"{{{NS['s']}}}text"):
            assert 0 <= float(str(text.get("x"))) <= width
            assert 0 <= down + float(str(text.get("y"))) <= height


def test_unfriendly_words_stay_words() -> None:
    text = svg(sheets_of(everything()["hostile"], TODAY))
    root = ET.fromstring(text)  # noqa: S314 - our own text
    assert {tag.tag.removeprefix(f"{{{NS['s']}}}") for tag in root.iter()} <= {
        *("svg", "title", "desc", "style", "marker", "path", "rect", "g", "text", "circle")
    }
    assert "<script" not in text
    assert "\u202e" not in text
    assert "</text><script>alert('𠮷')</script>" in "".join(root.itertext())


def test_words_that_are_too_long_are_cut_and_told_in_full_where_a_reader_points() -> None:
    root = drawn("hostile")
    groups = [group for group in root.iter(f"{{{NS['s']}}}g") if group.find("s:title", NS) is not None]
    assert all(group.find("s:text", NS) is not None for group in groups)
    told = [group.findtext("s:title", "", NS) for group in groups]
    assert any(text.endswith("長" * 500) for text in told)
    lines = [text for text in root.iter(f"{{{NS['s']}}}text") if text.get("class") not in {"title", "again", "about"}]
    assert max(len(line.text or "") for line in lines) < 60


@pytest.mark.parametrize("name", sorted(ours()))
def test_it_prints_on_paper_of_an_office_in_landscape(name: str) -> None:
    sheets = sheets_of(everything()[name], TODAY)
    paper, across, down = sheets.paper.size
    text = svg(sheets)
    assert f"@page {{ size: {paper} landscape; margin: 0 }}" in text
    assert f'width="{across}mm" height="{down * sheets.paper.sheets}mm"' in text
    assert paper in {"A4", "A3"}
    points = 12 * across / sheets.paper.width / 0.3528
    assert points > 4.5  # the letters of an event, as printed: no smaller than the ruby of a newspaper
    assert sheets.paper.width / sheets.paper.height == pytest.approx(across / down, rel=0.01)


def test_a_small_procedure_prints_on_a4() -> None:
    assert sheets_of(small(), TODAY).paper.size[0] == "A4"


def test_letters_that_few_fonts_have_are_asked_of_fonts_that_have_them() -> None:
    text = svg(sheets_of(small(), TODAY))
    assert '"Noto Sans CJK JP"' in text
    assert '"BIZ UDPGothic"' in text


def test_ends_and_kinds_are_told_by_a_letter_besides_their_colour() -> None:
    root = drawn("child_allowance_claim 2024-10-01")
    marks = {text.text for text in root.iter(f"{{{NS['s']}}}text") if text.get("class") == "mark"}
    assert marks == set("始到処待決節可否無済不")


def test_the_same_bytes_are_written_twice() -> None:
    assert svg(sheets_of(small(), TODAY)) == svg(sheets_of(small(), TODAY))


def test_hostile_words_are_hostile() -> None:
    assert {"<", "&", '"', "'", "\n", "\u202e"} <= set(HOSTILE)
