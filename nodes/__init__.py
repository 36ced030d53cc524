"""The built-in nodes: one file each, in packs by what they do, found by walking this package."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Final

from headrace_sdk import AnyNode, CredentialType, hookimpl
from headrace_sdk.discovery import credential_types_in, nodes_in

_WORK: Final = "_work"
"""Parsers, which are loaded by the processes that are made for them (`run_apart`)."""


@hookimpl
def headrace_nodes() -> Sequence[AnyNode]:
    """Every node class in the packs."""
    return nodes_in(sys.modules[__name__], leaving_out=_WORK)


@hookimpl
def headrace_credential_types() -> Sequence[type[CredentialType]]:
    """Every credential type in the packs."""
    return credential_types_in(sys.modules[__name__], leaving_out=_WORK)
