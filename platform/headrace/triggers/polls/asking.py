"""Asks one trigger: its credential opened, its way out guarded, a plugin's in its own process."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final, cast

import orjson
import pydantic

from headrace.catalog.queries import catalog, switched_off
from headrace.credentials import actions as credentials
from headrace.egress.client import EgressClient
from headrace.egress.policy import EgressPolicy
from headrace.executions.isolated.job import Doors, Job
from headrace.executions.isolated.outside import Door, NoSuchDoor, outside_doors
from headrace.executions.isolated.processes import Processes
from headrace.executions.runner.apart import runs_apart
from headrace.tenants.threads import in_turn
from headrace.triggers.polls.types import Asked
from headrace.workflows.lookups import FormHttp, apply
from headrace_sdk.context import ExecutionInfo, LogLevel
from headrace_sdk.credentials import Credential
from headrace_sdk.errors import NodeError
from headrace_sdk.items import Inputs, JsonValue, Outputs
from headrace_sdk.masking import Mask
from headrace_sdk.node import ParamSet
from headrace_sdk.polling import (
    Polled,
    PollForm,
    PollingTrigger,
    as_context,
    asked_for,
    polled_from,
)

logger = logging.getLogger(__name__)

LIMIT_S: Final = 60.0
"""One poll may take so long; waiting for a process is not counted."""

MAX_BYTES: Final = 16 * 1024 * 1024
"""What one poll may hand over, as a webhook may."""


class PollFailed(NodeError):
    """A poll that did not come to an end of its own."""


class AskingContext:
    """`headrace_sdk.polling.PollContext` of one poll."""

    def __init__(self, asked: Asked, client: EgressClient, now: datetime, mask: Mask) -> None:
        self._asked = asked
        self._mask = mask
        self.http = FormHttp(client, asked.node_type)
        self.now = now

    async def credential(self, slot: str) -> Credential | None:
        """See `PollContext.credential`."""
        chosen = self._asked.credentials.get(slot)
        if not chosen:
            return None
        opened = await in_turn(
            credentials.open_for_node,
            chosen,
            node_type=self._asked.node_type,
            publisher=self._asked.publisher,
        )
        self._mask.learn(opened)
        return opened

    def log(self, message: str, level: LogLevel = "info", **facts: Any) -> None:
        """See `PollContext.log`."""
        told = self._mask.text(f"{message} {facts or ''}".strip())[:1_000]
        logger.log(getattr(logging, level.upper()), "Trigger %s: %s", self._asked.node, told)


class PollDoors:
    """Answers the process of a plugin's trigger."""

    def __init__(self, context: AskingContext) -> None:
        self._doors: dict[str, Door] = outside_doors(context)

    async def ask(self, door: str, given: Mapping[str, Any]) -> JsonValue:
        """See `headrace.executions.isolated.processes.Serve.ask`."""
        if door not in self._doors:
            raise NoSuchDoor(door)
        return await self._doors[door](given)

    def tell(self, door: str, given: Mapping[str, Any]) -> None:
        """A poll keeps nothing but its cursor."""
        del given
        raise NoSuchDoor(door)


async def ask(
    asked: Asked,
    cursor: JsonValue,
    *,
    now: datetime,
    processes: Processes,
    is_sample: bool = False,
) -> Polled:
    """What the trigger gives for this cursor, with secrets masked.

    Raises:
        NodeError: it could not be asked; its message holds no secret.
    """
    mask = Mask()
    client = EgressClient(EgressPolicy.from_settings(), apply)
    try:
        trigger, form = await _trigger(asked)
        context = AskingContext(asked, client, now, mask)
        given = asked_for(cursor, is_sample=is_sample)
        if runs_apart(trigger):
            job = _job(asked, trigger, form, given, now)
            outputs = await _apart(job, context, processes)
        else:
            async with asyncio.timeout(LIMIT_S):
                returned = await trigger().run(as_context(context), ParamSet([form]), given)
                outputs = cast("Outputs", returned)
        return _checked(polled_from(outputs), mask)
    except TimeoutError:
        message = f"The trigger did not answer within {LIMIT_S:g} s."
        raise PollFailed(message, code="timeout") from None
    except NodeError as error:
        error.message = mask.text(error.message)
        raise
    except Exception as error:
        # An author's code; its text may hold a secret.
        message = f"The trigger failed with an unexpected {type(error).__name__}."
        raise PollFailed(message, code="node_crashed") from error
    finally:
        await client.close()


async def _trigger(asked: Asked) -> tuple[type[PollingTrigger[Any]], PollForm]:
    if await in_turn(switched_off, [asked.node_type]):
        message = "The plugin that brings this trigger is switched off here."
        raise PollFailed(message, code="plugin_off")
    found = catalog().find(asked.node_type)
    if found is None or not issubclass(found, PollingTrigger):
        message = f'No installed package has a trigger "{asked.node_type}" that asks.'
        raise PollFailed(message, code="node_type_missing")
    try:
        return found, cast("PollForm", found.Params.model_validate(asked.params))
    except pydantic.ValidationError as error:
        message = "The form of the trigger is not filled in rightly."
        raise PollFailed(message, code="invalid_parameters") from error


def _job(
    asked: Asked, trigger: type[PollingTrigger[Any]], form: PollForm, given: Inputs, now: datetime
) -> Job:
    plugin = catalog().plugin_of(asked.node_type)
    return Job(
        node_class=f"{trigger.__module__}:{trigger.__qualname__}",
        params=[form.model_dump(mode="json")],
        rows=1,
        inputs=given,
        wake=None,
        execution=ExecutionInfo("", 0, "poll", str(asked.workflow_id), asked.workflow_name),
        node_name=asked.node_name,
        attempt=1,
        turn=0,
        now=now,
        random_seed=0,
        doors=Doors(plugin.needs.processes if plugin else ()),
    )


async def _apart(job: Job, context: AskingContext, processes: Processes) -> Outputs:
    def hear(kind: str, said: Any) -> None:
        if kind == "log":
            context.log(said["message"], said["level"], **said["facts"])

    return cast("Outputs", await processes.run(job, hear, LIMIT_S, PollDoors(context)))


def _checked(polled: Polled, mask: Mask) -> Polled:
    items = mask.items(polled.items)
    size = sum(len(orjson.dumps(item.json)) for item in items)
    if size > MAX_BYTES:
        message = (
            f"The trigger gave {size:,} bytes at once; at most {MAX_BYTES:,} are taken. "
            "Its author has to give less at a time, with has_more."
        )
        raise PollFailed(message, code="output_too_large")
    return Polled(items, polled.cursor, polled.has_more)
