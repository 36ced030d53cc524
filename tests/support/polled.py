"""A trigger that asks, for tests: what it finds is what `rows` holds."""

from __future__ import annotations

import json
from typing import Any, ClassVar, Final

from headrace_sdk import (
    CredentialSlot,
    Item,
    JsonValue,
    PollContext,
    Polled,
    PollForm,
    PollingTrigger,
    UpstreamError,
    fields,
)

KIND: Final = "acme.feed"
rows: Final[list[dict[str, Any]]] = []
"""What there is, oldest first."""


class Form(PollForm):
    """What it is told to do."""

    act: str = fields.text("Act", "list", expression=False)
    shelf: str = fields.text("Shelf", "a", expression=False)
    url: str = fields.text("URL", "", expression=False)


class Feed(PollingTrigger[Form]):
    """Finds the rows that it has not seen, two at a time."""

    type = KIND
    title = "Feed"
    category = "trigger"
    credentials: ClassVar[Any] = (CredentialSlot("account", ("http_bearer",), required=False),)
    cursor_depends_on = ("shelf",)
    Params = Form

    async def poll(self, ctx: PollContext, params: Form, cursor: JsonValue) -> Polled:
        """By the name of `act`."""
        account = await ctx.credential("account")
        if params.act == "fail":
            secret = account.secrets["token"].reveal() if account else ""
            message = f"The shop is down. {secret}"
            raise UpstreamError(message, code="shop_down")
        if params.act == "call":
            answer = await ctx.http.request("GET", params.url, credential=account)
            return Polled([Item(json.loads(answer.text))], answer.status)
        if cursor is None:
            return Polled([], len(rows))
        assert isinstance(cursor, int)
        found = rows[cursor : cursor + 2]
        return Polled([Item(one) for one in found], cursor + len(found), has_more=len(found) == 2)

    async def sample(self, ctx: PollContext, params: Form) -> list[Item]:
        """The newest, if it answers."""
        await self.poll(ctx, params, 0)
        return [Item(one) for one in rows[-1:]]
