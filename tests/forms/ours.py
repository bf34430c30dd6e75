"""Our forms, read once for all tests of a process: reading all of them takes seconds."""

from __future__ import annotations

from forms import Forms

FORMS = Forms()
