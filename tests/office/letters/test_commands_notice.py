"""One notice handed over as text, as a page for A4 and in the national data model; who was given it is noted."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from lxml import etree

from office.letters import layout
from tests.office.door import Door
from tests.office.gif.schema import needs_schemas, official

At = Callable[[str], Door]
CLERK = ("--as", "clerk:k1")
NOTICE = ("case", "notice", "1", *CLERK)
ADDRESSES = re.compile(r"""(?:src|href|url)\s*[=(]|https?://|@import""")


@pytest.fixture
def issued(at: At) -> Door:
    """A case that was decided and told."""
    return at("issued")


def test_the_last_notice_is_given_as_text_with_number_addressee_and_instruction(issued: Door) -> None:
    said = issued(*NOTICE).stdout
    number, day, to, sender = said.splitlines()[:4]
    assert (number, day, to, sender) == ("2022子ども政策課第1号", "令和4年5月30日", "髙橋　健太 様", "ひたちなか市長")
    for part in (
        "児童手当認定通知書(市規則様式)",
        "月額: 15,000円",
        "教示",
        "やさしい日本語",
        "じどうてあてを もらえる",
    ):
        assert part in said


def test_a_page_says_the_same_words_and_asks_for_nothing(issued: Door) -> None:
    words = issued.json(*NOTICE)["words"]
    issued(*NOTICE, "--format", "html", "--out", str(issued.folder / "notice.html"))
    page = (issued.folder / "notice.html").read_text("utf-8")
    for part in (words["number"], words["to"], words["title"], words["form_no"], *words["easy"], *words["instruction"]):
        assert part in page
    assert ADDRESSES.search(page) is None
    assert "default-src 'none'" in page
    assert "@page { size: A4;" in page
    assert "練習用の見本" in page


def test_what_people_wrote_is_escaped_and_cannot_reorder_a_page(issued: Door) -> None:
    words = issued.json(*NOTICE)["words"]
    words |= {"to": "髙橋 𠮷太<script>", "items": [["額", "\u202e100&lt;"]], "body": "一\n二"}
    page = layout.html(words, practice=False)
    assert "髙橋 𠮷太&lt;script&gt;" in page
    assert "<script" not in page
    assert "\u202e" not in page
    assert "100&amp;lt;" in page
    assert "練習用" not in page


@needs_schemas
def test_the_national_model_is_right_by_the_official_schema(issued: Door) -> None:
    said = issued(*NOTICE, "--format", "gif").stdout
    root = etree.fromstring(said.encode())
    schema = official("certificate.xsd")
    assert schema.validate(root), schema.error_log
    assert root.findtext("{*}validFrom") == "2022-06"
    assert [one.get("label") for one in root.iterfind("{*}value")] == ["児童", "手当の月額", "支給開始月"]


def test_whoever_is_given_a_notice_is_noted(issued: Door) -> None:
    issued(*NOTICE, "--number", "2-1", "--format", "html")
    said = issued("log", "readings", "--db", str(issued.store), "--json", plain=True).stdout
    (row,) = json.loads(said)
    assert (row["person"], row["purpose"], row["fields"]) == ("k1", "case notice html", {"notice.2.1": "general"})


@pytest.mark.parametrize(
    ("stage", "words", "code", "sentence"),
    [
        ("issued", ("case", "notice", "1"), 2, "見る人を --as 職:人 で"),
        ("issued", ("case", "notice", "1", "--as", "clerk"), 2, "見る人を --as 職:人 で"),
        ("issued", ("case", "notice", "1", "--as", "applicant:p2"), 1, "p2さんのものではありません"),
        ("issued", (*NOTICE, "--number", "9-9"), 1, "通知「9-9」はありません。あるのは2-1"),
        ("issued", (*NOTICE, "--format", "pdf"), 2, "text・html・gif"),
        ("issued", (*NOTICE, "--out", "/nowhere/notice.html"), 1, "/nowhere"),
        ("opened", NOTICE, 1, "通知はまだありません"),
    ],
)
def test_what_cannot_be_given_is_said(at: At, stage: str, words: tuple[str, ...], code: int, sentence: str) -> None:
    door = at(stage)
    found = door(*words, code=code)
    assert sentence in found.stderr
    assert found.stdout == ""


def test_a_destroyed_notice_is_given_to_nobody(at: At) -> None:
    door = at("submitted")
    door("case", "fire", "1", "withdraw", "--set", "reason=やめる", "--as", "applicant:p1")
    door("deliver")
    door.standing = ("--at", "2027-04-01T09:00")
    door("case", "destroy", "1", "--field", "notice.2.1", "--reason", "満了", "--as", "section_chief:s1")
    assert "廃棄済み 2027-04-01・満了" in door.refused(*NOTICE, "--number", "2-1")


def test_a_notice_kept_before_there_were_layouts_is_still_text_and_a_page() -> None:
    page = layout.html("第1号\n<教示>\n", practice=False)
    assert "第1号\n&lt;教示&gt;" in page
