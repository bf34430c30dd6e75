"""Every rule that looks at one schema file, in the order of the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from checker.finding import Finding
from checker.rules import alone as by_itself
from checker.rules import backtracking, branches, contradictions, deciding, grammar, letters, limits, patterns
from checker.schema_file import SchemaFile

SchemaRule = Callable[[SchemaFile], Iterator[Finding]]

RULES: tuple[SchemaRule, ...] = (
    letters.twice,
    lambda file: letters.hidden_letters(file.source),
    letters.dialect,
    letters.named,
    letters.words_for_people,
    letters.unknown_keywords,
    grammar.metaschema,
    grammar.references,
    grammar.orphans,
    grammar.circles,
    patterns.unreadable,
    patterns.read_in_two_ways,
    patterns.unanchored,
    patterns.unbounded,
    grammar.inapplicable,
    grammar.formats,
    backtracking.exponential,
    *contradictions.RULES,
    *deciding.RULES,
    *branches.RULES,
    limits.is_open,
    limits.endless_text,
    limits.endless_list,
    limits.endless_number,
    limits.too_big,
    limits.untyped,
    limits.empty_text,
    limits.only_empty,
)


_PLAINER = frozenset({"B16", "K1", "K2", "K4", "K5", "K16"})
_SEARCHED = frozenset({"K3", "K7"})


def findings(file: SchemaFile, *, alone: bool = False) -> Iterator[Finding]:
    """What the rules find in a schema; a contradiction that a plainer rule tells is not told again by the search.

    Args:
        alone: no page stands beside it, so that it is asked also for what a page would say.
    """
    found = [finding for rule in (*RULES, *(by_itself.RULES if alone else ())) for finding in rule(file)]
    told = {finding.pointer for finding in found if finding.rule in _PLAINER}
    for finding in found:
        holder = finding.pointer.rpartition("/")[0]
        if finding.rule not in _SEARCHED or not any(one.startswith(f"{holder}/") or one == holder for one in told):
            yield finding
