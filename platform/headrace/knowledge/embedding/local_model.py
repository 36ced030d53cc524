"""all-MiniLM-L6-v2 (384 dimensions, int8) in this process: no network, no key, no cost.

Loaded when it is first asked, and kept. It computes in one thread outside of Python's lock, so
that others go on; callers take turns. English only: other languages are found by their words.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from headrace.knowledge.embedding.model_files import tokenizer

if TYPE_CHECKING:
    from headrace.knowledge.embedding.inference import Vectors


def embed(texts: Sequence[str]) -> Vectors:
    """One vector of length 1 for each text, in their order.

    Raises:
        LocalModelBroken: the model's files are not what they were when this was written.
    """
    # Loaded when it is needed: numpy and the model's runtime are for those who ask for vectors.
    inference = import_module("headrace.knowledge.embedding.inference")
    found: Vectors = inference.embed(texts)
    return found


def count_tokens(texts: Sequence[str]) -> list[int]:
    """How many tokens each text has, without the two that frame it.

    Raises:
        LocalModelBroken: as above.
    """
    encoded = counter().encode_batch([*texts], add_special_tokens=False)
    return [len(one.ids) for one in encoded]


@cache
def counter() -> Any:
    """The tokenizer alone, which cuts nothing off."""
    found = tokenizer()
    found.no_truncation()
    found.no_padding()
    return found
