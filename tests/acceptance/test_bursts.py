"""Far more at once than usual: refused in words, or accepted and run."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import httpx

from headrace_bootstrap.stack import Stack
from tests.support.running import Client, until, webhook
from tests.support.workflows import document, node

CALLERS = 50
CALLS = 12


def test_a_burst_of_webhooks_loses_none_that_it_accepted(stack: Stack, client: Client) -> None:
    """R-039: 2xx, 429 or 503 and nothing else, and every 2xx is an execution that ends."""
    flow = document([webhook("burst"), node("end", "flow.no_op")], "hook -> end")
    workflow = client.create(flow, publish=True)

    def call(_caller: int) -> list[tuple[int, str]]:
        with httpx.Client(timeout=60) as http:
            answers = [http.post(f"{stack.url}/webhook/burst", json={}) for _ in range(CALLS)]
        return [
            (one.status_code, one.json()["execution"] if one.is_success else "") for one in answers
        ]

    with ThreadPoolExecutor(CALLERS) as pool:
        answers = [answer for answers in pool.map(call, range(CALLERS)) for answer in answers]

    accepted = {execution for status, execution in answers if status < 300}
    assert {status for status, _ in answers} <= {200, 202, 429, 503}
    assert len(accepted) > CALLERS
    until(
        lambda: all(row["status"] == "completed" for row in client.executions(workflow)),
        "every accepted one has run",
    )
    assert {row["id"] for row in client.executions(workflow)} == accepted
