"""The semantic cache: what means the same is answered once, within one model, way and tenant."""

from __future__ import annotations

import asyncio

import pytest

from headrace.llm.models import Call, KeptAnswer
from headrace_sdk.llm import Prompt
from tests.support.model_servers import Scripted

pytestmark = pytest.mark.usefixtures("committed")

KEPT = {"cache_s": 60, "cache_similarity": 0.8}
FIRST = "How do I reset my password?"
SECOND = "How can I reset my password?"
OTHER = "How do I cancel my subscription?"


def received(server):
    return len(server.received)


def test_a_question_that_means_the_same_is_answered_from_the_cache(model, run, server):
    model()
    server.usual = Scripted("By mail.")
    first = run().ask(FIRST, **KEPT)

    again = run().ask(SECOND, **KEPT)

    assert (again.text, again.is_cached, again.cost_micro) == ("By mail.", True, 0)
    assert not first.is_cached
    assert received(server) == 1
    assert Call.objects.filter(is_cached=True).count() == 1


@pytest.mark.parametrize(
    ("text", "wish"),
    [(OTHER, KEPT), (SECOND, {"cache_s": 60}), (SECOND, {**KEPT, "cache_similarity": 0.999})],
)
def test_what_is_another_question_or_did_not_ask_for_it_is_asked(model, run, server, text, wish):
    model()
    run().ask(FIRST, **KEPT)

    assert not run().ask(text, **wish).is_cached
    assert received(server) == 2


def test_other_instructions_and_other_models_are_never_mixed_up(model, run, server):
    model()
    model("other", model="n")
    run().ask(FIRST, **KEPT)

    elsewhere = run().ask(SECOND, model="other", **KEPT)
    strict = Prompt.of(SECOND, system="Answer in French.", max_tokens=100)
    (instructed,) = asyncio.run(run().asks(strict, **KEPT))

    assert not elsewhere.is_cached
    assert not instructed.is_cached
    assert received(server) == 3


def test_an_answer_that_is_too_old_is_not_given(model, run, server):
    model()
    run().ask(FIRST, **KEPT)
    KeptAnswer.objects.update(created_at="2020-01-01T00:00:00Z")

    assert not run().ask(SECOND, **KEPT).is_cached
