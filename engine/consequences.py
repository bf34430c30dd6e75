"""What else happens when an event happens: the row of effects of the same id, read once, in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine import drafting, links, notices, registrations, routes, signals, sittings, tasks
from engine.definition.rows import Effect, Outcome
from engine.errors import AnswerProblem, BadAnswers, NotPossibleNow
from engine.state import TaskState

if TYPE_CHECKING:
    from engine.work import Work


def draft(work: Work, effect: Effect | None) -> None:
    """Record what the event proposes, while the case still stands where it is drafted: the route depends on it."""
    for outcome in _proposed(work, effect) if effect else ():
        propose(work, outcome)


def follow(work: Work, effect: Effect | None, task: TaskState | None = None) -> None:
    """Carry out the rest of a row of effects, of the case or of a task, in the order of the format."""
    if effect is None:
        return
    if effect.closes:
        tasks.close_all(work, kinds=effect.closes)
    for kind in effect.opens:
        tasks.open_task(work, kind, *tasks.belonging(task))
    if effect.rewinds and task is not None:
        routes.rewind(work, task, work.asked.get(effect.rewinds))
    for series in effect.numbers:
        number(work, series)
    if effect.books:
        sittings.book(work, effect.books, task)
    registrations.follow(work, effect)
    if effect.opens_links:
        links.follow(work, effect.opens_links)
    for message in effect.sends:
        signals.send(work, message)
    notices.follow(work, effect, task)


def propose(work: Work, outcome: Outcome) -> None:
    """Record what the draft would decide, who drafted it and from where.

    Raises:
        BadAnswers: the outcome needs reasons and a ground, and the draft gives none (行政手続法8条).
    """
    if reasons_needed(work, outcome):
        missing = [name for name in ("ground", "reason") if not str(work.asked.get(name) or "").strip()]
        if missing:
            raise BadAnswers([_reason_missing(outcome, name) for name in missing])
    case = work.whole.case
    given = {"outcome": outcome.id, "drafted_in": case.state, "drafter": work.actor.person, "asked": work.asks}
    for key, value in given.items():
        work.do("memo", "proposal", key, value)


def decide(work: Work) -> None:
    """Fix the outcome that the draft proposed, with its registration.

    Raises:
        NotPossibleNow: there is no draft to decide.
    """
    proposed = work.whole.case.memo.get("proposal", {}).get("outcome")
    if proposed is None:
        raise NotPossibleNow("起案がないので決裁できません。", "there is no draft to decide")
    work.do("outcome", proposed, True)  # noqa: FBT003 - an effect is a list
    drafting.decided(work)
    outcome = work.edition.outcomes[proposed]
    if outcome.registers:
        registrations.enter(work, outcome.registers)


def reasons_needed(work: Work, outcome: Outcome) -> bool:
    """Whether the outcome must carry reasons: always, or when its condition holds."""
    if outcome.reasons is None:
        return False
    return outcome.reasons == "always" or work.holds("outcomes", outcome.id, "reasons")


def number(work: Work, series: str) -> None:
    """Give the case the next number of a series: gapless per department and fiscal year."""
    department = work.ports.municipality.department_of(work.edition.procedure.number)
    label = (department.short or department.label) if department else work.edition.procedure.department
    year = work.today.year - (work.today.month < 4)  # noqa: PLR2004 - the fiscal year begins in April (地方自治法208条)
    scope = f"{department.id if department else work.edition.procedure.department}/{year}"
    value = work.tx.next_number(series, scope)
    text = f"{year}{label}{_SERIES.get(series, '')}第{value}号"
    work.do("number", series, scope, value)
    work.do("memo", "numbers", series, text)
    if series == "document":
        drafting.numbered(work, text)


def _proposed(work: Work, effect: Effect) -> list[Outcome]:
    """The outcome that the draft proposes: of several, the one whose condition holds."""
    found = [work.edition.outcomes[name] for name in effect.proposes]
    fitting = [o for o in found if o.when is None or work.holds("outcomes", o.id, "when")]
    if found and len(fitting) != 1:
        labels = "・".join(o.label for o in fitting) or "なし"
        raise NotPossibleNow(
            f"起案する結果が一つに決まりません(当てはまるもの: {labels})。",
            f"the draft does not fit exactly one outcome: {[o.id for o in fitting]}",
        )
    return fitting


def _reason_missing(outcome: Outcome, name: str) -> AnswerProblem:
    label = {"ground": "根拠の条項", "reason": "理由"}[name]
    return AnswerProblem(
        pointer=f"/{name}",
        code="required",
        ja=f"「{outcome.label}」の起案には{label}が要ります(行政手続法8条)。{label}を書いてください。",
        easy=f"{label}を かいて ください。",
        en=f"a draft of {outcome.id} needs a {name}",
        label=label,
    )


_SERIES: dict[str, str] = {"receipt": "受付"}
