"""The one way to a language model: decide, reserve, ask, write down, only then hand over.

A failed request is repeated as its provider asks for, then the next model is asked. Every request
is a row of the ledger. What a run was answered once it is answered again from there, so that a
crash repeats no call.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import aclosing
from dataclasses import dataclass, field, replace
from typing import Final

from headrace.egress.client_transport import GuardedTransport
from headrace.llm import alike, budgets, kept, ledger, measure, queries, wire
from headrace.llm.access import Asking, access_to, credential_for, failure_for_nodes
from headrace.llm.health import down_among
from headrace.llm.learned import corrections
from headrace.llm.ledger import Asked, Busy, Reserved
from headrace.llm.plain import plain_answer
from headrace.llm.providers import provider
from headrace.llm.providers.faults import ProviderFault, cut_short, of_transport
from headrace.llm.providers.protocol import Counted, Ended, Said
from headrace.llm.routing import Situation, decide
from headrace.llm.types import Caller, Decision
from headrace.tenants.clock import database_now
from headrace.tenants.threads import in_thread
from headrace_sdk.credentials import Credential
from headrace_sdk.errors import HeadraceError, SecretError
from headrace_sdk.llm import Answer, Hear, Prompt, Route, Usage, Wish

TRIES: Final = 3
"""Requests to one model for one question."""

LONGEST_PAUSE_S: Final = 30.0
FIRST_PAUSE_S: Final = 0.5


class Gateway:
    """Of one tenant in one event loop."""

    def __init__(self, transport: GuardedTransport) -> None:
        self._transport = transport

    @property
    def transport(self) -> GuardedTransport:
        """Its connections, for other questions to the same providers."""
        return self._transport

    async def close(self) -> None:
        """Close every connection."""
        await self._transport.aclose()

    async def choose(self, asking: Asking, prompt: Prompt, wish: Wish) -> Route:
        """See `headrace_sdk.llm.Llm.choose`."""
        decision = await in_thread(_allowed, asking.caller, prompt, wish)
        first, *others = decision.models
        return Route(
            first.name,
            first.provider,
            first.tier,
            decision.complexity,
            decision.reason,
            [one.name for one in others],
            decision.features,
        )

    async def ask(
        self, asking: Asking, prompt: Prompt, wish: Wish, *, item: int, hear: Hear | None
    ) -> Answer:
        """See `headrace_sdk.llm.Llm.ask`."""
        question = wire.digest(prompt, wish.model, *wish.fallback, wish.task)
        key = asking.key(item, question)
        decision = await in_thread(_decided, asking.caller, prompt, wish)
        last: Exception | None = None
        skipped = decision.reason
        for model in decision.models:
            # Each model's row says why it was asked.
            told = replace(decision, reason=skipped[:500])
            asked = Asked(
                key=key,
                caller=asking.caller,
                item=item,
                decision=told,
                model=model,
                worst=measure.worst(prompt),
                timeout_s=wish.timeout_s,
                max_cost_micro=wish.max_cost_micro,
            )
            try:
                return await _Request(self._transport, asking, asked, prompt, wish, hear).answer()
            except (ProviderFault, SecretError) as error:
                last = error
                if isinstance(error, ProviderFault) and not error.falls_back:
                    break
                skipped = f"{model.name} failed ({error.code}). {decision.reason}"
        raise failure_for_nodes(last)


@dataclass(slots=True)
class _Used:
    """What the provider has counted so far; without a word from it nothing was used."""

    usage: Usage = field(default_factory=Usage)


@dataclass(slots=True)
class _Request:
    """One question to one model, until it is answered or given up."""

    transport: GuardedTransport
    asking: Asking
    asked: Asked
    prompt: Prompt
    wish: Wish
    hear: Hear | None

    async def answer(self) -> Answer:
        found = await self._kept()
        if found is not None:
            return self._heard(found)
        credential = await credential_for(self.asking, self.asked.model)
        for attempt in range(1, TRIES + 1):
            reserved = await self._reserved()
            if isinstance(reserved, Answer):
                return self._heard(reserved)
            try:
                answer = await self._sent(reserved, credential)
            except ProviderFault as fault:
                pause_s = _pause_s(fault, attempt)
                if pause_s is None:
                    raise
                await asyncio.sleep(pause_s)
                continue
            if self.wish.cache_s > 0 and answer.stop == "end":
                await in_thread(self._keep, answer)
            return answer
        raise AssertionError  # the last fault was raised

    def _keep(self, answer: Answer) -> None:
        kept.keep(self._cache_digest, answer, self.wish.cache_s)
        if self.wish.cache_similarity > 0:
            alike.note(self.prompt, self.asked.model, self._cache_digest, self.wish.cache_s)

    @property
    def _cache_digest(self) -> bytes:
        model = self.asked.model
        return wire.digest(self.prompt, "kept", model.account, model.model)

    async def _kept(self) -> Answer | None:
        if self.wish.cache_s <= 0:
            return None
        found = await in_thread(kept.find, self._cache_digest, self.wish.cache_s)
        reason = "Answered from the cache."
        if found is None and self.wish.cache_similarity > 0:
            likeness, age_s = self.wish.cache_similarity, self.wish.cache_s
            found = await in_thread(alike.find, self.prompt, self.asked.model, likeness, age_s)
            reason = "Answered from the cache: a question like it was asked before."
        if found is None:
            return None
        told = replace(found, cost_micro=0, is_cached=True, reason=reason)
        await in_thread(ledger.keep_hit, self.asked, told)
        return told

    async def _reserved(self) -> Reserved | Answer:
        """Wait for a place; the clock of the step's own time limit runs on."""
        while True:
            found = await in_thread(ledger.reserve, self.asked)
            if not isinstance(found, Busy):
                return found
            await asyncio.sleep(found.wait_s * random.uniform(0.8, 1.2))  # noqa: S311

    async def _sent(self, reserved: Reserved, credential: Credential | None) -> Answer:
        """One request. Whatever becomes of it is in the ledger when this returns or raises."""
        used = _Used()
        try:
            async with asyncio.timeout(self.asked.timeout_s):
                answer = await self._written(credential, used)
        except asyncio.CancelledError:
            # The provider stops when the connection closes; what it counted by then is paid.
            gone = in_thread(ledger.fail, reserved, "cancelled", used.usage, is_estimate=True)
            await asyncio.shield(gone)
            raise
        except (TimeoutError, HeadraceError) as error:
            fault = of_transport(self.asked.model.name, error)
            code = getattr(fault, "code", ProviderFault.code)
            usage, is_estimate = used.usage, used.usage != Usage()
            await in_thread(ledger.fail, reserved, code, usage, is_estimate=is_estimate)
            raise fault from error
        return await in_thread(ledger.settle, reserved, answer)

    async def _written(self, credential: Credential | None, used: _Used) -> Answer:
        access = access_to(self.transport, self.asking, self.asked.model, credential)
        # The libraries are large: the first import must not hold up every execution.
        module = await asyncio.to_thread(provider, self.asked.model.provider)
        async with aclosing(module.write(access, self.prompt)) as events:  # type: ignore[type-var]
            async for event in events:
                match event:
                    case Said():
                        self._say(event.text)
                    case Counted():
                        used.usage = event.usage
                    case Ended():
                        return plain_answer(event.answer)
        raise cut_short(self.asked.model.name)

    def _say(self, text: str) -> None:
        if self.hear is not None:
            self.hear(text)

    def _heard(self, answer: Answer) -> Answer:
        if answer.text:
            self._say(answer.text)
        return answer


def _decided(caller: Caller, prompt: Prompt, wish: Wish) -> Decision:
    models = queries.models()
    situation = Situation(
        models,
        queries.rules(),
        down_among(one.account for one in models if one.is_on),
        queries.spent_percent(caller),
        corrections(),
    )
    return decide(prompt, wish, situation)


def _allowed(caller: Caller, prompt: Prompt, wish: Wish) -> Decision:
    """The decision, where anything may be spent at all."""
    budgets.refuse_spent(budgets.standings(caller, database_now(), lock=False))
    return _decided(caller, prompt, wish)


def _pause_s(fault: ProviderFault, attempt: int) -> float | None:
    """Seconds until the same is tried again; `None` if it is not, or would wait too long."""
    if attempt >= TRIES or not fault.is_repeatable:
        return None
    if fault.retry_after_s is not None:
        return fault.retry_after_s if fault.retry_after_s <= LONGEST_PAUSE_S else None
    return FIRST_PAUSE_S * 2.0 ** (attempt - 1) * random.uniform(0.8, 1.2)  # noqa: S311
