"""Lantern's vectors of texts: one request, answered by a line of JSON for each text."""

from __future__ import annotations

from collections.abc import Sequence

from headrace_plugin_lantern.account import address
from headrace_sdk.embedder import TextEmbedder, Vectors
from headrace_sdk.llm_provider import ModelRefused, ProviderAccess
from headrace_sdk.strict_json import dumps, loads


class LanternVectors(TextEmbedder):
    """The embedding models of a company's own Lantern."""

    id = "lantern_vectors"
    title = "Lantern vectors"
    documentation = "Vectors of 384 or 768 numbers, made in the company's own house."
    credential_type = "lantern"

    @classmethod
    async def embed(cls, access: ProviderAccess, texts: Sequence[str]) -> Vectors:
        """One vector for each text.

        Raises:
            ModelRefused: Lantern refused, or left a text out.
        """
        found: list[list[float]] = []
        lines = access.http.lines(
            "POST",
            address(access.credential, "/v1/vectors"),
            headers={"content-type": "application/json"},
            body=dumps({"model": access.model, "texts": [*texts]}),
        )
        async for line in lines:
            told = loads(line.encode()) if line.strip() else None
            if isinstance(told, list):
                found.append([float(str(number)) for number in told])
        if len(found) != len(texts):
            message = "Lantern made no vector for some of the texts."
            raise ModelRefused(message, status=502)
        return Vectors(found)
