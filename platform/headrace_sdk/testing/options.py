"""What a form and a test button ask of a package, without the platform."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from headrace_sdk import fields
from headrace_sdk.calls import CalledVersion
from headrace_sdk.context import Choice
from headrace_sdk.credentials import Credential, CredentialType
from headrace_sdk.items import JsonObject
from headrace_sdk.node import AnyNode
from headrace_sdk.programs import Programs
from headrace_sdk.testing.http import Answers, MemoryHttp
from headrace_sdk.testing.net import LocalNet
from headrace_sdk.testing.programs import NoPrograms


@dataclass(slots=True)
class MemoryLookup:
    """A `Lookup` in memory."""

    http: MemoryHttp = field(default_factory=MemoryHttp)
    params: JsonObject = field(default_factory=dict)
    credentials: Mapping[str, Credential] = field(default_factory=dict)
    programs: Programs = field(default_factory=NoPrograms)

    async def credential(self, slot: str) -> Credential | None:
        """The credential given for a slot."""
        return self.credentials.get(slot)

    async def workflows(self) -> Sequence[Choice]:
        """None are known here."""
        return ()

    async def collections(self) -> Sequence[Choice]:
        """None are known here."""
        return ()

    async def inputs(self, workflow: str, version: CalledVersion) -> Sequence[Choice]:
        """None are known here."""
        del workflow, version
        return ()


@dataclass(slots=True)
class MemoryProbe:
    """A `Probe` in memory."""

    http: MemoryHttp
    net: LocalNet


def list_options(
    node_class: AnyNode,
    parameter: str,
    params: JsonObject | None = None,
    *,
    credentials: Mapping[str, Credential] | None = None,
    http: Answers | None = None,
) -> Sequence[Choice]:
    """The options that a node lists for a parameter with `options_from`.

    Raises:
        NodeError: the node could not list them.
    """
    method = fields.ui_of(node_class.Params.model_fields[parameter])["options_from"]
    lookup = MemoryLookup(MemoryHttp(http), params or {}, credentials or {})
    found: Sequence[Choice] = asyncio.run(getattr(node_class, method)(lookup))
    return found


def try_credential(
    kind: type[CredentialType],
    credential: Credential,
    *,
    http: Answers | None = None,
    net: LocalNet | None = None,
) -> str | None:
    """What the test button says.

    Raises:
        NodeError: what it says where the credential does not work.
    """
    return asyncio.run(kind.test(MemoryProbe(MemoryHttp(http), net or LocalNet()), credential))
