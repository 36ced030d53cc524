"""A worker that is killed while a model answers: nothing is paid twice, nothing goes unrecorded."""

from __future__ import annotations

from collections import Counter

import pytest

from headrace_bootstrap.stack import Stack
from tests.support.model_servers import ModelServer, Scripted
from tests.support.running import Client, until, worker_of
from tests.support.workflows import MANUAL, in_a_row, node

ITEMS = 4
KILLED_AT = 2
"""The item whose answer is being written when the worker dies."""


@pytest.mark.timeout(120)
def test_an_answered_call_is_not_made_again_after_the_worker_died(
    stack: Stack, client: Client, models: ModelServer
) -> None:
    """M083, R-001: the ledger has every request that reached the provider, and what it may cost."""
    _add_model(client, models)
    slowly = Scripted("One word after the other, for ever.", pause_s=5)
    models.script = [Scripted(f"Answer {n}.") for n in range(KILLED_AT)] + [slowly]
    models.usual = Scripted("Answer again.")
    prompt = {"=": "Question {{ $json.n }}"}
    chat = node("chat", "ai.llm_chat", {"model": "killed", "prompt": prompt, "parallel": 1})

    execution = client.start(
        client.create(in_a_row([MANUAL, chat])), *({"n": n} for n in range(ITEMS))
    )
    # To name a worker takes seconds on a busy machine; the slow answer must not end meanwhile.
    until(lambda: len(models.received) > KILLED_AT and models.busy, "the slow answer has begun")
    stack.kill(worker_of(stack, execution))

    assert client.ended(execution)["status"] == "completed"
    answers = [item["answer"] for item in client.items(execution, "chat")]
    assert answers == ["Answer 0.", "Answer 1.", "Answer again.", "Answer again."]
    asked = Counter(one.body["messages"][-1]["content"] for one in models.received)
    assert asked == {f"Question {n}": 2 if n == KILLED_AT else 1 for n in range(ITEMS)}
    calls = client.get("llm/calls/", execution=execution)["results"]
    assert Counter(one["state"] for one in calls) == {"done": ITEMS, "lost": 1}
    lost = next(one for one in calls if one["state"] == "lost")
    assert lost["cost_micro"] > 0
    assert lost["is_estimate"] is True


def _add_model(client: Client, models: ModelServer) -> None:
    data = {"api_key": "k", "base_url": models.base("openai_compatible")}
    body = {"name": "killed", "type": "openai_compatible", "data": data}
    credential = client.post("credentials/", body)["id"]
    client.post(
        "llm/models/",
        {
            "name": "killed",
            "provider": "openai_compatible",
            "model": "m",
            "credential": credential,
            "tier": "standard",
            "input_nano": 1_000,
            "output_nano": 1_000,
        },
    )
