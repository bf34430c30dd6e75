"""The draft (起案文書) that a route decides: what it says, by whom, over which answers, and what has become of it.

A draft holds digests and numbers of answers, never answers. Once it is decided it does not change any more: what comes
after it is another draft, which takes its place.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from engine.errors import NotPossibleNow
from engine.store.canonical import canonical_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from engine.definition.procedure import Approval
    from engine.state import CaseState, TaskState
    from engine.work import Work

Draft = dict[str, Any]


def drafts(case: CaseState) -> dict[str, Draft]:
    """The drafts of a case by their numbers, which are texts, in their order."""
    found: dict[str, Draft] = case.memo.get("drafts", {})
    return found


def latest(case: CaseState) -> tuple[int, Draft] | None:
    """The number of the last draft and the draft; None before the first."""
    known = drafts(case)
    return (len(known), known[str(len(known))]) if known else None


def draw_up(work: Work, route: Approval, turn: int) -> Draft:
    """The draft that begins a round of a route: numbered in its case, and kept there."""
    case, before = work.whole.case, latest(work.whole.case)
    number = before[0] + 1 if before else 1
    proposal = case.memo.get("proposal", {})
    outcome = work.edition.outcomes.get(proposal.get("outcome", ""))
    draft: Draft = {
        "round": turn,
        "outcome": proposal.get("outcome"),
        "title": f"{work.edition.procedure.title}({outcome.label})" if outcome else work.edition.procedure.title,
        "drafter": proposal.get("drafter"),
        "post": work.actor.post,
        "at": work.now,
        "of": _basis(work, proposal.get("asked")),
        "content": _content(work, proposal),
        "attachments": [a.id for a in work.edition.procedure.attachments if work.holds("attachments", a.id, "when")],
    }
    if route.retention is not None:
        draft["years"] = route.retention.years
    decided = [int(name) for name, one in drafts(case).items() if "decided" in one]
    if decided:
        draft["supersedes"] = decided[-1]
    if before and _same(work, before[1], draft):
        draft["same_as"] = before[1].get("same_as", before[0])
    work.do("draft", number, draft)
    return draft


def unsettle(work: Work, changed: str) -> None:
    """Note that something a draft under decision was drawn up from has changed: it can no longer be signed."""
    found = latest(work.whole.case)
    if found and work.case_state.kind == "deciding" and changed not in found[1].get("stale", []):
        work.do("draft", found[0], {"stale": [*found[1].get("stale", []), changed]})


def against_stale(work: Work) -> NotPossibleNow | None:
    """Why the draft at hand cannot be signed; None while what it was drawn up from stands."""
    found = latest(work.whole.case)
    changed = found[1].get("stale") if found else None
    if not changed:
        return None
    facts = work.edition.facts
    names = [facts[name].says if name in facts else "申請内容" for name in changed]
    what = "・".join(f"「{one}」" for one in names)
    ja = f"起案のあとで{what}が変わりました。古くなった起案は承認も決裁もできません。起案者へ差し戻してください。"
    return NotPossibleNow(ja, f"the draft is stale: {', '.join(changed)} changed", rule="stale_draft", changed=changed)


def decided(work: Work) -> None:
    """Note who decided the draft at hand, in whose place, and when; from now on it stays as it is."""
    found = latest(work.whole.case)
    if found is None or "decided" in found[1]:
        return
    said: dict[str, Any] = {"person": work.actor.person, "post": work.actor.post, "at": work.now}
    steps = [one for one in work.whole.tasks.values() if one.memo.get("round") == found[1]["round"]]
    acted = next((one for one in steps if one.memo["role"] == "decider" and "acted" in one.memo), None)
    work.do("draft", found[0], {"decided": said | ({"for": acted.post} if acted else {})})


def numbered(work: Work, text: str) -> None:
    """Put the number of the document on the draft that was decided, once."""
    found = latest(work.whole.case)
    if found and "decided" in found[1] and "number" not in found[1]:
        work.do("draft", found[0], {"number": text})


def agreed(work: Work, draft: Draft, post: str) -> TaskState | None:
    """The step in which a post agreed to a draft of the same substance before; None when it has to be asked (again)."""
    if "same_as" not in draft:
        return None
    known = drafts(work.whole.case)
    rounds = {one["round"] for name, one in known.items() if draft["same_as"] in {int(name), one.get("same_as")}}
    steps = [one for _, one in sorted(work.whole.tasks.items()) if one.memo.get("round") in rounds]
    asked = [one for one in steps if one.post == post and one.memo["role"] == "cosigner"]
    done = [one for one in asked if work.edition.tasks[one.kind].states[one.state].kind == "done"]
    return done[-1] if done else None


def _basis(work: Work, asked: str | None) -> dict[str, int]:
    """Which submission of the form, and which answers to what the draft asked, it is drawn up from."""
    given = work.whole.case.memo.get("given", {})
    return {name: given[name] for name in ("form", asked or "") if name in given}


def _content(work: Work, proposal: Mapping[str, Any]) -> str:
    """The hash of all that is decided: over digests, so that it tells nothing once these are destroyed."""
    memo = work.whole.case.memo
    digests = [
        [name, memo["digests"].get(f"{name}.{number}")] for name, number in _basis(work, proposal.get("asked")).items()
    ]
    said = [work.edition.id, work.edition.hash, proposal.get("outcome"), digests, sorted(memo.get("facts", {}).items())]
    return hashlib.sha256(canonical_bytes(said)).hexdigest()


def _same(work: Work, before: Draft, after: Draft) -> bool:
    """Whether two drafts say the same: the same outcome over the same answers, and nothing has changed meanwhile."""
    if before["outcome"] != after["outcome"] or before.get("stale") or before["of"].keys() != after["of"].keys():
        return False
    pairs: Sequence[tuple[str, int, int]] = [(name, before["of"][name], after["of"][name]) for name in after["of"]]
    return all(a == b or work.document(f"{name}.{a}") == work.document(f"{name}.{b}") for name, a, b in pairs)
