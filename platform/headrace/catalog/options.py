"""The options of a parameter that a node lists itself, such as the channels of an account."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Final

from headrace.accounts.types import Actor
from headrace.catalog.errors import NoOptions, OptionsFailed
from headrace.catalog.ports import ports
from headrace.catalog.queries import catalog
from headrace_sdk import fields
from headrace_sdk.context import Choice
from headrace_sdk.errors import UpstreamError
from headrace_sdk.items import JsonObject

TIME_LIMIT_S: Final = 20.0
MAX_OPTIONS: Final = 1_000


async def options_of(
    actor: Actor, kind: str, parameter: str, params: JsonObject, credentials: Mapping[str, str]
) -> Sequence[JsonObject]:
    """`[{"value", "label"}]`, as the node's method gives them; of rows `type`, `required`, `help`.

    Raises:
        UnknownNodeType: no package has the type.
        NoOptions: the parameter has no such method.
        OptionsFailed: the remote side that knows them failed.
        NodeError: the node could not list them with these parameters.
    """
    node_class = catalog().by_type(kind)
    field = node_class.Params.model_fields.get(parameter)
    name = fields.ui_of(field).get("options_from") if field else None
    if not name:
        raise NoOptions(kind, parameter)
    opened = ports.lookups.open(actor, node_class, params, credentials)
    try:
        async with opened as lookup, asyncio.timeout(TIME_LIMIT_S):
            found: Sequence[Choice] = await getattr(node_class, name)(lookup)
    except TimeoutError:
        message = f"The options did not arrive within {TIME_LIMIT_S:g} s. Try again."
        raise OptionsFailed(message) from None
    except UpstreamError as error:
        raise OptionsFailed(error.message) from error
    return [_shown(choice) for choice in found[:MAX_OPTIONS]]


def _shown(choice: Choice) -> JsonObject:
    shown: JsonObject = {"value": choice.value, "label": choice.label}
    if choice.type:
        shown |= {"type": choice.type, "required": choice.required, "help": choice.help}
    return shown
