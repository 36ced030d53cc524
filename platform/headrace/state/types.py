"""Who asks for shared state."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid5

from headrace_sdk.state import Scope, checked_key


@dataclass(frozen=True, slots=True)
class Asker:
    """One run of one node, by names that are the same in every attempt."""

    tenant_id: UUID
    workflow_id: UUID
    execution_id: UUID
    node: str
    run: str

    def owner(self, scope: Scope) -> UUID:
        """Whose keys are meant."""
        return {
            "execution": self.execution_id,
            "workflow": self.workflow_id,
            "tenant": self.tenant_id,
        }[scope]

    def operation(self, kind: str, key: str, call: int) -> UUID:
        """The name of the `call`-th operation of a kind on a key by this run."""
        text = "\x1f".join((self.node, self.run, kind, key, str(call)))
        return uuid5(self.execution_id, text)

    @property
    def place(self) -> dict[str, object]:
        """The columns that name the run."""
        return {"execution_id": self.execution_id, "node": self.node, "run": self.run}

    @property
    def turn(self) -> str:
        """The turn of the loops that the run is in: `2.0` of the run `2.0~1`."""
        return self.run.partition("~")[0]


@dataclass(frozen=True, slots=True)
class Shared:
    """A key among those of one owner."""

    owner: UUID
    key: str

    @classmethod
    def of(cls, asker: Asker, scope: Scope, key: str) -> Shared:
        """The key, checked.

        Raises:
            UserError: it cannot be one.
        """
        return cls(asker.owner(scope), checked_key(key))
