"""The gateway between runs and providers: retries, fallbacks, limits, and what it writes down."""

from __future__ import annotations

import asyncio

import pytest

from headrace.llm.models import Call, LanguageModel
from headrace_sdk.errors import SecretError, UpstreamError, UserError
from headrace_sdk.llm import Prompt
from tests.support.model_servers import FORMATS, Scripted

pytestmark = pytest.mark.usefixtures("committed")


def states():
    return list(Call.objects.order_by("started_at", "attempt").values_list("state", "error_code"))


@pytest.mark.parametrize("wire", FORMATS)
def test_another_provider_is_configuration_only(model, run, server, wire):
    model(wire=wire)
    server.usual = Scripted("The same.", usage=(1000, 50, 0))

    answer = run().ask()

    assert (answer.text, answer.provider, answer.model) == ("The same.", wire, "able")
    assert answer.cost_micro == 1000 * 1 + 50 * 10


def test_a_call_is_in_the_ledger_with_all_that_it_cost(model, run, server):
    model(cached_nano=100)
    server.usual = Scripted("Yes.", usage=(1000, 50, 400))
    asker = run()

    asker.ask()

    row = Call.objects.get()
    tokens = (row.input_tokens, row.output_tokens, row.cached_tokens)
    assert tokens == (1000, 50, 400)
    assert row.cost_micro == 600 * 1 + 40 + 50 * 10
    assert (row.execution_id, row.workflow_id, row.node) == (
        asker.execution,
        asker.workflow,
        "chat",
    )
    assert (row.state, row.provider, row.reason) == (
        "done",
        "openai_compatible",
        "Named by the node: able.",
    )
    assert row.latency_ms is not None


def test_a_provider_that_asks_for_a_moment_is_given_it(model, run, server):
    model()
    server.script = [Scripted(status=429, kind="rate_limit_error", headers={"retry-after": "0.3"})]

    run().ask()

    first, second = Call.objects.order_by("attempt")
    assert (second.started_at - first.ended_at).total_seconds() >= 0.3
    assert states() == [("failed", "llm_rate_limited"), ("done", "")]


def test_one_that_asks_for_too_long_a_moment_is_left_to_the_nodes_own_retries(model, run, server):
    model()
    server.usual = Scripted(status=429, headers={"retry-after": "600"})

    with pytest.raises(UpstreamError) as raised:
        run().ask()

    assert (raised.value.code, raised.value.retry_after_s) == ("llm_rate_limited", 600)
    assert len(server.received) == 1


def test_a_bad_question_is_asked_nobody_else(model, run, server):
    model()
    model("other")
    server.usual = Scripted(status=400, kind="invalid_request_error")

    with pytest.raises(UpstreamError) as raised:
        run().ask(fallback=["other"])

    assert (raised.value.code, raised.value.is_retryable) == ("llm_bad_request", False)
    assert len(server.received) == 1


def test_a_refused_key_is_the_credentials_fault(model, run, server):
    model()
    server.usual = Scripted(status=401, kind="authentication_error")

    with pytest.raises(SecretError) as raised:
        run().ask()

    assert raised.value.code == "llm_key_refused"
    assert "key-canary" not in raised.value.message


def test_the_next_model_answers_for_one_that_fails(model, run, server):
    model(wire="anthropic")
    model("spare", "openai_compatible")
    server.script = [
        Scripted(status=529, kind="overloaded_error", headers={"retry-after": "0"})
    ] * 3

    answer = run().ask(fallback=["spare"])

    assert answer.model == "spare"
    assert "able failed (llm_overloaded)" in answer.reason
    assert [state for state, _ in states()] == ["failed"] * 3 + ["done"]


def test_what_was_used_up_before_a_cut_is_charged(model, run, server):
    model(wire="anthropic")
    server.script = [Scripted("One two three", usage=(1000, 9, 0), cut_after=3)]

    run().ask()

    cut, done = Call.objects.order_by("attempt")
    assert (cut.error_code, cut.input_tokens, cut.is_estimate) == (
        "llm_connection_lost",
        1000,
        True,
    )
    assert cut.cost_micro > 0
    assert done.state == "done"


def test_a_finished_call_is_not_repeated_by_the_next_attempt(model, run, server):
    model()
    asker = run()
    first = asker.ask()

    again = asker.ask()

    assert again.text == first.text
    assert len(server.received) == Call.objects.count() == 1


def test_asking_the_same_twice_in_one_run_is_two_calls(model, run, server):
    model()
    questions = [Prompt.of("Again?")] * 2

    asyncio.run(run().asks(*questions))

    assert len(server.received) == 2


