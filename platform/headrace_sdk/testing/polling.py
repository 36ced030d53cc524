"""`poll_node`: asks a polling trigger once, or several times as the platform would."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from headrace_sdk.credentials import Credential
from headrace_sdk.items import Item, JsonObject, JsonValue
from headrace_sdk.node import ParamSet
from headrace_sdk.polling import PollingTrigger, asked_for, polled_from
from headrace_sdk.testing.context import MemoryContext
from headrace_sdk.testing.http import Answers, MemoryHttp, SentRequest


@dataclass(frozen=True, slots=True)
class PollResult:
    """What one poll gave. Hand its `cursor` to the next one."""

    items: list[Item]
    cursor: JsonValue
    has_more: bool
    context: MemoryContext

    def json(self) -> list[JsonObject]:
        """The JSON of its items."""
        return [item.json for item in self.items]

    @property
    def requests(self) -> list[SentRequest]:
        """The requests it made, in order."""
        return self.context.http.requests


def poll_node(
    trigger: type[PollingTrigger[Any]],
    params: Mapping[str, Any] | None = None,
    cursor: JsonValue = None,
    *,
    credentials: Mapping[str, Credential] | None = None,
    http: Answers | None = None,
    is_sample: bool = False,
) -> PollResult:
    """Poll once from a cursor; with `is_sample`, what the button in the editor shows.

    Raises:
        pydantic.ValidationError: the parameters do not fit the form.
        NodeError: what the trigger raises.
        ContractError: its cursor cannot be kept.
    """
    ctx = MemoryContext(http=MemoryHttp(http), credentials=credentials or {})
    form = ParamSet([trigger.Params.model_validate(dict(params or {}))])
    given = asked_for(cursor, is_sample=is_sample)
    outputs = asyncio.run(trigger().run(ctx, form, given))
    assert isinstance(outputs, Mapping)
    polled = polled_from(outputs)
    return PollResult(list(polled.items), polled.cursor, polled.has_more, ctx)
