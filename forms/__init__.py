"""Forms: JSON Schemas and their pages, strict decoding, validation, messages and samples."""

from forms.checking import Checked, Checker
from forms.decoding import decode
from forms.form import Field, Form
from forms.loader import Forms

__all__ = ["Checked", "Checker", "Field", "Form", "Forms", "decode"]
