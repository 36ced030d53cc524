"""Who acts, and in which role."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Literal
from uuid import UUID

from headrace.audit.types import ActorValue


class Role(StrEnum):
    """What a member is in a tenant, the strongest first."""

    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"
    VIEWER = "viewer"

    @property
    def rank(self) -> int:
        """0 is the strongest."""
        return list(Role).index(self)


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever asks for something in the tenant at work.

    `scopes` limits an API key to some verbs; `None` leaves it all that its role may do.
    `person_id` is the owner of a key, and the person itself otherwise.
    """

    kind: Literal["person", "api_key", "system", "public"]
    id: UUID | None
    label: str
    role: Role | None = None
    scopes: frozenset[str] | None = None
    person_id: UUID | None = None

    @property
    def value(self) -> ActorValue:
        """As the audit record keeps it."""
        return ActorValue(self.kind, self.id, self.label)

    @property
    def is_authenticated(self) -> bool:
        """Is this somebody in particular? Django REST framework asks."""
        return self.kind != "public"


PUBLIC: Final = Actor("public", None, "Anonymous")
SYSTEM: Final = Actor("system", None, "Headrace")


@dataclass(frozen=True, slots=True)
class Assignees:
    """Who is asked to decide something: people, and roles with those above them.

    `is_anybody`: nobody in particular.
    """

    is_anybody: bool
    people: frozenset[UUID] = frozenset()
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A person in the tenant at work. `id` is the membership's."""

    id: UUID
    person_id: UUID
    email: str
    name: str
    role: Role
    joined_at: datetime
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class ApiKeyRow:
    """A key without its secret. `role` is the highest it may act in."""

    id: UUID
    name: str
    prefix: str
    scopes: frozenset[str] | None
    role: Role
    owner_id: UUID
    owner_name: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None
