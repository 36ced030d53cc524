"""What the Redis node asks, as commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, Literal

from headrace_sdk import JsonObject, JsonValue, Params, UserError, fields
from headrace_sdk.fields import show_if
from headrace_sdk.strict_json import dumps

Operation = Literal[
    "get",
    "set",
    "delete",
    "incr",
    "hash_get",
    "hash_set",
    "push",
    "pop",
    "publish",
    "stream_add",
    "stream_read",
    "command",
]
READING: Final = frozenset({"get", "hash_get", "stream_read"})
REPEATABLE: Final = frozenset({"delete", "hash_set"})
REFUSED: Final = frozenset(
    {
        *("SUBSCRIBE", "PSUBSCRIBE", "SSUBSCRIBE", "UNSUBSCRIBE", "PUNSUBSCRIBE", "MONITOR"),
        *("SYNC", "PSYNC", "HELLO", "QUIT", "RESET", "MULTI", "EXEC", "WATCH", "DISCARD"),
    }
)
"""They change how the connection speaks, or last longer than one command."""


class Form(Params):
    """Which command, on which key."""

    operation: Operation = fields.select(
        "Operation",
        "get",
        labels={
            "get": "Get a value",
            "set": "Set a value",
            "delete": "Delete a key",
            "incr": "Add to a number",
            "hash_get": "Get a hash",
            "hash_set": "Set fields of a hash",
            "push": "Append to a list",
            "pop": "Take from a list",
            "publish": "Publish to a channel",
            "stream_add": "Add to a stream",
            "stream_read": "Read a stream",
            "command": "Any command",
        },
        expression=False,
    )
    key: str = fields.text(
        "Key",
        "",
        help="The name of the value, the channel or the stream.",
        show_if=show_if(
            "operation",
            *("get", "set", "delete", "incr", "hash_get", "hash_set", "push", "pop", "publish"),
            *("stream_add", "stream_read"),
        ),
    )
    value: Any = fields.json(
        "Value",
        None,
        help="A text or a number; anything else is kept as JSON.",
        show_if=show_if("operation", "set", "push", "publish"),
    )
    entry: Any = fields.json(
        "Fields",
        None,
        help="An object. Empty: the fields of the item.",
        show_if=show_if("operation", "hash_set", "stream_add"),
    )
    by: int = fields.number("Add", 1, show_if=show_if("operation", "incr"))
    ttl_s: float = fields.duration(
        "Forget after", 0, help="0: never.", show_if=show_if("operation", "set")
    )
    only_new: bool = fields.toggle(
        "Only if there is none",
        False,
        help="The result is OK where it was set, and null where it was not.",
        show_if=show_if("operation", "set"),
        expression=False,
    )
    after: str = fields.text(
        "After the entry",
        "0",
        help="The id of the last one that was read; 0: from the beginning.",
        show_if=show_if("operation", "stream_read"),
    )
    count: int = fields.number(
        "At most so many",
        100,
        minimum=1,
        maximum=10_000,
        show_if=show_if("operation", "pop", "stream_read"),
    )
    max_length: int = fields.number(
        "Keep about so many entries",
        0,
        minimum=0,
        help="Older ones are dropped. 0: all are kept.",
        show_if=show_if("operation", "stream_add"),
        advanced=True,
    )
    words: Any = fields.json(
        "Command",
        None,
        help='A list of words, such as ["ZADD", "scores", 10, "ada"].',
        show_if=show_if("operation", "command"),
    )
    field: str = fields.text(
        "Put the result into the field", "value", help="Empty: nowhere.", advanced=True
    )
    timeout_s: float = fields.duration(
        "Wait for an answer", 10, minimum=0.1, maximum=600, advanced=True, expression=False
    )


def command_of(form: Form, item: JsonObject) -> Sequence[str]:
    """The words of the command.

    Raises:
        UserError: a part is missing, or it is a command that cannot be run here.
    """
    if form.operation != "command" and not form.key:
        message = "Name the key."
        raise UserError(message, field="key", code="no_key")
    words = [_text(word) for word in _COMMANDS[form.operation](form, item)]
    return [words[0].strip().upper(), *words[1:]]


def _set(form: Form, item: JsonObject) -> Sequence[JsonValue]:
    del item
    words: list[JsonValue] = ["SET", form.key, form.value]
    if form.ttl_s:
        words += ["PX", max(1, int(form.ttl_s * 1000))]
    return [*words, "NX"] if form.only_new else words


def _stream_add(form: Form, item: JsonObject) -> Sequence[JsonValue]:
    kept: list[JsonValue] = ["MAXLEN", "~", form.max_length] if form.max_length else []
    return ["XADD", form.key, *kept, "*", *_pairs(form, item)]


def _pairs(form: Form, item: JsonObject) -> Sequence[JsonValue]:
    entry = item if form.entry in (None, "") else form.entry
    if not isinstance(entry, dict) or not entry:
        message = "Fields is an object, such as {{ { id: $json.id } }}."
        raise UserError(message, field="entry", code="no_fields")
    return [part for pair in entry.items() for part in pair]


def _written(form: Form, item: JsonObject) -> Sequence[JsonValue]:
    del item
    if not isinstance(form.words, list) or not form.words:
        message = 'Command is a list of words, such as ["GET", "key"].'
        raise UserError(message, field="words", code="no_command")
    name = _text(form.words[0]).strip().upper()
    if name in REFUSED:
        message = f"{name} lasts longer than one command, which a step cannot."
        raise UserError(message, field="words", code="command_refused")
    return form.words


def _text(value: JsonValue) -> str:
    return value if isinstance(value, str) else dumps(value).decode()


_COMMANDS: Final[dict[str, Callable[[Form, JsonObject], Sequence[JsonValue]]]] = {
    "get": lambda form, _: ["GET", form.key],
    "set": _set,
    "delete": lambda form, _: ["DEL", form.key],
    "incr": lambda form, _: ["INCRBY", form.key, form.by],
    "hash_get": lambda form, _: ["HGETALL", form.key],
    "hash_set": lambda form, item: ["HSET", form.key, *_pairs(form, item)],
    "push": lambda form, _: ["RPUSH", form.key, form.value],
    "pop": lambda form, _: ["LPOP", form.key, form.count],
    "publish": lambda form, _: ["PUBLISH", form.key, form.value],
    "stream_add": _stream_add,
    "stream_read": lambda form, _: ["XRANGE", form.key, _from(form), "+", "COUNT", form.count],
    "command": _written,
}


def _from(form: Form) -> str:
    return "-" if form.after in ("", "0") else f"({form.after}"
