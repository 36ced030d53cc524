"""One module for each provider; nothing else knows whose wire format it is."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from headrace.llm.providers.protocol import Provider as ProviderModule
from headrace.llm.types import Provider


def provider(kind: Provider) -> ProviderModule:
    """The module of a provider, loaded when it is first needed: their libraries are large."""
    module = import_module(f"headrace.llm.providers.{kind.value}_provider")
    return cast("ProviderModule", module)
