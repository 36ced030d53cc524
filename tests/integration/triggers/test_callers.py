"""Webhooks that take signed tokens, and requests from named addresses only."""

from __future__ import annotations

import time
from typing import Any

import jwt
import pytest
from asgiref.sync import sync_to_async

from headrace.credentials import actions as credentials
from headrace.workflows import actions as workflows
from tests.support.hosted import begun, visiting
from tests.support.workflows import document, node

pytestmark = pytest.mark.usefixtures("committed", "in_alpha")

KEY = "k" * 40


async def publish(owner: Any, *, signed: bool = False, **params: Any) -> None:
    """A workflow with a webhook at /webhook/orders."""
    hook = node("hook", "triggers.webhook", {"path": "orders", **params})

    def work() -> None:
        if signed:
            data = {"algorithm": "HS256", "key": KEY}
            made = credentials.create(owner, name="Key", kind="jwt_key", data=data)
            hook["credentials"] = {"auth": str(made.id)}
        flow = document([hook, node("end", "flow.no_op")], "hook -> end")
        workflows.publish(owner, workflows.create(owner, document=flow).row.id)

    await sync_to_async(work)()


async def test_a_workflow_reads_what_the_token_of_its_caller_says(alpha, owner):
    await publish(owner, signed=True, auth="jwt")
    token = jwt.encode({"sub": "ada", "exp": int(time.time()) + 60}, KEY)
    async with visiting(alpha) as visitor:
        answer = await visitor.http.post(
            "/webhook/orders", headers={"Authorization": f"Bearer {token}"}
        )
        refused = await visitor.http.post(
            "/webhook/orders", headers={"Authorization": f"Bearer {token}x"}
        )

    assert (answer.status_code, refused.status_code) == (200, 401)
    (item,) = begun()
    assert item.json["claims"]["sub"] == "ada"
    assert "authorization" not in item.json["headers"]


@pytest.mark.parametrize(("allowed", "status"), [("127.0.0.0/8", 200), ("192.0.2.0/24", 403)])
async def test_only_named_addresses_may_call(alpha, owner, allowed, status):
    await publish(owner, allowed=[allowed])
    async with visiting(alpha) as visitor:
        answer = await visitor.http.post("/webhook/orders")

    assert (answer.status_code, len(begun())) == (status, status == 200)
