"""Text made up from a pattern is accepted by the pattern."""

from __future__ import annotations

from random import Random

import pytest

from forms.patterns import TooRich, example
from forms.validation import matches
from tests.forms.ours import FORMS


def patterns_of_forms() -> list[str]:
    found: dict[str, None] = {}
    for form_id in FORMS.ids():
        form, _ = FORMS.load(form_id)
        for field in form.fields if form is not None else ():
            found |= {field.schema["pattern"]: None} if "pattern" in field.schema else {}
    return list(found)


MORE = [
    "^([01][0-9]|2[0-3]):[0-5][0-9]$",
    "^(?:ab?|c{2,3})*d+$",
    r"^\d{3}-\d{4}$",
    "^[a\\-z]{1,}$",
    "^x{2}$",
    "^$",
    "^[-a]$",
]


@pytest.mark.parametrize("pattern", [*patterns_of_forms(), *MORE])
def test_what_is_made_up_fits(pattern: str) -> None:
    for seed in range(30):
        made = example(pattern, Random(seed))
        assert matches(pattern, made), made


@pytest.mark.parametrize("pattern", ["^(?=a)b$", "^[^a]$", r"^(a)\1$", "^a*?)$", "^(a$", "^[a", "^*$"])
def test_what_is_not_understood_is_refused(pattern: str) -> None:
    with pytest.raises(TooRich):
        example(pattern, Random(1))
