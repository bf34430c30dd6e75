"""The one line that every effect on the world crosses: a statement, a commit, a file, an acknowledgement, a message.

In use it lets everything pass. A test hands in another one that counts, and stops before the k-th crossing.
"""

from __future__ import annotations

from typing import Literal

Kind = Literal["execute", "commit", "file", "acknowledge", "send"]


class Boundary:
    """Lets every effect pass; what it raises in a test comes before the effect, never after it."""

    __slots__ = ()

    def cross(self, kind: Kind, what: str) -> None:
        """Nothing; called just before the effect `what` of this kind happens."""
