"""Who acts: a person in a post. The city says which roles a post fills, the declaration what a role may do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from engine.definition import Procedure
from engine.errors import NotYourTurn, UnknownThing
from engine.municipality import Municipality
from engine.problems import nearest


@dataclass(frozen=True)
class Actor:
    """A person acting in a post. Citizens and outside bodies act in the role of their own name.

    `department` is that of the post; without it the post is the one that serves the procedure at hand.
    """

    post: str
    person: str
    department: str = ""

    @classmethod
    def parse(cls, text: str) -> Actor:
        """The actor written as POST, POST:PERSON or POST@DEPARTMENT:PERSON; without a person the post speaks itself."""
        place, _, person = text.partition(":")
        post, _, department = place.partition("@")
        return cls(post, person or post, department)


SYSTEM = Actor("system", "system")


def roles_of(actor: Actor, procedure: Procedure, municipality: Municipality) -> frozenset[str]:
    """The roles of the procedure that the actor may take.

    Raises:
        UnknownThing: nobody of that name exists in the city's department or in the declaration.
    """
    if actor == SYSTEM:
        return frozenset({"system"})
    post = municipality.post(actor.post, procedure.department, actor.department)
    if post is not None:
        return frozenset({post.id, *post.roles})
    role = next((one for one in procedure.roles if one.id == actor.post and not actor.department), None)
    if role is not None and (role.side != "office" or municipality.standing == "default"):
        return frozenset({role.id})
    named = _roles_on_routes(actor.post, procedure) if municipality.standing == "default" else set()
    if named:
        return frozenset({actor.post, *named})
    serving = {p.id for p in municipality.posts if municipality.post(p.id, procedure.department)}
    if not serving and municipality.standing == "city":
        raise _no_department(procedure, municipality)
    known = serving | {r.id for r in procedure.roles if r.side != "office"}
    hint = "" if actor.department else nearest(actor.post, known)
    whose = f"{actor.department}の" if actor.department else ""
    raise UnknownThing(
        f"{whose}「{actor.post}」という職は{municipality.label}のこの手続の担当にありません。{hint}".strip(),
        f"no post {actor.post!r} serves this procedure in {municipality.id}",
        post=actor.post,
    )


def _no_department(procedure: Procedure, municipality: Municipality) -> UnknownThing:
    """What is wrong when nobody in a city serves the department that a procedure names."""
    there = "・".join(f"{one.label}({one.id})" for one in municipality.departments)
    near = nearest(procedure.department, [one.id for one in municipality.departments])
    hint = f"{near}。" if near else ""
    return UnknownThing(
        f"手続「{procedure.title}」の担当課「{procedure.department}」が{municipality.label}にありません。{hint}"
        f"あるのは{there}です。手続の department を直すか、市町村の設定に課と職を加えてください。",
        f"{municipality.id} has no department {procedure.department!r}, which {procedure.id} names",
        department=procedure.department,
    )


def _roles_on_routes(post: str, procedure: Procedure) -> set[str]:
    """The roles of a post on the default route: reviewers review, co-signers co-sign, deciders decide."""
    found = set()
    for route in procedure.approval.values():
        found |= {"reviewer"} if post in route.steps else set()
        found |= {"cosigner"} if post in {one.post for one in route.cosign} else set()
        found |= {"decider"} if post in {level.decider for level in route.levels} else set()
    return found


def require_role(
    actor: Actor, roles: Collection[str], allowed: Collection[str], doing: str, labels: Mapping[str, str]
) -> None:
    """Nothing, when the actor may; `labels` has the words for those who may.

    Raises:
        NotYourTurn: none of the actor's roles may do it.
    """
    if set(roles).isdisjoint(allowed):
        people = "・".join(dict.fromkeys(labels.get(role, role) for role in allowed))
        raise NotYourTurn(
            f"「{doing}」は{people}が行います。「{actor.post}」は行えません。",
            f"{doing}: only {', '.join(sorted(allowed))} may do this, not {actor.post}",
            actor=actor.post,
            allowed=sorted(allowed),
        )
