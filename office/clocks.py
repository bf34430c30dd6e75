"""The computer's clock; the only place that reads it."""

from __future__ import annotations

from datetime import datetime

from engine.clock import JST


class SystemClock:
    """The computer's clock, in Japanese civil time."""

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(JST)
