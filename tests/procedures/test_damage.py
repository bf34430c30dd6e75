"""However a file is damaged, loading ends with findings at places, never with a traceback."""

import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from procedures.expanded import expanded_toml
from tests.procedures.samples import FRAGMENTS, SAMPLE, load_text, problems_of

VALUES = (
    *("1", '"x"', "[]", "{}", "[1]", "[{}]", "{ a = 1 }", "true", "2024-10-01", '[["a"]]', '""', '"@x"', "-1", "1.5"),
    *("2024-01-01T00:00:00Z", "[{ id = 1 }]", '{ id = "x" }', '["form.x.y", 3]', '"form"'),
)
VALUE = re.compile(r'"(?:[^"\\]|\\.)*"|\b\d[\d-]*\b|true|\[[^\[\]\n]*\]|\{[^{}\n]*\}')
KEY = re.compile(r"\b[a-z_]+\b(?= =)")
SIGNS = "\"{}[]\\=,\n#'"


def damaged(luck: random.Random, text: str) -> str:
    """The text with a value, a key, a line or a single sign changed."""
    what = luck.choice(["value", "value", "value", "key", "line", "again", "sign"])
    lines = text.split("\n")
    if what == "value":
        one = luck.choice(list(VALUE.finditer(text)))
        return text[: one.start()] + luck.choice(VALUES) + text[one.end() :]
    if what == "key":
        one, other = luck.choices(list(KEY.finditer(text)), k=2)
        return text[: one.start()] + other.group() + text[one.end() :]
    if what == "sign":
        at = luck.randrange(len(text))
        return text[:at] + luck.choice(SIGNS) + text[at + 1 :]
    line = luck.randrange(len(lines))
    if what == "again":
        lines.insert(luck.randrange(len(lines)), lines[line])
    else:
        del lines[line]
    return "\n".join(lines)


@settings(max_examples=150)
@given(st.randoms(use_true_random=False), st.integers(1, 5))
def test_damage_ends_in_findings(luck: random.Random, times: int) -> None:
    text, fragments = SAMPLE, dict(FRAGMENTS)
    for _ in range(times):
        name = luck.choice(["", "", *fragments])
        if name:
            fragments[name] = damaged(luck, fragments[name])
        else:
            text = damaged(luck, text)
    for problem in problems_of(text, fragments):
        assert problem.file
        assert problem.line > 0
        assert problem.text("ja")
        assert problem.text("en")
    loaded = load_text(text, fragments)
    assert loaded.draft is None or expanded_toml(loaded.draft)
