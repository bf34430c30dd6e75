"""Verifying a store: that its logs are as they were written, and that everything else follows from them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, NamedTuple

from engine.difference import Difference
from engine.errors import UnknownThing
from engine.store import Finding, Store
from engine.verify import verify, verify_everything


class Verified(NamedTuple):
    """What was found in how many cases."""

    cases: int
    found: tuple[Finding | Difference, ...]

    def lines(self, lang: str) -> list[str]:
        """The findings, a line each, and a last line that sums up."""
        told = [one.text(lang) for one in self.found]
        if lang == "en":
            return [*told, f"{self.cases} cases verified, {len(self.found)} findings"]
        return [*told, f"案件{self.cases}件を確かめました。誤りは{len(self.found)}件です。"]

    def facts(self) -> dict[str, Any]:
        """The same for a program."""
        return {"cases": self.cases, "findings": [{"kind": "differs", **asdict(one)} for one in self.found]}


def verified(store: Store, case_id: int | None) -> Verified:
    """What is wrong with one case, or with all of them.

    Raises:
        UnknownThing: there is no such case.
        StoreError: the store is too damaged to be read.
    """
    with store.reading() as tx:
        if case_id is None:
            return Verified(tx.count_cases(), tuple(verify_everything(tx)))
        if tx.head(case_id) is None:
            ja = f"案件{case_id}はストア「{store.place}」にありません。"
            raise UnknownThing(ja, f"there is no case {case_id} in {store.place}", case=case_id)
        return Verified(1, tuple(verify(tx, case_id)))
