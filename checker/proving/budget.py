"""How far proofs may go, and how many came to an end: counted in steps, so that the same files give the same bytes."""

from __future__ import annotations

from dataclasses import dataclass

USUAL = 60_000
"""The steps that one proof may take: spots that an exploration looks at, or choices that a search makes."""


class OutOfSteps(Exception):
    """A proof has used up its steps."""


@dataclass
class Steps:
    """The steps that are left to one proof."""

    left: int

    def take(self) -> None:
        """Use one.

        Raises:
            OutOfSteps: there is none left.
        """
        if self.left <= 0:
            raise OutOfSteps
        self.left -= 1


@dataclass
class Proofs:
    """The proofs of one report: how many were asked, how many decided, and the budget of each in steps."""

    budget: int = USUAL
    asked: int = 0
    decided: int = 0

    @property
    def undecided(self) -> int:
        """How many were given up."""
        return self.asked - self.decided

    def counts(self) -> dict[str, int]:
        """How many were asked, decided and not decided, and the budget of each."""
        return {"asked": self.asked, "decided": self.decided, "undecided": self.undecided, "budget": self.budget}

    def begin(self) -> Steps:
        """The steps of one more proof."""
        self.asked += 1
        return Steps(self.budget)

    def end(self, *, decided: bool) -> None:
        """Note how the last one ended."""
        self.decided += decided
