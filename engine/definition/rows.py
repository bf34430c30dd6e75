"""The rows of a declaration, as frozen types. `id` comes first in every row and in every message."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

Confidence = Literal["high", "medium", "low"]
StateKind = Literal[
    "initial",
    "arrived",
    "working",
    "waiting_applicant",
    "waiting_outside",
    "waiting_meeting",
    "deciding",
    "milestone",
    "settled",
    "final",
    "done",
    "failed",
]
ValueType = Literal["yes_no", "date", "month", "whole", "number", "yen", "text"]
FieldType = Literal["text", "date", "month", "yes_no", "whole", "number", "yen", "file"]


def _as_tuple(value: object) -> object:
    """A single word stands for a list of one."""
    return (value,) if isinstance(value, str) else value


ParameterName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Words = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]


class Part(BaseModel):
    """Anything declared: frozen, and an unknown key is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Row(Part):
    """A row of a list, in force from `since` until the day before `until`."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_-]*$")
    since: dt.date | None = None
    until: dt.date | None = None

    def in_force(self, on: dt.date) -> bool:
        """Whether the row applies on a civil day."""
        return (self.since is None or self.since <= on) and (self.until is None or on < self.until)


class Nature(Row):
    """The legal nature of an act (行為の種類); a branch applies when its condition holds."""

    act_kind: Literal["申請", "請求", "届出", "申出", "依頼", "職権"]
    disposition: bool
    label: str = ""
    when: str | None = None


class FragmentUse(Row):
    """A fragment taken in, without the rows named by list and id."""

    without: dict[str, Words] = {}


class Law(Row):
    """A legal source."""

    act: str
    article: str
    about: str
    confidence: Confidence = "high"


class Version(Part):
    """A named period of the law; `from_` inclusive, `until` exclusive."""

    id: str
    from_: dt.date = Field(alias="from")
    until: dt.date | None = None
    about: str = ""

    def holds(self, day: dt.date) -> bool:
        """Whether the law is this on a civil day."""
        return self.from_ <= day and (self.until is None or day < self.until)


class Role(Row):
    """Whom the declaration asks for; a municipality says which posts fill it."""

    label: str
    side: Literal["citizen", "office", "outside"]


class Fact(Row):
    """Something conditions may read besides the form; unknown is null."""

    type: ValueType
    says: str
    source: str
    by: Words = ()


class Condition(Row):
    """A named CEL text; `says` is its Japanese sentence."""

    says: str
    cel: str
    type: ValueType = "yes_no"


class Rule(Row):
    """A result that is calculated: read as rules.<id>, or called as <id>(…) when it takes parameters."""

    says: str
    cel: str
    type: ValueType
    takes: dict[ParameterName, ValueType] = {}
    law: str | None = None


class Input(Row):
    """A small form that an event asks for: fields of its own, or a form (a schema pair).

    `labels` has the words of a field under its name, and those of a choice under `field.choice`.
    """

    label: str
    fields: dict[str, FieldType | tuple[str, ...]] = {}
    labels: dict[str, str] = {}
    required: Words = ()
    form: str | None = None

    def words_of(self, field: str, choice: str) -> str:
        """The words of a choice; the choice itself where it has none."""
        return self.labels.get(f"{field}.{choice}", choice)


class Timer(Row):
    """A span after which an event fires by itself. `months` repeated are counted from one day, and none is skipped."""

    says: str
    days: int | None = Field(default=None, ge=0)
    months: int | None = Field(default=None, ge=1)
    days_of: str | None = None
    years_of: str | None = None
    date: str | None = None
    counted: Literal["entry", "opening"] = "entry"
    unit: Literal["calendar", "opening"] = "calendar"
    shift: Literal["none", "next_open", "previous_open"] = "none"
    repeat: bool = False


class State(Row):
    """A place of the case, or of a task. `by` is the role whose inbox holds it; `opened_by` may begin a case here."""

    label: str
    kind: StateKind
    by: str | None = None
    opened_by: Words = ()
    result: Literal["granted", "refused", "accepted", "void"] | None = None
    approval: str | None = None
    decided: bool = False
    nature: Words = ()


class Group(Row):
    """A named set of states, written `@id` in `from`."""

    states: Words


class Event(Row):
    """Who may do what, from where to where. Exactly one of by, auto, after, on.

    What is `superior` is done on a step of a route by the post of a later step, in the place of its own. `says` is the
    sentence for its condition, told to who asks for it when the condition does not hold.
    """

    label: str
    from_: Words = Field(alias="from")
    to: str | None = None
    by: Words = ()
    auto: bool = False
    after: str | None = None
    on: Words = ()
    when: str | None = None
    says: str | None = None
    nature: Words = ()
    asks: str | None = None
    at_meeting: str | None = None
    decides: bool = False
    superior: bool = False


class Effect(Row):
    """What else happens with the event of that id; `rewinds` is the answer with the step of the route asked again."""

    proposes: Words = ()
    opens: Words = ()
    closes: Words = ()
    notices: Words = ()
    notices_to: Words = ()
    issues: bool = False
    numbers: Words = ()
    registers: Words = ()
    revises: Words = ()
    suspends: Words = ()
    resumes: Words = ()
    ends: Words = ()
    opens_links: str | None = None
    sends: Words = ()
    rewinds: str | None = None
    books: str | None = None
    stops_mail: bool = False
    law: str | None = None


class Check(Row):
    """Something to be confirmed at a stage: by condition (`passes`) or by a person who looks (`reads`)."""

    stage: str
    says: str
    passes: str | None = None
    reads: Words = ()
    on_fail: str
    law: str | None = None
    confidence: Confidence = "high"


class Attachment(Row):
    """A paper asked for when its condition holds, and what replaces it.

    `linked` are the fields of registers that stand in for it (情報連携): then the citizen is not asked for it.
    """

    label: str
    when: str | None = None
    optional: bool = False
    replaced_by: Words = ()
    linked: Words = ()


class Outcome(Row):
    """An end with legal meaning."""

    label: str
    state: str
    when: str | None = None
    disposition: bool
    notice: str | None = None
    reasons: str | None = None
    registers: str | None = None


class Notice(Row):
    """A document with a sentence (`text`, `text_easy`) and answers: input.field, or a form's path named in `labels`."""

    label: str
    text: str = ""
    text_easy: str = ""
    form_no: str = ""
    encloses: Words = ()
    carries: Words = ()
    labels: dict[str, str] = {}


class Rename(Row):
    """What had another name in earlier editions: a state (of the case, or of the task `of`), a task, an answer.

    It is read when a running case is moved into the edition, and at no other time.
    """

    kind: Literal["state", "task", "field"]
    was: str
    now: str
    of: str | None = None


class CommonError(Row):
    """A mistake people make: what to plant in a lesson or simulation, what a lesson needs besides, what is right."""

    says: str
    plant: dict[str, Any] = {}
    besides: dict[str, Any] = {}
    filed_as: str | None = None
    wrong: str | None = None
    check: str | None = None
    clock: str | None = None
    right: str | None = None
    link: str | None = None
    teaches: str = ""
    frequency: Literal["common", "sometimes", "rare"] = "common"
