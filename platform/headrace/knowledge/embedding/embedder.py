"""Vectors of texts by whichever model: this process's own, or a provider's through the gateway."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

from headrace.egress.client_transport import GuardedTransport
from headrace.egress.policy import EgressPolicy
from headrace.knowledge.embedding import local_model, model_files
from headrace.knowledge.errors import WrongDimension
from headrace.knowledge.types import Embedder, EmbeddingModel, Vector
from headrace.llm import embedding
from headrace.llm.access import Asking
from headrace.llm.types import Caller, ModelRow, Tier
from headrace.tenants.ids import new_id
from headrace_sdk.credentials import Credential

LOCAL = EmbeddingModel(Embedder.LOCAL, model_files.NAME, model_files.DIM)


@dataclass(frozen=True, slots=True)
class Embedding:
    """Makes vectors in the name of one run, or of one person."""

    transport: GuardedTransport
    asking: Asking

    async def vectors(self, model: EmbeddingModel, texts: Sequence[str]) -> list[Vector]:
        """One vector for each text, in their order.

        Raises:
            WrongDimension: the model's vectors have another length than was said.
            NodeError: as `headrace.llm.embedding.embed` says.
        """
        if not texts:
            return []
        if model.embedder == Embedder.LOCAL:
            return await local_vectors(texts)
        found = await embedding.embed(self.transport, self.asking, _row(model), texts)
        for one in found:
            if len(one) != model.dim:
                raise WrongDimension(model.dim, len(one))
        return found


async def local_vectors(texts: Sequence[str]) -> list[Vector]:
    """By the local model, in a thread: it computes outside of Python's lock."""
    found = await asyncio.to_thread(local_model.embed, texts)
    return [one.tolist() for one in found]


@asynccontextmanager
async def for_a_person() -> AsyncIterator[Embedding]:
    """For requests and background work: calls are in the ledger, of no workflow."""
    transport = GuardedTransport(EgressPolicy.from_settings())
    try:
        yield Embedding(transport, Asking(Caller(None, new_id(), "", ""), _allow, _learn))
    finally:
        await transport.aclose()


def _allow() -> None:
    """A person's request may always be sent; budgets are looked at by the ledger."""


def _learn(credential: Credential) -> None:
    """Nothing that a person is told holds a credential, so there is nothing to mask."""
    del credential


def _row(model: EmbeddingModel) -> ModelRow:
    return ModelRow(
        id=None,
        name=model.model,
        provider=model.embedder,
        model=model.model,
        credential_id=model.credential_id,
        tier=Tier.EFFICIENT,
    )
