"""Recordings go through the gateway like every question: ledger, retries, the next model."""

from __future__ import annotations

import asyncio

import pytest

from headrace.llm.models import Call
from headrace_sdk.llm import Audio, Message, Prompt
from tests.support.model_servers import Scripted

pytestmark = pytest.mark.usefixtures("committed")

CALL = Prompt((Message("user", [Audio("audio/mpeg", "call.mp3", b"sound" * 100)]),))


def test_a_recording_is_in_the_ledger_with_what_it_cost_and_not_paid_twice(model, run, server):
    model()
    server.script = [Scripted(status=503), Scripted("Hello.", usage=(120, 5, 0))]
    asker = run()

    (answer,) = asyncio.run(asker.asks(CALL))
    (again,) = asyncio.run(run(execution=asker.execution).asks(CALL))

    assert (answer.text, answer.cost_micro) == ("Hello.", 120 * 1 + 5 * 10)
    assert again.text == "Hello."
    assert len(server.received) == 2
    states = list(Call.objects.order_by("attempt").values_list("state", "input_tokens"))
    assert states == [("failed", 0), ("done", 120)]


def test_a_model_without_ears_leaves_it_to_the_next(model, run, server):
    model("deaf", wire="anthropic")
    model("able")
    server.usual = Scripted("Hello.")

    (answer,) = asyncio.run(run().asks(CALL, model="deaf", fallback=["able"]))

    assert (answer.text, answer.model) == ("Hello.", "able")
