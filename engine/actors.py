"""Who acts: a person in a post. The municipality says which roles a post fills; the declaration says what a role may do."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from engine.definition import Procedure
from engine.errors import NotYourTurn, UnknownThing
from engine.municipality import Municipality
from engine.problems import nearest


@dataclass(frozen=True)
class Actor:
    """A person acting in a post. Citizens and outside bodies act in the role of their own name."""

    post: str
    person: str

    @classmethod
    def parse(cls, text: str) -> Actor:
        """The actor written as POST or POST:PERSON; without a person the post speaks for itself."""
        post, _, person = text.partition(":")
        return cls(post, person or post)


SYSTEM = Actor("system", "system")


def roles_of(actor: Actor, procedure: Procedure, municipality: Municipality) -> frozenset[str]:
    """The roles of the procedure that the actor may take.

    Raises:
        UnknownThing: nobody of that name exists in the city's department or in the declaration.
    """
    if actor == SYSTEM:
        return frozenset({"system"})
    declared = {role.id: role for role in procedure.roles}
    post = municipality.post(actor.post, procedure.department)
    if post is not None:
        return frozenset({post.id, *post.roles})
    role = declared.get(actor.post)
    if role is not None and (role.side != "office" or municipality.standing == "default"):
        return frozenset({role.id})
    if municipality.standing == "default" and actor.post in _posts_named(procedure):
        return frozenset({actor.post, *_default_roles(actor.post, procedure)})
    known = {p.id for p in municipality.posts} | {r.id for r in procedure.roles if r.side != "office"}
    hint = nearest(actor.post, known)
    raise UnknownThing(
        f"「{actor.post}」という職は{municipality.label}のこの手続の担当にありません。{hint}".strip(),
        f"no post {actor.post!r} serves this procedure in {municipality.id}",
        post=actor.post,
    )


def _posts_named(procedure: Procedure) -> set[str]:
    """The posts that the approval routes name."""
    routes = procedure.approval.values()
    return {post for route in routes for post in (*route.steps, *(level.decider for level in route.levels))}


def _default_roles(post: str, procedure: Procedure) -> set[str]:
    """The roles of a post on the default route: reviewers review, deciders decide."""
    routes = procedure.approval.values()
    roles = {"reviewer" for route in routes if post in route.steps}
    return roles | {"decider" for route in routes if post in {level.decider for level in route.levels}}


def require_role(actor: Actor, roles: Collection[str], allowed: Collection[str], doing: str, labels: str) -> None:
    """Nothing, when the actor may; `labels` names those who may.

    Raises:
        NotYourTurn: none of the actor's roles may do it.
    """
    if not set(roles) & set(allowed):
        raise NotYourTurn(
            f"「{doing}」は{labels}が行います。「{actor.post}」は行えません。",
            f"{doing}: only {', '.join(sorted(allowed))} may do this, not {actor.post}",
            actor=actor.post,
            allowed=sorted(allowed),
        )
