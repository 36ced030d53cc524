"""Our own providers, a module each, and those of packages; nothing else knows wire formats."""

from __future__ import annotations

from importlib import import_module
from typing import Final, cast

from headrace.llm.providers import plugged
from headrace.llm.providers.protocol import Provider as ProviderModule
from headrace.llm.types import Provider

OWN: Final = frozenset(one.value for one in Provider)


def provider(kind: str) -> ProviderModule:
    """Who speaks a provider's wire format; our own are loaded when first needed: they are large.

    Raises:
        ProviderFault: no installed package has it.
    """
    if kind in OWN:
        module = import_module(f"headrace.llm.providers.{kind}_provider")
        return cast("ProviderModule", module)
    if found := plugged.find(kind):
        return plugged.PluggedProvider(found)
    if embedder := plugged.find_embedder(kind):
        return plugged.PluggedEmbedder(embedder)
    plugged.require_usable(kind)
    raise AssertionError  # without a class there is no plugin


def credential_type(kind: str) -> str | None:
    """The id of the credential type that a provider's models need; `None` where they need none."""
    if kind == Provider.OFFLINE:
        return None
    if kind in OWN:
        return kind
    found = plugged.find(kind) or plugged.find_embedder(kind)
    return (found.credential_type or None) if found is not None else kind
