"""Models that a package brings to make vectors of texts, behind the platform's one gateway.

The gateway reserves, repeats, counts and bills; an embedder only speaks its wire format.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from headrace_sdk.llm_provider import ProviderAccess


@dataclass(frozen=True, slots=True)
class Vectors:
    """One vector for each text in their order, all of one length; `tokens` is 0 if unknown."""

    vectors: Sequence[Sequence[float]]
    tokens: int = 0


class TextEmbedder:
    """Subclass it and name it in the hook `headrace_embedders`. It keeps nothing.

    `id` is a lower-case word of your own that no provider of language models has; `credential_type`
    is the id of the credential type that its models need, empty for none.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    documentation: ClassVar[str] = ""
    credential_type: ClassVar[str] = ""

    @classmethod
    async def embed(cls, access: ProviderAccess, texts: Sequence[str]) -> Vectors:
        """One vector for each of up to 64 texts.

        Raises:
            ModelRefused: the provider refused or failed.
        """
        raise NotImplementedError
