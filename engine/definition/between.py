"""The rows by which cases lead to each other, are told of things, and leave results that live on."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from engine.definition.rows import Row, Words


class Signal(Row):
    """What a case may hear: from a register about a person of `[subjects]`, or from a linked case of a procedure.

    `event` is the register's word for it, its id if nothing is said; `day` the fact that takes the day it happened.
    """

    label: str
    register_: str | None = Field(default=None, alias="register")
    subject: str | None = None
    event: str | None = None
    day: str | None = None
    procedure: Words = ()


class Message(Row):
    """What a case tells those linked with it: the signal of this id, along links of these kinds, with what it carries.

    `onward` is to the cases that its links lead to, `back` to those whose links lead here, `sender` to the one whose
    signal is being answered.
    """

    label: str
    along: Words = ()
    toward: Literal["onward", "back", "both", "sender"] = "both"
    carries: Words = ()


class Registration(Row):
    """A long-lived result kept in a register, about the person of its first key. `to` is the last day it holds."""

    label: str
    keys: Words = ()
    from_: str | None = Field(default=None, alias="from")
    to: str | None = None
    holds: str | None = None
    ended_by: str | None = None


class Link(Row):
    """How this procedure leads to another.

    `opens` and `instead` open a case there, `joins` finds the open case of the same person, `shares` the one case about
    the same subject, which it opens if there is none, `amends` the case from which that person's `registration`, one of
    that procedure's, came, `appeals` is about a case that is named; `after` is only said.
    """

    to: str
    kind: Literal["opens", "instead", "after", "joins", "shares", "amends", "appeals"]
    when: str | None = None
    carries: Words = ()
    subject: str = "person"
    registration: str | None = None
    outside: bool = False
