"""Whether what is stored of a case is what its log says: the state folded anew, and all it left behind by digest.

The chain (`engine.store.verify_case`) shows that the log is as it was written; this, that the rest follows from it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from engine import ledger
from engine.difference import ABSENT, Difference, different
from engine.errors import StoreError
from engine.fold import fold
from engine.state import LogRow, Whole
from engine.store import Concerned, Finding, Registered, Transaction, homeless, verify_log

Told = dict[tuple[int, int], Mapping[str, object]]


def verify(tx: Transaction, case_id: int) -> list[Finding | Difference]:
    """Everything about one case that is not as it was written or sealed, or does not follow from its log."""
    head = tx.head(case_id)
    return [*(verify_log(tx, head) if head else []), *differences(tx, case_id)]


def verify_everything(tx: Transaction) -> list[Finding | Difference]:
    """The same of every case; before it, the rows of log that belong to none, and the sealed cases that are gone.

    After it, the definitions that are kept; and where all logs are sound, the counters that gave the numbers in them.
    """
    found: list[Finding | Difference] = [*homeless(tx)]
    issued = ledger.Issued()
    for head in tx.every_head():
        issued.note("case", "", head.id)
        found += [*verify_log(tx, head), *differences(tx, head.id, issued)]
    return [*found, *ledger.definitions(tx), *(ledger.counters(tx, issued) if not found else ())]


def differences(tx: Transaction, case_id: int, issued: ledger.Issued | None = None) -> list[Difference]:
    """Where what is stored of a case differs from the fold of its log, or a kept value from its digest.

    Args:
        issued: takes the numbers that the log says were given.
    """
    rows = tx.log(case_id)
    try:
        told = fold(rows)
        left = _Left(rows)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        return [_unreadable(case_id, error)]
    if issued is not None:
        issued.note_all(left.numbers)
    try:
        stored = tx.whole(case_id)
        if stored is None or told is None:
            return []
        found = [*_states(case_id, stored, told), *_results(tx, case_id, left)]
    except StoreError as error:
        return [Difference(case_id, str(error.facts.get("where", "case")), ABSENT, ABSENT, error.ja, error.en)]
    return [*found, *_values(tx, case_id, left.kept)]


class _Left:
    """What a log says that its case left behind, by (seq, ordinal), and the digest and instant of every value kept."""

    def __init__(self, rows: Iterable[LogRow]) -> None:
        self.numbers: list[tuple[str, str, int]] = []
        self.notices: Told = {}
        self.registrations: Told = {}
        self.links: Told = {}
        self.signals: Told = {}
        self.subjects: list[Concerned] = []
        self.bookings: dict[str, Mapping[str, object]] = {}
        self._booked: dict[int, str] = {}
        self.kept: dict[str, Mapping[str, object]] = {}
        for row in rows:
            for effect in json.loads(row.effects):
                self._read(row, effect)

    def _keep(self, row: LogRow, field: str, digest: str) -> None:
        self.kept[field] = {"digest": digest, "at": row.at, "destroyed_at": None}

    def _read(self, row: LogRow, effect: list[Any]) -> None:
        match effect:
            case ["number", str() as series, str() as scope, int() as value]:
                self.numbers.append((series, scope, value))
            case ["notice", ordinal, notice, recipient, digest]:
                self.notices[row.seq, ordinal] = {
                    "notice": notice,
                    "recipient": recipient,
                    "digest": digest,
                    "at": row.at,
                }
                self._keep(row, f"notice.{row.seq}.{ordinal}", digest)
            case ["link", ordinal, _, to, kind, *_]:
                self.links[row.seq, ordinal] = {"to": to, "kind": kind}
            case ["signal", ordinal, kind, name, to, _, digest]:
                self.signals[row.seq, ordinal] = {"kind": kind, "name": name, "to": to, "digest": digest}
            case ["case.booked" | "task.booked", *owner, str() as meeting, str() as on, int() as place]:
                number = int(owner[0]) if owner else 0
                self._booked[number] = f"{meeting}.{place}"
                self.bookings[f"{meeting}.{place}"] = {"on": on, "owner": number}
            case ["case.unbooked" | "task.unbooked", *owner, bool() as held]:
                name = self._booked.pop(int(owner[0]) if owner else 0)
                if not held:
                    del self.bookings[name]
            case ["subjects", list() as people]:
                self.subjects = [Concerned(digest, row.case_id, name) for name, digest in people]
            case _:
                self._read_kept(row, effect)

    def _read_kept(self, row: LogRow, effect: list[Any]) -> None:
        match effect:
            case ["registration", ordinal, kind, since, until, digest, person]:
                made = Registered(row.case_id, row.seq, ordinal, kind, person, digest, since, until)
                self.registrations[row.seq, ordinal] = made._asdict()
                self._keep(row, f"registration.{row.seq}.{ordinal}", digest)
            case ["registration.set", seq, ordinal, dict() as changed]:
                self.registrations[seq, ordinal] = {**self.registrations[seq, ordinal], **changed}
                if "digest" in changed:
                    self._keep(row, f"registration.{seq}.{ordinal}", changed["digest"])
            case ["memo", "digests", name, dict() as parts]:
                for part, digest in parts.items():
                    self._keep(row, name if part == "general" else f"{name}.{part}", digest)
            case ["memo", "facts", name, str() as digest]:
                self._keep(row, f"fact.{name}", digest)
            case ["destroyed", _, dict() as fields]:
                self.kept |= {name: {**self.kept[name], "destroyed_at": row.at} for name in fields}
            case _:
                pass


def _states(case_id: int, stored: Whole, told: Whole) -> Iterator[Difference]:
    """The case, its tasks, clocks and timers."""
    yield from _compared(case_id, "case", _plain(stored.case), _plain(told.case))
    for name in ("tasks", "clocks", "timers"):
        ours = {_name(key): _plain(one) for key, one in getattr(stored, name).items()}
        log = {_name(key): _plain(one) for key, one in getattr(told, name).items()}
        yield from _compared(case_id, name, ours, log)


def _results(tx: Transaction, case_id: int, left: _Left) -> Iterator[Difference]:
    """What lies outside the state: notices, registrations, links."""
    outbox: Told = {
        (one.seq, one.ordinal): {"notice": one.notice, "recipient": one.recipient, "digest": one.digest, "at": one.at}
        for one in tx.outbox(case_id)
    }
    registrations: Told = {(one.seq, one.ordinal): one._asdict() for one in tx.registrations(case_id)}
    links: Told = {(one.seq, one.ordinal): {"to": one.to_procedure, "kind": one.kind} for one in tx.links(case_id)}
    signals: Told = {
        (one.seq, one.ordinal): {"kind": one.kind, "name": one.name, "to": one.to_procedure, "digest": one.digest}
        for one in tx.letters_of(case_id)
    }
    pairs: dict[str, tuple[Told, Told]] = {
        "outbox": (outbox, left.notices),
        "registrations": (registrations, left.registrations),
        "links": (links, left.links),
        "signals": (signals, left.signals),
    }
    for name, (stored, told) in pairs.items():
        ours, log = ({_name(key): one for key, one in rows.items()} for rows in (stored, told))
        yield from _compared(case_id, name, ours, log)
    booked = {f"{one.meeting}.{one.place}": {"on": one.held_on, "owner": one.owner} for one in tx.bookings_of(case_id)}
    yield from _compared(case_id, "bookings", booked, left.bookings)
    for one in left.subjects:
        yield from _compared(case_id, f"subjects.{one.name}", tx.concerns(one), told=True)


def _values(tx: Transaction, case_id: int, kept: Mapping[str, Mapping[str, object]]) -> Iterator[Difference]:
    """The kept values by digest; those that were not destroyed must open, too."""
    stored: dict[str, Mapping[str, object]] = {
        value.field: {"digest": value.digest, "at": value.at, "destroyed_at": value.destroyed_at}
        for value in tx.values(case_id)
    }
    yield from _compared(case_id, "values", stored, kept)
    for name in [name for name, value in stored.items() if kept.get(name) == value]:
        try:
            tx.get_value(case_id, name)
        except StoreError as error:
            yield Difference(case_id, f"values.{name}", ABSENT, ABSENT, error.ja, error.en)


def _compared(case_id: int, where: str, stored: object, told: object) -> Iterator[Difference]:
    """Every leaf in which two values differ."""
    if isinstance(stored, Mapping) and isinstance(told, Mapping):
        for name in dict.fromkeys([*told, *stored]):
            yield from _compared(case_id, f"{where}.{name}", stored.get(name, ABSENT), told.get(name, ABSENT))
    elif stored != told:
        yield different(case_id, where, stored, told)


def _unreadable(case_id: int, error: Exception) -> Difference:
    why = f"{type(error).__name__}: {error}"
    ja = f"案件{case_id}の記録から状態を計算し直せません({why})。控え(バックアップ)と照らし合わせてください。"
    en = f"case {case_id}: its log cannot be folded ({why}); compare it with a backup"
    return Difference(case_id, "log", ABSENT, ABSENT, ja, en)


def _plain(state: object) -> dict[str, object]:
    return {field.name: getattr(state, field.name) for field in fields(state)}  # type: ignore[arg-type]  # a dataclass


def _name(key: object) -> str:
    return ".".join(str(part) for part in key) if isinstance(key, tuple) else str(key)