def test_the_call_of_a_worker_that_died_is_paid_at_its_worst_and_made_again(model, run, server):
    model()
    asker = run()
    asker.ask()
    Call.objects.update(state="open", cost_micro=0, answer=None)

    asker.ask()

    lost, done = Call.objects.order_by("attempt")
    assert (lost.state, lost.cost_micro) == ("lost", lost.reserved_micro)
    assert (done.state, done.attempt) == ("done", 2)


def test_the_same_question_is_answered_from_the_cache_of_the_tenant(model, run, server):
    model()
    first = run().ask(cache_s=60)

    second = run().ask(cache_s=60)

    assert (second.text, second.is_cached, second.cost_micro) == (first.text, True, 0)
    assert len(server.received) == 1
    assert list(Call.objects.order_by("id").values_list("is_cached", flat=True)) == [False, True]


def test_another_model_or_question_is_not_what_was_cached(model, run, server):
    model()
    model("other", model="another")
    run().ask(cache_s=60)

    run().ask("Hello!", cache_s=60)
    run().ask(cache_s=60, model="other")

    assert len(server.received) == 3


def test_no_more_calls_are_under_way_than_a_model_allows(model, run, server):
    model(parallel=3)
    server.usual = Scripted("Slowly now.", pause_s=0.05)
    questions = [Prompt.of(f"{number}", max_tokens=10) for number in range(10)]

    asyncio.run(run().asks(*questions, together=True))

    assert len(server.received) == 10
    assert server.busiest <= 3


def test_a_failing_provider_is_left_alone_by_the_router(model, run, server):
    model(wire="anthropic", position=0)
    model("spare", "openai_compatible", position=1)
    server.script = [Scripted(status=500, headers={"retry-after": "0"})] * 6
    for _ in range(2):
        with pytest.raises(UpstreamError):
            run().ask()

    answer = run().ask(model="auto", complexity=5)

    assert answer.model == "spare"
    assert "provider is failing: able" in answer.reason
    assert len(server.received) == 7


def test_what_a_person_says_of_a_question_holds_for_others_like_it(model, run, server, api):
    model("cheap", tier="efficient")
    model("dear", tier="premium")
    first = run().ask("What time is it?", model="auto")
    told = api().put(f"llm/calls/{Call.objects.get().pk}/complexity/", {"complexity": 9})

    alike = run().ask("What day is it?", model="auto")
    other = run().ask("Why? Prove it: design and plan an audit.", model="auto")

    assert (told.status_code, first.model, alike.model) == (204, "cheap", "dear")
    assert "moved it by +7" in alike.reason
    assert "moved it" not in other.reason


def test_a_call_whose_model_was_named_teaches_the_router_nothing(model, run, server, api):
    model()
    run().ask()

    answer = api().put(f"llm/calls/{Call.objects.get().pk}/complexity/", {"complexity": 9})

    assert (answer.status_code, answer.json()["code"]) == (422, "not_estimated")


def test_a_model_that_is_not_there_is_named(run, in_alpha):
    with pytest.raises(UserError) as raised:
        run().ask()

    assert (raised.value.code, raised.value.field) == ("no_such_model", "model")


def test_a_call_that_could_cost_too_much_is_not_made(model, run, server):
    model()
    with pytest.raises(UserError) as raised:
        run().ask(max_cost_micro=500)

    assert raised.value.code == "call_too_dear"
    assert server.received == []


def test_the_offline_model_needs_nothing_and_says_what_it_is(run, in_alpha):
    answer = run().ask("Hello?", model="offline")

    assert (answer.text, answer.cost_micro) == ("[Offline demo] You asked: Hello?", 0)
    assert Call.objects.get().provider == "offline"


def test_one_tenant_has_no_model_of_another(model, run, beta, as_tenant):
    model()
    with as_tenant(beta), pytest.raises(UserError):
        run().ask()

    assert LanguageModel.objects.count() == 1


def test_a_call_that_is_cancelled_is_closed_in_the_ledger(model, run, server):
    model(wire="anthropic")
    server.usual = Scripted("One two three four.", usage=(500, 4, 0), pause_s=0.2)

    async def cancelled():
        begun = asyncio.Event()
        asked = run().asks(Prompt.of("?", max_tokens=10), hear=lambda text: begun.set())
        asking = asyncio.ensure_future(asked)
        await asyncio.wait_for(begun.wait(), 20)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)

    asyncio.run(cancelled())

    row = Call.objects.get()
    assert (row.state, row.error_code, row.is_estimate) == ("failed", "cancelled", True)
    assert row.cost_micro > 0
