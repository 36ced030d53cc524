"""Reads and changes a Redis or Valkey server."""

from __future__ import annotations

from typing import cast

from headrace_sdk import (
    Context,
    CredentialSlot,
    Effect,
    Example,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    Node,
    Outputs,
    Pair,
    ParamSet,
    UpstreamError,
    each_item,
    required_credential,
    to_main,
)
from headrace_sdk.summaries import shown
from nodes.database.redis_commands import READING, REPEATABLE, Form, command_of
from nodes.database.redis_protocol import Connection, connected


class Redis(Node[Form]):
    """Gets and sets values, hashes, lists and streams of a Redis or Valkey server.

    It works once for each item, with the key of that item, and puts the answer into a field of
    it: a value that is not there is `null`. **Get a hash** puts an object there, **Take from a
    list** a list. **Read a stream** gives an item `{id, …}` for each entry instead; keep the last
    id for the next time.

    **Any command** takes a list of words and gives what the server answers. Commands that last,
    such as SUBSCRIBE, are refused. Answers that are no text come as base64. An answer may have
    16 MiB. The server that this installation itself uses cannot be reached.
    """

    type = "database.redis"
    title = "Redis"
    category = "database"
    icon = "database"
    synonyms = (
        "valkey",
        "cache",
        "key",
        "value",
        "stream",
        "queue",
        "publish",
        "hash",
        "dragonfly",
    )
    place = "async"
    effect = "varies"
    per_item = True
    credentials = (CredentialSlot("server", ("redis",)),)
    Params = Form
    examples = (
        Example(
            "The name of a customer",
            {"operation": "get", "key": "customer:7", "field": "name"},
            [{"id": 7}],
            {"main": [{"id": 7, "name": "Ada"}]},
            needs="a Redis server",
        ),
        Example(
            "Add to a sorted set",
            {"operation": "command", "words": ["ZADD", "scores", 10, "ada"], "field": "added"},
            [{}],
            {"main": [{"added": 1}]},
            needs="a Redis server",
        ),
    )

    @classmethod
    def effect_of(cls, params: Form) -> Effect:
        """Of a command that was written by hand nobody knows, so it writes."""
        return "read" if params.operation in READING else "write"

    @classmethod
    def is_keyed(cls, params: Form) -> bool:
        """Setting and deleting leave the same behind a second time."""
        sets = params.operation == "set" and not params.only_new
        return sets or params.operation in REPEATABLE

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The operation and the key."""
        operation = str(params.get("operation") or "get").replace("_", " ")
        return f"{operation} {shown(params.get('key'))}".strip()

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """One command an item, in their order."""
        credential = await required_credential(ctx, "server")
        connection: Connection | None = None

        async def call(index: int, item: Item) -> Outputs:
            form = params[index]
            words = command_of(form, item.json)
            nonlocal connection
            if connection is None:
                connection = await connected(ctx.net, credential)
            try:
                answer = await connection.command(words, form.timeout_s)
            except UpstreamError:
                # What would come next on it may be the answer to this command.
                connection.close()
                connection = None
                raise
            return to_main(_items(form, item, answer, index))

        try:
            return await each_item(ctx.outcomes, inputs.main, call)
        finally:
            if connection is not None:
                connection.close()


def _items(form: Form, item: Item, answer: JsonValue, index: int) -> list[Item]:
    pair = (Pair(0, index),)
    if form.operation == "stream_read":
        entries = cast("list[list[JsonValue]]", answer)
        return [Item({"id": entry[0], **_hash(entry[1])}, None, pair) for entry in entries]
    value: JsonValue = _hash(answer) if form.operation == "hash_get" else answer
    added: JsonObject = {form.field: value} if form.field else {}
    return [Item(item.json | added, item.binary, pair)]


def _hash(answer: JsonValue) -> JsonObject:
    """Names and values in turn, as an object."""
    parts = answer if isinstance(answer, list) else []
    return {str(name): value for name, value in zip(parts[::2], parts[1::2], strict=False)}
