"""Whom a model can be added for, as the form shows them."""

from __future__ import annotations

from typing import Final

from headrace.catalog.queries import catalog
from headrace.llm.providers import credential_type, plugged
from headrace.llm.providers.faults import ProviderFault
from headrace.llm.types import Provider
from headrace_sdk.items import JsonObject

OWN_EMBEDDERS: Final = (Provider.OPENAI, Provider.OPENAI_COMPATIBLE)
TITLES: Final = {
    Provider.ANTHROPIC: "Anthropic",
    Provider.OPENAI: "OpenAI",
    Provider.OPENAI_COMPATIBLE: "OpenAI-compatible server",
    Provider.OFFLINE: "Offline demo",
}


def offered_providers() -> list[JsonObject]:
    """Our own, then those of packages by title; `problem` says why one cannot be asked here."""
    own: list[JsonObject] = [
        {
            "id": one.value,
            "title": title,
            "documentation": "",
            "credential_type": credential_type(one.value),
            "package": None,
            "problem": None,
        }
        for one, title in TITLES.items()
    ]
    brought = sorted(catalog().llm_providers, key=lambda kind: kind.title)
    return [*own, *(_brought(kind.id, kind.title, kind.documentation) for kind in brought)]


def offered_embedders() -> list[JsonObject]:
    """Who makes vectors through the gateway: our own, then those of packages by title."""
    own = [one for one in offered_providers() if one["id"] in OWN_EMBEDDERS]
    brought = sorted(catalog().embedders, key=lambda kind: kind.title)
    return [*own, *(_brought(kind.id, kind.title, kind.documentation) for kind in brought)]


def _brought(kind: str, title: str, documentation: str) -> JsonObject:
    owner = catalog().provider_owner(kind)
    try:
        plugged.require_usable(kind)
        problem = None
    except ProviderFault as fault:
        problem = fault.message
    return {
        "id": kind,
        "title": title,
        "documentation": documentation,
        "credential_type": credential_type(kind),
        "package": owner.package.distribution if owner else None,
        "problem": problem,
    }
