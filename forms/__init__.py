"""Forms: JSON Schemas and their pages, strict decoding, validation, messages and samples.

The names below are loaded when first used: the command line imports this room only to say what it can do.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forms.checking import Checked, Checker
    from forms.decoding import decode
    from forms.form import Field, Form
    from forms.loader import Forms

__all__ = ["Checked", "Checker", "Field", "Form", "Forms", "decode"]

_HOMES = {
    "Checked": "forms.checking",
    "Checker": "forms.checking",
    "Field": "forms.form",
    "Form": "forms.form",
    "Forms": "forms.loader",
    "decode": "forms.decoding",
}


def __getattr__(name: str) -> object:
    """A name of this room from the module it lives in."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
