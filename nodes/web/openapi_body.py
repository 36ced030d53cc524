"""Bodies of OpenAPI operations that hold files: forms of several parts, or a file alone."""

from __future__ import annotations

from typing import Final

from headrace_sdk import Context, Item, JsonValue, NameValue
from headrace_sdk.strict_json import dumps
from headrace_sdk.texts import as_text
from nodes.web.openapi_call import Call
from nodes.web.request_body import Body, multipart, upload

MULTIPART: Final = "multipart/form-data"


async def body_of(ctx: Context, call: Call, item: Item, index: int) -> Body | None:
    """The body of a call with files; `None` where the call has its own already.

    Raises:
        UserError: the item has no file of that name.
    """
    if call.media.startswith(MULTIPART):
        parts = [part for name, value in call.body.items() for part in _parts(name, value)]
        files = [
            await upload(ctx, item, name, index, field=field, fault="parameters")
            for field, names in call.files.items()
            for name in names
        ]
        return multipart(parts, files, ctx.random)
    for field, names in call.files.items():
        alone = await upload(ctx, item, names[0], index, field=field, fault="parameters")
        return Body(alone.content, alone.mime if "*" in call.media else call.media)
    return None


def _parts(name: str, value: JsonValue) -> list[NameValue]:
    """A field for each element of a list (RFC 7578, 4.3); objects as JSON (OpenAPI 3.1, 4.8.14)."""
    rows = value if isinstance(value, list) else [value]
    texts = [dumps(one).decode() if isinstance(one, dict) else as_text(one) for one in rows]
    return [NameValue(name=name, value=text) for text in texts]
