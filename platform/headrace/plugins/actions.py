"""Switching packages on and off."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.audit.types import ActorValue
from headrace.plugins import queries
from headrace.plugins.errors import PluginIsCore
from headrace.plugins.models import Switch
from headrace_sdk.items import JsonObject


@transaction.atomic
def switch(actor: Actor, distribution: str, *, is_on: bool) -> JsonObject:
    """Let the tenant's workflows use a package, or not; steps of it then fail and say so.

    Raises:
        Forbidden: only owners decide that.
        PluginNotFound, PluginIsCore: as they say.
    """
    require(actor, "plugin.edit")
    if queries.one(distribution)["trust"] == "core":
        raise PluginIsCore
    decide(actor.value, distribution, is_on=is_on)
    return queries.one(distribution)


@transaction.atomic
def decide(actor: ActorValue, distribution: str, *, is_on: bool) -> None:
    """Note what an owner or an operator decided for the tenant at work."""
    Switch.objects.update_or_create(
        distribution=distribution,
        defaults={"is_on": is_on, "switched_at": Now(), "switched_by": actor.label[:200]},
    )
    action = "plugin.enabled" if is_on else "plugin.disabled"
    audit.record(actor, action, "plugin", distribution)
