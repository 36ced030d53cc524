"""The plugin door: what a package may contribute. This file is the manual for plugin authors.

A package names its module under the entry-point group `headrace`; the functions below, marked
with `@hookimpl`, are looked up in that module.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pluggy

from headrace_sdk.credentials import CredentialType
from headrace_sdk.embedder import TextEmbedder
from headrace_sdk.llm_provider import LlmProvider
from headrace_sdk.needs import Needs
from headrace_sdk.node import AnyNode

PROJECT: Final = "headrace"
ENTRY_POINT_GROUP: Final = "headrace"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def headrace_nodes() -> Sequence[AnyNode]:  # type: ignore[empty-body]
    """The node classes of this package. A type begins with the package's own pack name."""


@hookspec
def headrace_credential_types() -> Sequence[type[CredentialType]]:  # type: ignore[empty-body]
    """The credential types of this package."""


@hookspec
def headrace_llm_providers() -> Sequence[type[LlmProvider]]:  # type: ignore[empty-body]
    """The providers of language models of this package, asked through the platform's gateway."""


@hookspec
def headrace_embedders() -> Sequence[type[TextEmbedder]]:  # type: ignore[empty-body]
    """Models of this package that make vectors of texts, for collections of knowledge."""


@hookspec(firstresult=True)
def headrace_needs() -> Needs | None:
    """What the nodes of this package reach outside; without it they reach nothing."""
