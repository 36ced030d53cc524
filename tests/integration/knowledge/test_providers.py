"""Vectors of a provider: kept apart by their length, in the ledger, within budgets."""

from __future__ import annotations

import pytest

from headrace.credentials import actions as credentials
from headrace.knowledge.models import Chunk, Document
from headrace.llm.models import Budget, Call
from tests.support.model_servers import model_server


@pytest.fixture
def server(settings):
    with model_server() as found:
        settings.HEADRACE_EGRESS_ALLOW = (found.place,)
        yield found


@pytest.fixture
def provided(server, owner, collection, committed, in_alpha):
    """A collection whose vectors come from the scripted server."""
    data = {"api_key": "key-canary", "base_url": server.base("openai_compatible")}
    made = credentials.create(owner, name="vectors", kind="openai_compatible", data=data)

    def make(model="e-768", dim=768):
        given = {"embedder": "openai_compatible", "model": model, "dim": dim}
        return collection("Provided", credential=str(made.id), **given)

    return make


def test_vectors_of_another_length_are_kept_apart_and_in_the_ledger(provided, give, index):
    give(provided(), "a.txt", "It is red.")
    index()

    chunk = Chunk.objects.get()
    assert (len(chunk.v768), chunk.v384) == (768, None)
    call = Call.objects.get()
    assert (call.state, call.provider, call.provider_model, call.input_tokens) == (
        "done",
        "openai_compatible",
        "e-768",
        1,
    )


def test_vectors_that_are_not_as_long_as_was_said_are_refused(provided, give, index):
    give(provided(model="e-3"), "a.txt", "It is red.")
    index()

    row = Document.objects.get()
    assert (row.status, row.error_code) == ("failed", "wrong_dimension")
    assert not Chunk.objects.exists()


def test_a_spent_budget_stops_indexing(provided, give, index, server):
    Budget.objects.create(name="none", scope="tenant", limit_micro=0)
    give(provided(), "a.txt", "It is red.")
    index()

    assert Document.objects.get().error_code == "budget_spent"
    assert server.received == []
