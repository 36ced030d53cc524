"""A credential type and a node that accepts it, in place of installed packages."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from uuid import UUID

import pytest

from headrace.credentials.ports import ports
from headrace_sdk import CredentialType, Params, fields
from headrace_sdk.items import JsonObject

MASTER_KEY = bytes(range(32))
CANARY = "canary-5f1d-secret"


class Fields(Params):
    """One open and one secret field."""

    user: str = fields.text("User")
    token: str = fields.text("Token", secret=True)


class Token(CredentialType):
    """The type."""

    id = "test_token"
    title = "Token"
    Fields = Fields


class OneType:
    """A catalogue with one type, which one node accepts."""

    def find(self, kind: str) -> type[CredentialType] | None:
        return Token if kind == Token.id else None

    def accepted_by(self, node_type: str) -> Collection[str]:
        return [Token.id] if node_type == "test.node" else []

    def target_check(self, kind: str) -> None:
        return None


class KnownUses:
    """Workflows that say so themselves."""

    def __init__(self) -> None:
        self.names: dict[UUID, str] = {}

    def workflows_using(self, ids: Collection[UUID]) -> Mapping[UUID, Sequence[JsonObject]]:
        return {
            one: [{"id": str(one), "name": self.names[one]}] for one in ids if one in self.names
        }

    def models_using(self, ids: Collection[UUID]) -> Mapping[UUID, Sequence[JsonObject]]:
        del ids
        return {}


@pytest.fixture(autouse=True)
def uses() -> Iterator[KnownUses]:
    """The vault's ports, bound to values of the test."""
    before = ports.types, ports.uses, ports.master_keys
    known = KnownUses()
    ports.types, ports.uses, ports.master_keys = OneType(), known, (MASTER_KEY,)
    yield known
    ports.types, ports.uses, ports.master_keys = before
