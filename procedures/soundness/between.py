"""Names in the rows by which cases lead to each other: links, messages, signals, registrations."""

from __future__ import annotations

from collections.abc import Iterator

from engine.definition import Procedure
from engine.definition.between import Link, Signal
from engine.problems import Problem
from procedures.findings import finding, one_of
from procedures.soundness.machines import machines_of
from procedures.soundness.names import Known
from procedures.soundness.row_names import LINK_KINDS, Paths

WITH_A_CASE = ("arrived_on", "answers")
"""What a link can carry besides values: the date of arrival and the answers to the form."""
_Path = tuple[str, ...]


def between_problems(procedure: Procedure, paths: Paths) -> Iterator[Problem]:
    """Every name between cases that leads nowhere on one day, and rows that say too little."""
    known = Known.of(procedure)
    for link in procedure.links:
        yield from _of_link(known, link)
        yield from _carried(procedure, paths, ("links", link.id, "carries"), link.carries, WITH_A_CASE)
    for message in procedure.messages:
        path = ("messages", message.id)
        yield from _kinds((*path, "along"), message.along)
        yield from _carried(procedure, paths, (*path, "carries"), message.carries, ())
        if bool(message.along) == (message.toward == "sender"):
            said = ("along は、toward が sender でないときにだけ書きます。", "along goes with every toward but sender")
            yield finding("D219", path, said, "along か toward のどちらかを直す")
    for signal in procedure.signals:
        yield from _of_signal(procedure, signal)
    for machine in machines_of(procedure):
        for effect in machine.effects:
            at = (*machine.path, "effects", effect.id)
            for how in ("revises", "suspends", "resumes", "ends"):
                yield from known.missing("registration", (*at, how), getattr(effect, how))
            yield from known.missing("message", (*at, "sends"), effect.sends)


def _of_link(known: Known, link: Link) -> Iterator[Problem]:
    path = ("links", link.id)
    if (link.kind == "amends") == (link.registration is None):
        said = ('registration は kind = "amends" の行にだけ書きます。', 'registration goes with kind = "amends" only')
        hint = f"手続 {link.to} の registrations のどれかを書く"
        yield finding("D226", path, said, hint if link.kind == "amends" else "registration を消す")
    if link.kind in {"joins", "shares", "amends"}:
        yield from known.missing("subject", (*path, "subject"), link.subject)


def _of_signal(procedure: Procedure, signal: Signal) -> Iterator[Problem]:
    path = ("signals", signal.id)
    ways = [name for name, given in (("register", signal.register_), ("procedure", signal.procedure)) if given]
    if len(ways) != 1:
        ja = f"register・procedure のうち一つだけを書きます(いまは{'と'.join(ways) or 'なし'})。"
        en = f"exactly one of register, procedure (now: {', '.join(ways) or 'none'})"
        yield finding("D219", path, (ja, en), "公簿からなら register と subject、ほかの案件からなら procedure")
    elif signal.register_ and signal.subject is None:
        said = ("だれの異動かが書かれていません。", "it does not say whom it is about")
        yield finding("D226", path, said, "subject に [subjects] の名を書く")
    if signal.day is not None:
        dates = [fact.id for fact in procedure.facts if fact.type == "date"]
        if signal.day not in dates:
            said = (f"日付の事実に {signal.day} がありません。", f"there is no fact {signal.day} that is a date")
            yield finding("D128", (*path, "day"), said, one_of(signal.day, dates))


def _kinds(path: _Path, kinds: tuple[str, ...]) -> Iterator[Problem]:
    """The kinds of links along which a message goes; those of other procedures may lead here."""
    for kind in kinds:
        if kind not in LINK_KINDS:
            said = (f"つながりの種類に {kind} はありません。", f"there is no kind of link {kind}")
            yield finding("D113", (*path, kind), said, one_of(kind, LINK_KINDS))


def _carried(
    procedure: Procedure, paths: Paths, path: _Path, words: tuple[str, ...], special: tuple[str, ...]
) -> Iterator[Problem]:
    """What goes along: a dotted path, a condition, or what only an opened case can take."""
    conditions = [row.id for row in procedure.conditions]
    for word in words:
        if "." in word:
            yield from paths.missing(path, (word,))
        elif word not in special and word not in conditions:
            said = (f"運ぶものに {word} がありません。", f"there is nothing called {word} to carry")
            yield finding("D125", (*path, word), said, one_of(word, (*special, *conditions)))
