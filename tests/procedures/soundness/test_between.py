"""Links, messages, signals and registrations lead somewhere, and say neither too little nor too much."""

import pytest

from tests.procedures.samples import brief, planted

LINK = '{ id = "next", to = "other_procedure", kind = "after" },'
SIGNAL = '{ id = "moved_out", label = "転出", register = "juki", subject = "person" },'
MOVED = 'opens_links = "after" },'


def message(keys: str) -> tuple[str, str]:
    """The list of messages with one row more."""
    return ("links = [", 'messages = [\n  { id = "news", label = "知らせ", ' + keys + " },\n]\nlinks = [")


CASES = [
    (
        (LINK, LINK + ' { «id = "own", to = "other_procedure", kind = "amends" },'),
        "D226",
        "links.own",
        "手続 other_procedure の registrations のどれかを書く",
    ),
    (
        (LINK, LINK + ' { «id = "own", to = "other_procedure", kind = "opens", registration = "ledger" },'),
        "D226",
        "links.own",
        "registration を消す",
    ),
    (
        (
            LINK,
            LINK + ' { id = "own", to = "other_procedure", kind = "amends", registration = "x", subject = "«child" },',
        ),
        "D123",
        "links.own.subject",
        "あるもの: person",
    ),
    (
        (LINK, LINK + ' { id = "own", to = "other_procedure", kind = "joins", subject = "«child" },'),
        "D123",
        "links.own.subject",
        "あるもの: person",
    ),
    (
        (LINK, LINK + ' { id = "own", to = "other_procedure", kind = "shares", subject = "«house" },'),
        "D123",
        "links.own.subject",
        "あるもの: person",
    ),
    (
        (LINK, LINK + ' { id = "own", to = "other_procedure", kind = "opens", carries = ["«arived_on"] },'),
        "D125",
        "links.own.carries.arived_on",
        "arrived_on のことですか",
    ),
    (
        (LINK, LINK + ' { id = "own", to = "other_procedure", kind = "opens", carries = ["«facts.resident_her"] },'),
        "D125",
        "links.own.carries.facts.resident_her",
        "resident_here のことですか",
    ),
    (message('along = ["«open"]'), "D113", "messages.news.along.open", "opens のことですか"),
    (message('«toward = "both"'), "D219", "messages.news", "along か toward のどちらかを直す"),
    (message('«along = ["opens"], toward = "sender"'), "D219", "messages.news", "along か toward のどちらかを直す"),
    ((MOVED, 'opens_links = "after", sends = ["«nws"] },'), "D129", "effects.moved.sends.nws", ""),
    ((MOVED, 'opens_links = "after", ends = ["«leger"] },'), "D112", "effects.moved.ends.leger", "ledger のことですか"),
    (
        (SIGNAL, SIGNAL.replace("subject", 'day = "«moved_on", subject')),
        "D128",
        "signals.moved_out.day",
        "",
    ),
    (
        (SIGNAL, '{ «id = "moved_out", label = "転出", register = "juki" },'),
        "D226",
        "signals.moved_out",
        "subject に [subjects] の名を書く",
    ),
    (
        (SIGNAL, '{ «id = "moved_out", label = "転出" },'),
        "D219",
        "signals.moved_out",
        "公簿からなら register と subject、ほかの案件からなら procedure",
    ),
]


@pytest.mark.parametrize(("edit", "rule", "path", "hint"), CASES)
def test_what_is_written_wrongly_between_cases_is_said(edit: tuple[str, str], rule: str, path: str, hint: str) -> None:
    found, _ = planted(edit)
    assert (rule, path, hint) in [brief(problem) for problem in found]
