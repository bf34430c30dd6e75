"""Conditions: one closed language (CEL), checked when a declaration is loaded, run on plain values, failing closed.

Null is part of the language: what is absent is null, arithmetic and host functions give null for null, `==` and `in`
compare with it, and everything else must be guarded (`x != null && x < 3`), which is proved at load. A rule may take
parameters; it is then called like a host function, and gives null for null as they do. Problems:
C001 not readable · C002 unknown name · C003 unknown field · C004 unknown function · C005 wrong types or arguments ·
C006 gives something else than its place wants · C007 has() · C008 a word that is no choice, a day written wrong ·
C009 a circle · C010 null is not guarded · C011 a trial failed · C012 a variable hides a name · C013 a construct that
conditions do not have · C014 `asked` or `task` is not to be had here · C015 a name used twice, or one that cannot be
called · C016 too deep or too large · C017 a day where a month is wanted, or the other way round.
"""

from engine.conditions.functions import Functions, Tables
from engine.conditions.language import Language, parse
from engine.conditions.operators import Unsure
from engine.conditions.scope import Condition, Scope, Value
from engine.conditions.sources import Source, Vocabulary
from engine.conditions.tree import Call, Comprehension, Ident, Literal, Node, Select
from engine.definition import ValueType

__all__ = [
    "Call",
    "Comprehension",
    "Condition",
    "Functions",
    "Ident",
    "Language",
    "Literal",
    "Node",
    "Scope",
    "Select",
    "Source",
    "Tables",
    "Unsure",
    "Value",
    "ValueType",
    "Vocabulary",
    "parse",
]
