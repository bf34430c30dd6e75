"""Every rule that looks at a form that loads: its schema, its page and its blocks together."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checker.finding import Finding
from checker.form_files import FormFiles
from checker.rules import asking, data_of_people, gif, in_vain, privacy, whole_form, wording

FormRule = Callable[[FormFiles], Iterator[Finding]]

RULES: tuple[FormRule, ...] = (
    *asking.RULES,
    *in_vain.RULES,
    *wording.RULES,
    *data_of_people.RULES,
    *gif.RULES,
    *privacy.RULES,
    *whole_form.RULES,
)


def findings(files: FormFiles) -> Iterator[Finding]:
    """What the rules find in a form; a finding in a block is the same for every form that uses it."""
    for rule in RULES:
        yield from rule(files)
