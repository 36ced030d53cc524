"""Triggers that ask: every so often the platform calls `poll`, and a run begins with what is new.

The platform keeps the cursor and moves it in the transaction that accepts the items, so nothing is
lost and nothing starts two runs, whatever crashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Final, Protocol, TypeVar, cast

from headrace_sdk import fields
from headrace_sdk.context import Context, Http, LogLevel
from headrace_sdk.credentials import Credential
from headrace_sdk.errors import ContractError, UserError
from headrace_sdk.forms import Params
from headrace_sdk.items import Inputs, Item, JsonValue, Outputs
from headrace_sdk.node import ParamSet, Trigger
from headrace_sdk.registrations import PollRegistration, Registration
from headrace_sdk.state import encoded
from headrace_sdk.waits import Suspension

SHORTEST_S: Final = 10.0
LONGEST_S: Final = 86_400.0
END: Final = "end"
"""The output on which `PollingTrigger.run` tells where it stands."""


class PollContext(Protocol):
    """What a poll may ask of the platform; the part of `Context` that needs no run."""

    @property
    def http(self) -> Http:
        """The one way out by HTTP."""
        ...

    @property
    def now(self) -> datetime:
        """When this poll began, by the database's clock."""
        ...

    async def credential(self, slot: str) -> Credential | None:
        """The credential chosen for a slot; `None` when the slot is empty.

        Raises:
            SecretError: it is gone, or this workflow may not use it.
        """
        ...

    def log(self, message: str, level: LogLevel = "info", **facts: Any) -> None:
        """A line in the log of the scheduler; secrets in it are masked."""
        ...


@dataclass(frozen=True, slots=True)
class Polled:
    """What is new, and where the next poll begins. With `has_more` that is at once.

    `cursor` is JSON of up to 64 KiB, such as the newest id or time that was seen.
    """

    items: Sequence[Item]
    cursor: JsonValue
    has_more: bool = False


class PollForm(Params):
    """The form of a trigger that asks; a subclass adds its own fields below."""

    every_s: float = fields.duration(
        "Ask every",
        300,
        minimum=SHORTEST_S,
        maximum=LONGEST_S,
        help="While the workflow is active. When asking fails, it waits longer each time.",
        expression=False,
    )


P = TypeVar("P", bound=PollForm)


class PollingTrigger(Trigger[P]):
    """Subclass it and write `poll`. Its parameters are literals."""

    cursor_depends_on: ClassVar[tuple[str, ...]] = ()
    """Parameters that decide what a cursor means: changing one of them begins without a cursor,
    and so does another credential. A new version of the workflow keeps it otherwise."""

    @classmethod
    def register(cls, params: P, node_id: str) -> Sequence[Registration]:
        """To be asked at the interval of the form."""
        del node_id
        return [PollRegistration(every_s=params.every_s)]

    async def poll(self, ctx: PollContext, params: P, cursor: JsonValue) -> Polled:
        """What has come since `cursor`, oldest first; it has changed nothing outside.

        The first time `cursor` is `None`: give where things stand now, and no items, unless
        people want what is old as well.

        Raises:
            NodeError: it could not be asked; it is tried again later, from the same cursor.
        """
        raise NotImplementedError

    async def sample(self, ctx: PollContext, params: P) -> Sequence[Item]:
        """What a run could begin with, for a person who builds the workflow: the newest few.

        Raises:
            NodeError: as `poll`.
        """
        return (await self.poll(ctx, params, None)).items

    async def run(self, ctx: Context, params: ParamSet[P], inputs: Inputs) -> Outputs | Suspension:
        """Called by the platform only: a poll as a run, with the cursor as its one item."""
        asked = inputs.main[0].json
        if asked.get("is_sample"):
            return {"main": list(await self.sample(ctx, params.first))}
        polled = await self.poll(ctx, params.first, asked.get("cursor"))
        end = {"cursor": polled.cursor, "has_more": polled.has_more}
        return {"main": list(polled.items), END: [Item(end)]}


def polled_from(outputs: Outputs) -> Polled:
    """The answer that `PollingTrigger.run` gave; of a sample, without a cursor.

    Raises:
        ContractError: the cursor is more than can be kept.
    """
    end = outputs.get(END)
    items = outputs.get("main", ())
    if not end:
        return Polled(items, None)
    cursor = end[0].json.get("cursor")
    try:
        encoded(cursor)
    except UserError as error:
        message = "The cursor of a poll is JSON of up to 64 KiB."
        raise ContractError(message) from error
    return Polled(items, cursor, bool(end[0].json.get("has_more")))


def asked_for(cursor: JsonValue, *, is_sample: bool = False) -> Inputs:
    """What `PollingTrigger.run` takes."""
    return Inputs({"main": [Item({"cursor": cursor, "is_sample": is_sample})]})


def as_context(ctx: PollContext) -> Context:
    """A poll's context where a run's is expected; what it lacks is missing."""
    return cast("Context", ctx)
