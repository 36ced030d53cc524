"""One execution in the hands of one worker: what stays the same while it is driven."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from headrace.executions.beginning import Origin
from headrace.executions.lease.claim import Claim
from headrace.executions.recording import Recording
from headrace.executions.runner.resources import Resources
from headrace.tenants.context import TenantRef
from headrace.workflows.compiled import CompiledWorkflow
from headrace_sdk.items import JsonObject


@dataclass(frozen=True, slots=True)
class Assignment:
    """`mode` says how it was started, `answer_to` the channel on which somebody waits for it.

    `origin` says which run or event began it. With a `recording` it calls nobody.
    `off` are the node types whose package the tenant has switched off, `variables` what `$vars`
    holds.
    """

    held: Claim
    workflow: CompiledWorkflow
    owner: TenantRef
    resources: Resources
    mode: str
    answer_to: str | None
    origin: Origin
    recording: Recording | None = None
    off: frozenset[str] = frozenset()
    variables: JsonObject = field(default_factory=dict)

    @property
    def workflow_id(self) -> UUID:
        """The workflow whose version it runs."""
        return self.workflow.record.ref.workflow_id
