"""Lantern's models and its glossary. This module is the door: Headrace looks up the hooks in it."""

from __future__ import annotations

from collections.abc import Sequence

from headrace_plugin_lantern.account import LanternAccount
from headrace_plugin_lantern.look_up import LookUp
from headrace_plugin_lantern.models import LanternModels
from headrace_plugin_lantern.vectors import LanternVectors
from headrace_sdk import AnyNode, CredentialType, Needs, hookimpl
from headrace_sdk.embedder import TextEmbedder
from headrace_sdk.llm_provider import LlmProvider


@hookimpl
def headrace_nodes() -> Sequence[AnyNode]:
    """The nodes of this package."""
    return [LookUp]


@hookimpl
def headrace_credential_types() -> Sequence[type[CredentialType]]:
    """The credential types of this package."""
    return [LanternAccount]


@hookimpl
def headrace_llm_providers() -> Sequence[type[LlmProvider]]:
    """The providers of language models of this package."""
    return [LanternModels]


@hookimpl
def headrace_embedders() -> Sequence[type[TextEmbedder]]:
    """The makers of vectors of this package."""
    return [LanternVectors]


@hookimpl
def headrace_needs() -> Needs:
    """Every company runs a Lantern of its own: its address stands in the credential."""
    return Needs(hosts=("*",), credentials=("lantern",))
