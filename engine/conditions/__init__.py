"""Conditions: one closed language (CEL), checked when a declaration is loaded, run on plain values, failing closed."""

from engine.conditions.functions import Functions, Tables
from engine.conditions.language import Language, parse
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
    "Value",
    "ValueType",
    "Vocabulary",
    "parse",
]
