"""Fingerprints of commands are keyed. No table changes; `engine.store.migration.upgrade` has the keys and does it."""

from __future__ import annotations

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Change no table."""
