"""What an acknowledged command answers, and how the same command is known again under its key."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass, replace

from engine.actors import Actor
from engine.errors import KeyReused, NotPossibleNow
from engine.store import Answered
from engine.store.canonical import canonical, canonical_bytes
from engine.store.recognition import keyed
from engine.work import Work

UNPAIRED = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Receipt:
    """What an acknowledged command did. `at` is epoch seconds; `events` are the rows it added to the log, in order."""

    case_id: int
    version: int
    state: str
    at: int
    events: tuple[str, ...]
    numbers: dict[str, str]
    closed: bool = False
    again: bool = False


def receipt_of(work: Work) -> Receipt:
    """The answer to a command that has done its work."""
    case = work.whole.case
    return Receipt(
        case_id=case.id,
        version=case.version,
        state=case.state,
        at=work.now,
        events=tuple(row.event for row in work.rows),
        numbers=dict(case.memo.get("numbers", {})),
        closed=case.closed,
    )


def write(receipt: Receipt) -> str:
    """The answer as it is kept under its key."""
    return canonical(asdict(receipt))


def read_again(earlier: Answered, key: str, fingerprint: str) -> Receipt:
    """The answer given before under the same key.

    Raises:
        KeyReused: it was given to another command, or to one whose values were destroyed since.
    """
    case_id, known, answer = earlier
    if not known:
        raise KeyReused(
            f"鍵「{key}」は案件{case_id}で使われています。そのときの内容は廃棄されたので、同じ操作かどうかは確かめられません。",
            f"the key {key!r} was used on case {case_id}; what it was given to is destroyed, so it cannot be compared",
            key=key,
        )
    if known != fingerprint:
        raise KeyReused(
            f"鍵「{key}」は案件{case_id}の別の操作で使われています。新しい鍵を付けてください。",
            f"the key {key!r} belongs to another command on case {case_id}",
            key=key,
        )
    given = json.loads(answer)
    receipt = Receipt(**{**given, "events": tuple(given["events"])})
    return replace(receipt, again=True)


def refuse_unwritable(key: str, said: tuple[object, ...]) -> None:
    """Nothing, when every name in a command can be written down in any store.

    Raises:
        NotPossibleNow: one of them holds NUL, or half a character.
    """
    names: list[object] = [key]
    for one in said:
        names += (one.post, one.person) if isinstance(one, Actor) else (one,)
    for name in names:
        if isinstance(name, str) and ("\0" in name or (not name.isascii() and UNPAIRED.search(name))):
            raise NotPossibleNow(
                f"{name!a} は保存できない文字を含んでいます。その文字を除いて、もう一度操作してください。",
                f"{name!a} holds a character that cannot be stored; leave it out and repeat the command",
                name=ascii(name),
            )


def fingerprint_of(key: str, said: tuple[object, ...], secret: bytes) -> str:
    """What a command was, whatever was said in it; empty without a key.

    Nobody without the secret of the store can try which answers give it.
    """
    return keyed(hashlib.sha256(canonical_bytes([key, *map(_sayable, said)])).hexdigest(), secret) if key else ""


def _sayable(part: object) -> object:
    return [part.post, part.person] if isinstance(part, Actor) else part
