"""A node of a package that is not ours, and the packages it can stand in."""

from __future__ import annotations

import asyncio
import socket
import subprocess
from datetime import timedelta
from typing import Any, ClassVar, cast

from headrace_sdk import (
    Context,
    CredentialSlot,
    Inputs,
    Item,
    Needs,
    Node,
    NodeError,
    Outputs,
    Params,
    ParamSet,
    Suspension,
    fields,
    node,
)
from headrace_sdk.tables import Where

KIND = "acme.reach"


class Form(Params):
    """What it reaches for."""

    act: str = fields.text("Act", "call")
    url: str = fields.text("URL", "")


class Reach(Node[Form]):
    """Reaches for what its context has, as it is told."""

    type = KIND
    title = "Reach"
    category = "flow"
    version = 2
    effect = "read"
    sends_idempotency_key = True
    credentials: ClassVar[Any] = (CredentialSlot("account", ("http_bearer",), required=False),)
    Params = Form

    @classmethod
    def upgrade(cls, params: dict[str, Any], from_version: int) -> dict[str, Any]:
        """Version 1 called the address `address`."""
        if from_version == 1 and "address" in params:
            return {"act": params.get("act", "call"), "url": params["address"]}
        return params

    async def run(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs
    ) -> Outputs | Suspension:
        """Act."""
        if params.first.act == "wait":
            return Suspension("time", until=ctx.now + timedelta(milliseconds=1))
        made = await getattr(self, params.first.act)(ctx, params.first)
        return {"main": [Item({"made": made}).at(0)]}

    async def call(self, ctx: Context, form: Form) -> Any:
        answer = await ctx.http.request("GET", form.url, credential=await ctx.credential("account"))
        return {"status": answer.status, "text": answer.text}

    async def many(self, ctx: Context, form: Form) -> Any:
        asked = (ctx.http.request("GET", f"{form.url}{number}") for number in range(20))
        return [answer.status for answer in await asyncio.gather(*asked)]

    async def secret(self, ctx: Context, _form: Form) -> Any:
        credential = await ctx.credential("account")
        assert credential is not None
        return len(credential.secrets["token"].reveal())

    async def count(self, ctx: Context, _form: Form) -> Any:
        ctx.state.set("last", {"by": "plugin"})
        return [await ctx.state.incr("count"), await ctx.state.get("never", "default")]

    async def last(self, ctx: Context, _form: Form) -> Any:
        return await ctx.state.get("last")

    async def connect(self, _ctx: Context, form: Form) -> Any:
        port = int(form.url.rpartition(":")[2])
        socket.create_connection(("127.0.0.1", port), 1).close()
        return "connected"

    async def start(self, _ctx: Context, _form: Form) -> Any:
        return subprocess.run(["true"], check=True).returncode

    async def emit(self, ctx: Context, _form: Form) -> Any:
        return ctx.emit("acme.reached", {})

    async def tables(self, ctx: Context, _form: Form) -> Any:
        await ctx.tables.insert("Seen", [{"name": "Ada"}])
        return [
            row["name"]
            for row in await ctx.tables.find("Seen", where=[Where("name", "is_not_empty")])
        ]

    async def store(self, ctx: Context, _form: Form) -> Any:
        return (await ctx.files.put(b"x", name="x.txt", mime="text/plain")).name


@node("acme.write", title="Write", category="flow", effect="write")
async def write(number: int) -> dict[str, Any]:
    """Write a number somewhere, but for 2."""
    if number == 2:
        raise NodeError("Not 2.", code="not_two")
    return {"wrote": number}


def plug(
    monkeypatch: Any,
    node_class: Any = Reach,
    *,
    needs: Needs | None = None,
    trust: Any = "verified",
) -> None:
    """Make the node one of the package `acme`, for a test. Not for the node's own process."""
    from headrace.catalog.queries import catalog  # noqa: PLC0415
    from headrace.catalog.types import Package, Plugin  # noqa: PLC0415

    plugin = Plugin(Package("acme", "acme", "1"), (node_class,), (), needs or Needs(), trust)
    known = cast("Any", catalog())
    monkeypatch.setitem(known._nodes, node_class.type, node_class)
    monkeypatch.setitem(known._owners, node_class.type, plugin)
