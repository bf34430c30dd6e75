"""Rows that are no part of a case's state: what lists, commands, values and results look like outside the store."""

from __future__ import annotations

from typing import NamedTuple


class OpenItem(NamedTuple):
    """One line of an inbox: a task, or (task 0) the case itself. `since` and `arrived_at` are epoch seconds.

    `for_absent` says that the step is another post's, which is absent.
    """

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
    for_absent: bool = False


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


class Booked(NamedTuple):
    """A place on the list of a meeting on an ISO day; `owner` is a task's number, or 0 for the case itself.

    Places are numbered over all days of a meeting, in the order in which cases were put on its lists.
    """

    municipality: str
    meeting: str
    held_on: str
    place: int
    case_id: int
    owner: int


class Registered(NamedTuple):
    """A long-lived result, by the case and event that brought it about.

    `subject_digest` finds the person it is about, `digest` is that of what it holds. `since` is an ISO day or month,
    `until_day` the last day on which it holds, None while no end is known.
    """

    case_id: int
    seq: int
    ordinal: int
    kind: str
    subject_digest: str
    digest: str
    since: str
    until_day: str | None = None
    suspended_at: int | None = None
    ended_at: int | None = None


class Linked(NamedTuple):
    """That a case led to another procedure, and to which case once that is open."""

    case_id: int
    seq: int
    ordinal: int
    to_procedure: str
    to_case: int | None
    kind: str


class Concerned(NamedTuple):
    """That a case concerns a person: under which name of its declaration, and by which digest."""

    digest: str
    case_id: int
    name: str


class Letter(NamedTuple):
    """A signal on its way to one case: told to a case that is there, or opening one.

    Args:
        kind: "tell" or "open".
        name: the signal's id, or that of the link by which a case is opened.
        from_case: the sender, with the event (`seq`, `ordinal`) that sent it; None and 0 for a register.
        to_case: the receiver; None until the case is open.
        behind: the letter that opens the receiver, while it is not open.
        hops: how many letters led to this one, each sent by the delivery of the one before.
        digest: of what it carries, which lies sealed in `blob` until it is delivered.
        due_at: when to try it next, in epoch seconds.
        trouble: why the last try failed, or why it was only noted.
    """

    id: int
    kind: str
    name: str
    from_case: int | None
    seq: int
    ordinal: int
    to_procedure: str
    to_case: int | None
    behind: int | None
    hops: int
    at: int
    key_id: int
    salt: bytes | None
    blob: bytes | None
    digest: str
    due_at: int
    tries: int = 0
    trouble: str | None = None
    delivered_at: int | None = None

    def envelope(self) -> Envelope:
        """What it carries, as it lies sealed: bound to its number."""
        sealed = (self.key_id, self.salt, self.blob, self.digest, self.at, self.delivered_at)
        return Envelope(0, f"signal.{self.id}", *sealed)


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


class Absence(NamedTuple):
    """That a post has nobody to act from `since` until just before `until`, both epoch seconds.

    Args:
        kind: "absent" (its holder is away) or "vacant" (nobody holds it).
        planned_until: until when it was to last when it was recorded; `ended_by` is who let it end at another time.
        deputy: the post named to stand in; empty where the order of the city's list holds.
    """

    id: int
    department: str
    post: str
    kind: str
    since: int
    until: int
    planned_until: int
    deputy: str
    said_by: str
    said_as: str
    said_at: int
    ended_by: str = ""
