"""Lets operators switch packages on and off for chosen tenants, from the list of tenants."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.db.models import QuerySet
from django.http import HttpRequest

from headrace.audit.types import ActorValue
from headrace.plugins import actions as plugins
from headrace.plugins import queries
from headrace.tenants.context import TenantRef, tenant

Action = Callable[[Any, HttpRequest, "QuerySet[Any]"], None]
Described = tuple[Action, str, str]
"""A function, its name, and what the menu says: what Django asks of an admin action."""


def switches() -> dict[str, Described]:
    """Two actions for every package that can be switched, by name."""
    made = [
        _described(distribution, is_on=is_on)
        for distribution in queries.switchable()
        for is_on in (False, True)
    ]
    return {name: (action, name, text) for action, name, text in made}


def _described(distribution: str, *, is_on: bool) -> Described:
    word = "on" if is_on else "off"

    def act(page: ModelAdmin[Any], request: HttpRequest, chosen: QuerySet[Any]) -> None:
        person: Any = request.user
        actor = ActorValue("person", person.pk, f"{person.email} (operator)")
        for row in chosen:
            with tenant(TenantRef(row.pk, row.slug, row.schema_name)):
                plugins.decide(actor, distribution, is_on=is_on)
        text = f"{distribution} is {word} for {len(chosen)} tenants."
        page.message_user(request, text, messages.SUCCESS)

    return act, f"switch_{word}_{distribution}", f"Switch {word} {distribution}"
