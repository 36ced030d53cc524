"""The way to a provider's vectors: reserved and written down like every other request.

Vectors are not kept in the ledger, so a run that is repeated asks for them again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Final
from uuid import uuid4

from headrace.egress.client_transport import GuardedTransport
from headrace.llm import ledger, measure
from headrace.llm.access import Asking, access_to, credential_for, failure_for_nodes
from headrace.llm.ledger import Asked, Busy, Reserved
from headrace.llm.providers import provider
from headrace.llm.providers.faults import ProviderFault, of_transport
from headrace.llm.providers.protocol import Access, Embedded
from headrace.llm.types import Decision, ModelRow
from headrace.tenants.threads import in_thread
from headrace_sdk.credentials import Credential
from headrace_sdk.errors import HeadraceError
from headrace_sdk.llm import Answer, Usage

BATCH: Final = 64
"""Texts of one request. OpenAI takes 2,048, but no more than 300,000 tokens (API reference)."""

TIMEOUT_S: Final = 60.0
TRIES: Final = 3
PAUSE_S: Final = 1.0
LONGEST_PAUSE_S: Final = 30.0


async def embed(
    transport: GuardedTransport, asking: Asking, model: ModelRow, texts: Sequence[str]
) -> list[Sequence[float]]:
    """One vector for each text, in their order.

    Raises:
        BudgetSpent: nothing is left of a budget.
        SecretError: the credential cannot be used, or its provider refuses it.
        UpstreamError: the provider gives no vectors.
    """
    try:
        credential = await credential_for(asking, model)
    except ProviderFault as fault:
        raise failure_for_nodes(fault) from fault
    found: list[Sequence[float]] = []
    for start in range(0, len(texts), BATCH):
        found += await _batch(transport, asking, model, credential, texts[start : start + BATCH])
    return found


async def _batch(
    transport: GuardedTransport,
    asking: Asking,
    model: ModelRow,
    credential: Credential | None,
    texts: Sequence[str],
) -> Sequence[Sequence[float]]:
    access = access_to(transport, asking, model, credential)
    for attempt in range(1, TRIES + 1):
        reserved = await _reserved(asking, model, texts)
        try:
            made = await _sent(reserved, access, texts)
        except ProviderFault as fault:
            pause_s = fault.retry_after_s or PAUSE_S * attempt
            if attempt == TRIES or not fault.is_repeatable or pause_s > LONGEST_PAUSE_S:
                raise failure_for_nodes(fault) from fault
            await asyncio.sleep(pause_s)
        else:
            return made.vectors
    raise AssertionError  # the last fault was raised


async def _reserved(asking: Asking, model: ModelRow, texts: Sequence[str]) -> Reserved:
    tokens = sum(measure.text_tokens(text) for text in texts)
    asked = Asked(
        key=uuid4(),
        caller=asking.caller,
        item=0,
        decision=Decision((model,), reason="Vectors of texts."),
        model=model,
        worst=Usage(tokens),
        timeout_s=TIMEOUT_S,
    )
    while True:
        found = await in_thread(ledger.reserve, asked)
        if isinstance(found, Reserved):
            return found
        assert isinstance(found, Busy)  # the key is new, so there is no answer yet
        await asyncio.sleep(found.wait_s)


async def _sent(reserved: Reserved, access: Access, texts: Sequence[str]) -> Embedded:
    model = reserved.asked.model
    try:
        module = await asyncio.to_thread(provider, model.provider)
        async with asyncio.timeout(TIMEOUT_S):
            made = await module.embed(access, texts)
    except asyncio.CancelledError:
        worst = reserved.asked.worst
        await asyncio.shield(in_thread(ledger.fail, reserved, "cancelled", worst, is_estimate=True))
        raise
    except (TimeoutError, HeadraceError) as error:
        fault = of_transport(model.name, error)
        code = getattr(fault, "code", ProviderFault.code)
        await in_thread(ledger.fail, reserved, code, Usage(), is_estimate=False)
        raise fault from error
    usage = made.usage if made.usage.input else reserved.asked.worst
    await in_thread(ledger.settle, reserved, Answer((), "end", usage, model.name, model.provider))
    return made
