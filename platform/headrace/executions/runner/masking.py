"""Keeps the secrets that an execution opened out of everything that leaves a node (S-060).

Masked where a node hands over, before log, ledger and state see it: what is computed in memory and
what a worker reads back after a crash are the same.
"""

from __future__ import annotations

import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from headrace.executions.runner.outcome import Done, Failed, Held, Outcome, Suspended
from headrace_sdk.context import Reply
from headrace_sdk.errors import NodeError
from headrace_sdk.items import FileRef, Item, Outputs, PassedOn
from headrace_sdk.masking import Mask
from headrace_sdk.outcomes import Outcomes


def masked(outcome: Outcome, mask: Mask) -> Outcome:
    """The outcome without the secrets."""
    if isinstance(outcome, Done):
        return Done(_outputs(outcome.outputs, mask))
    if isinstance(outcome, Failed):
        return Failed(replace(outcome.failure, message=mask.text(outcome.failure.message)))
    if isinstance(outcome, Held):
        return outcome
    held = outcome.suspension
    note, shown = mask.object(held.note), tuple(mask.items(held.shown))
    return Suspended(replace(held, note=note, shown=shown))


def masked_reply(reply: Reply, mask: Mask) -> Reply:
    """An answer to a webhook without the secrets; a file is left as it is."""
    headers = {name: mask.text(text) for name, text in reply.headers.items()}
    body = reply.body
    if isinstance(body, bytes):
        return replace(reply, headers=headers, body=mask.content(body))
    if isinstance(body, FileRef):
        return replace(reply, headers=headers)
    return replace(reply, headers=headers, body=mask.value(body))


def masked_traceback(error: Exception, mask: Mask) -> str:
    """For the worker's log."""
    return mask.text("".join(traceback.format_exception(error)))


@dataclass(slots=True)
class MaskedOutcomes:
    """`ctx.outcomes` whose results and errors hold no secret."""

    inner: Outcomes
    mask: Mask

    @property
    def goes_on(self) -> bool:
        """See `headrace_sdk.outcomes.Outcomes.goes_on`."""
        return self.inner.goes_on

    @property
    def stops(self) -> bool:
        """Does the first item that fails end it?"""
        return bool(getattr(self.inner, "stops", True))

    def has(self, item: int) -> bool:
        """See `headrace_sdk.outcomes.Outcomes.has`."""
        return self.inner.has(item)

    async def begin(self, item: int) -> None:
        """See `headrace_sdk.outcomes.Outcomes.begin`."""
        await self.inner.begin(item)

    def done(self, item: int, outputs: Outputs) -> None:
        """See `headrace_sdk.outcomes.Outcomes.done`."""
        self.inner.done(item, _outputs(outputs, self.mask))

    def failed(self, item: int, error: NodeError) -> None:
        """See `headrace_sdk.outcomes.Outcomes.failed`."""
        error.message = self.mask.text(error.message)
        self.inner.failed(item, error)

    def collect(self) -> Outputs:
        """See `headrace_sdk.outcomes.Outcomes.collect`."""
        return self.inner.collect()


def _outputs(outputs: Outputs, mask: Mask) -> Mapping[str, Sequence[Item]]:
    return {
        port: items if isinstance(items, PassedOn) else mask.items(items)
        for port, items in outputs.items()
    }
