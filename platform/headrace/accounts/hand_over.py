"""From one tenant to another, and from the bare host to the first: by links that work once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction

from headrace.accounts import actions
from headrace.accounts.errors import Forbidden, NotYourTenant
from headrace.accounts.models import Membership, Person
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.tenants import queries as tenants
from headrace.tenants.addresses import origin_of
from headrace.tenants.context import TenantRef, current

LINK_MINUTES: Final = 2
"""The browser follows the link at once."""
RECENT: Final = "recent_tenants"
"""The preference that holds them: each tenant has a host, so no browser keeps them for all."""
_REMEMBERED: Final = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A tenant that a person is a member of, and the address that leads there."""

    slug: str
    name: str
    url: str


def places_of(actor: Actor) -> Sequence[Place]:
    """The tenants of the actor's person by name; each address leads to its sign-in or its home."""
    if actor.person_id is None:
        return []
    return [
        Place(ref.slug, name, f"{origin_of(ref)}/app/") for ref, name in _tenants(actor.person_id)
    ]


@transaction.atomic
def hand_over(actor: Actor, slug: str) -> str:
    """An address that signs the actor's person in at another of their tenants, once.

    Raises:
        Forbidden: a key cannot be handed over, only a person.
        NotYourTenant: no such tenant, or the person is no member of it.
    """
    if actor.kind != "person" or actor.person_id is None:
        raise Forbidden("session.edit")
    for ref, _ in _tenants(actor.person_id):
        if ref.slug == slug and ref.id != current().id:
            audit.record(actor.value, "session.handed_over", "tenant", ref.id)
            person = Person.objects.select_for_update().get(pk=actor.person_id)
            _remember(person, ref.slug, current().slug)
            return _link(person, ref)
    raise NotYourTenant


@transaction.atomic
def sign_in_anywhere(email: str, password: str, *, host: str) -> Sequence[Place]:
    """For the bare host: where this person may go, each address a link that signs them in once.

    Raises:
        BadCredentials, TooManyAttempts: as for `actions.authenticate`.
    """
    person = actions.authenticate(email, password, host=host, admits=_has_tenants)
    return [Place(ref.slug, name, _link(person, ref)) for ref, name in _tenants(person.id)]


def _remember(person: Person, *slugs: str) -> None:
    """These were used last, the newest first."""
    before = [slug for slug in person.preferences.get(RECENT, ()) if slug not in slugs]
    person.preferences = {**person.preferences, RECENT: [*slugs, *before][:_REMEMBERED]}
    person.save(update_fields=["preferences"])


def _link(person: Person, ref: TenantRef) -> str:
    token = actions.new_sign_in_token(person, ref.id, minutes=LINK_MINUTES)
    return f"{origin_of(ref)}/app/sign-in?token={token}"


def _has_tenants(person: Person) -> bool:
    return bool(_tenants(person.id))


def _tenants(person_id: UUID) -> Sequence[tuple[TenantRef, str]]:
    mine = Membership.objects.filter(person_id=person_id, is_active=True)
    return tenants.named(list(mine.values_list("tenant_id", flat=True)))
