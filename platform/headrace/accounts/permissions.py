"""Who may do what: one table, one question.

Roles grow: each may do all that the weaker one may. A right on one object can be narrower than
the right on its kind; `_OBJECT_RULES` has those cases.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from headrace.accounts.errors import Forbidden
from headrace.accounts.types import Actor, ApiKeyRow, Assignees, MemberRow, Role

ANYONE: Final = "public"
"""The verb of a view that needs no sign-in; such routes stand in a reviewed list (S-052)."""

_VIEWER: Final = frozenset(
    {
        "session.view",
        "session.edit",
        "catalog.view",
        "workflow.view",
        "execution.view",
        "event.view",
        "expression.preview",
        "file.view",
        "variable.view",
        "table.view",
        "knowledge.view",
        "notification.view",
        "notification.edit",
        "member.view",
        "approval.view",
        "approval.decide",
        "agent.view",
    }
)
_MEMBER: Final = _VIEWER | {
    "agent.edit",
    "workflow.edit",
    "workflow.run",
    "workflow.test",
    "workflow.publish",
    "workflow.delete",
    "execution.cancel",
    "execution.decide",
    "execution.pause",
    "execution.retry",
    "execution.fork",
    "event.emit",
    "file.create",
    "variable.edit",
    "table.edit",
    "knowledge.edit",
    "credential.view",
    "credential.use",
    "credential.edit",
    "credential.delete",
    "credential.share",
    "api_key.view",
    "api_key.create",
    "api_key.delete",
    "node.options",
    "llm.view",
}
_ADMIN: Final = _MEMBER | {
    "member.invite",
    "member.edit",
    "member.delete",
    "audit.view",
    "plugin.view",
    "credential.refer",
    "execution.delete",
    "llm.edit",
}
_OWNER: Final = _ADMIN | {"tenant.edit", "plugin.edit"}

ROLE_VERBS: Final[Mapping[Role, frozenset[str]]] = {
    Role.VIEWER: _VIEWER,
    Role.MEMBER: _MEMBER,
    Role.ADMIN: _ADMIN,
    Role.OWNER: _OWNER,
}
VERBS: Final = ROLE_VERBS[Role.OWNER]


def can(actor: Actor, verb: str, obj: object = None) -> bool:
    """May the actor do this, to this object where one is given?

    The right is the role's, cut down to a key's scopes; both are read for each request (S-063).

    Raises:
        ValueError: there is no such verb; a bug, since verbs are written in code.
    """
    if verb not in VERBS:
        message = f"No such right: {verb!r}. Add it to headrace.accounts.permissions."
        raise ValueError(message)
    if actor.kind == "system":
        return True
    if actor.role is None or verb not in ROLE_VERBS[actor.role]:
        return False
    if actor.scopes is not None and verb not in actor.scopes:
        return False
    return obj is None or _OBJECT_RULES.get(verb, _always)(actor, obj)


def require(actor: Actor, verb: str, obj: object = None) -> None:
    """Do nothing if the actor `can`.

    Raises:
        Forbidden: it cannot.
    """
    if not can(actor, verb, obj):
        raise Forbidden(verb)


def granted(actor: Actor) -> list[str]:
    """Every verb the actor may use, for interfaces that hide the rest."""
    return sorted(verb for verb in VERBS if can(actor, verb))


def _always(actor: Actor, obj: object) -> bool:
    del actor, obj
    return True


def _not_above(actor: Actor, obj: object) -> bool:
    """Nobody changes a member who stands above."""
    return not isinstance(obj, MemberRow) or (
        actor.role is not None and actor.role.rank <= obj.role.rank
    )


def _own_or_admin(actor: Actor, obj: object) -> bool:
    is_own = isinstance(obj, ApiKeyRow) and obj.owner_id == actor.person_id
    return is_own or actor.role in {Role.OWNER, Role.ADMIN}


def _assigned(actor: Actor, obj: object) -> bool:
    """Viewers decide only what they are asked by name; owners and admins may always step in."""
    if not isinstance(obj, Assignees) or actor.role is None:
        return False
    if actor.role in {Role.OWNER, Role.ADMIN}:
        return True
    if obj.is_anybody:
        return actor.role is Role.MEMBER
    weakest = max((role.rank for role in obj.roles), default=-1)
    return actor.person_id in obj.people or actor.role.rank <= weakest


_OBJECT_RULES: Final[Mapping[str, Callable[[Actor, object], bool]]] = {
    "member.edit": _not_above,
    "member.delete": _not_above,
    "api_key.delete": _own_or_admin,
    "approval.decide": _assigned,
}
