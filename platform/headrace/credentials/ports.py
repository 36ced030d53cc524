"""What the vault needs from apps beside and above it, bound once in `headrace.conf.wiring`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID

from headrace_sdk.credentials import CredentialType
from headrace_sdk.items import JsonObject


class CredentialTypes(Protocol):
    """The types that installed packages bring."""

    def find(self, kind: str) -> type[CredentialType] | None:
        """A type by its id."""

    def accepted_by(self, node_type: str) -> Collection[str]:
        """The ids of the types that a node type has a slot for."""

    def target_check(self, kind: str) -> Callable[[str], None] | None:
        """What raises where the package of a type must not go; `None` where it may go anywhere."""


class Uses(Protocol):
    """Who uses a credential."""

    def workflows_using(self, ids: Collection[UUID]) -> Mapping[UUID, Sequence[JsonObject]]:
        """`{"id", "name"}` of the workflows that name each of them."""

    def models_using(self, ids: Collection[UUID]) -> Mapping[UUID, Sequence[JsonObject]]:
        """`{"id", "name"}` of the language models that are asked by each of them."""


class SecretSource(Protocol):
    """Where secret values are kept instead of in our database."""

    def read(self, reference: str) -> str:
        """The value for the tenant at work; its prefix is forced, never given (S-061).

        Raises:
            SecretError: there is none, or the source cannot be reached.
        """


class NoTypes:
    """Stands in until the catalogue is wired: no type is known."""

    def find(self, kind: str) -> type[CredentialType] | None:
        """Nothing."""
        del kind
        return None

    def accepted_by(self, node_type: str) -> Collection[str]:
        """Nothing."""
        del node_type
        return ()

    def target_check(self, kind: str) -> Callable[[str], None] | None:
        """None."""
        del kind
        return None


class NoUses:
    """Stands in until the workflows are wired: nothing is used."""

    def workflows_using(self, ids: Collection[UUID]) -> Mapping[UUID, Sequence[JsonObject]]:
        """An empty mapping."""
        del ids
        return {}

    def models_using(self, ids: Collection[UUID]) -> Mapping[UUID, Sequence[JsonObject]]:
        """An empty mapping."""
        del ids
        return {}


@dataclass(slots=True)
class Ports:
    """The bound implementations, and the master keys: the current one first, then former ones.

    Keys are kept here and not in Django's settings, which appear in error pages and dumps.
    """

    types: CredentialTypes = field(default_factory=NoTypes)
    uses: Uses = field(default_factory=NoUses)
    master_keys: tuple[bytes, ...] = field(default=(), repr=False)
    sources: Mapping[str, SecretSource] = field(default_factory=dict)


ports = Ports()
