"""Rows that are no part of a case's state: what lists, commands, values and results look like outside the store."""

from __future__ import annotations

from typing import NamedTuple


class OpenItem(NamedTuple):
    """One line of an inbox: a task, or (task 0) the case itself. `since` and `arrived_at` are epoch seconds."""

    case_id: int
    task: int
    kind: str
    procedure: str
    state: str
    desk: str
    post: str | None
    since: int
    arrived_at: int | None
    priority: int


class Answered(NamedTuple):
    """An accepted command: of which case, what it was (by fingerprint), and what was answered."""

    case_id: int
    fingerprint: str
    answer: str


class Edition(NamedTuple):
    """A definition as it was loaded, under the hash of its behaviour. Days are ISO text."""

    hash: str
    procedure: str
    wording_hash: str
    valid_from: str | None
    valid_until: str | None
    body: str


class Envelope(NamedTuple):
    """A sealed value as it lies in its table; salt and blob are None once it was destroyed."""

    case_id: int
    field: str
    key_id: int
    salt: bytes | None
    blob: bytes | None
    digest: str
    at: int
    destroyed_at: int | None


class StoredValue(NamedTuple):
    """That a value is stored, and since when; not what it says."""

    field: str
    key_id: int
    digest: str
    at: int
    destroyed_at: int | None


class Registered(NamedTuple):
    """A long-lived result; its subject appears by digest. `from_month` is YYYY-MM, `until_day` an ISO day."""

    case_id: int
    seq: int
    ordinal: int
    kind: str
    subject_digest: str
    from_month: str | None = None
    until_day: str | None = None
    ended_at: int | None = None


class Linked(NamedTuple):
    """That a case led to another procedure, and to which case once that is open."""

    case_id: int
    seq: int
    ordinal: int
    to_procedure: str
    to_case: int | None
    kind: str


class CaseCount(NamedTuple):
    """How many cases of a procedure stand in a state."""

    procedure: str
    state: str
    outcome: str | None
    closed: bool
    total: int


class EventCount(NamedTuple):
    """How often an event happened in the cases of a procedure."""

    procedure: str
    event: str
    total: int


class Leaf(NamedTuple):
    """A leaf of the tree: how long a case's log was when it was sealed, and its last hash.

    `kind` is "case", or "readings" for the log of readings, whose `case_id` is 0. Leaves are numbered from 0.
    """

    number: int
    kind: str
    case_id: int
    version: int
    head: str


class Seal(NamedTuple):
    """One closing of the tree at `size` leaves; `frontier` is JSON, `previous` the hash of the signature before."""

    number: int
    store: str
    size: int
    root: str
    frontier: str
    at: int
    previous: str
    key_id: str
    signature: str


class Reading(NamedTuple):
    """That somebody was shown values of a case: which ones by name and sensitivity (JSON), never what they say."""

    number: int
    at: int
    case_id: int
    person: str
    post: str
    purpose: str
    fields: str
    previous: str
    hash: str
