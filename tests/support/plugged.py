"""A node of a package that is not ours, and the packages it can stand in."""

from __future__ import annotations

from typing import Any, ClassVar, cast

import pytest

from headrace.catalog.queries import catalog
from headrace.catalog.types import Package, Plugin, Trust
from headrace_sdk import (
    CredentialSlot,
    Inputs,
    Item,
    Needs,
    Node,
    Outputs,
    Params,
    ParamSet,
    fields,
)
from headrace_sdk.context import Context

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
    credentials: ClassVar[Any] = (CredentialSlot("account", ("http_bearer",), required=False),)
    Params = Form

    @classmethod
    def upgrade(cls, params: dict[str, Any], from_version: int) -> dict[str, Any]:
        """Version 1 called the address `address`."""
        if from_version == 1 and "address" in params:
            return {"act": params.get("act", "call"), "url": params["address"]}
        return params

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Act."""
        made = await getattr(self, params.first.act)(ctx, params.first)
        return {"main": [Item({"made": made}).at(0)]}

    async def call(self, ctx: Context, form: Form) -> Any:
        answer = await ctx.http.request("GET", form.url, credential=await ctx.credential("account"))
        return {"status": answer.status, "text": answer.text}

    async def store(self, ctx: Context, _form: Form) -> Any:
        return (await ctx.files.put(b"x", name="x.txt", mime="text/plain")).name


def plug(
    monkeypatch: pytest.MonkeyPatch,
    node_class: Any = Reach,
    *,
    needs: Needs | None = None,
    trust: Trust = "verified",
) -> Plugin:
    """Make the node one of the package `acme`, for a test."""
    plugin = Plugin(Package("acme", "acme", "1"), (node_class,), (), needs or Needs(), trust)
    known = cast("Any", catalog())
    monkeypatch.setitem(known._nodes, node_class.type, node_class)
    monkeypatch.setitem(known._owners, node_class.type, plugin)
    return plugin
