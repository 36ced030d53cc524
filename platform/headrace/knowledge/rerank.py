"""A second look at candidates: how much of the question's rarer words a text has, and its meaning.

This is no cross-encoder: it reads no sentence as a whole. It is cheap (no model, no call) and mends
what rank fusion cannot see: a passage that has every rare word of the question, near one another.
Words weigh by how few of the candidates have them (Spärck Jones 1972); ends are cut off roughly.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

MEANING: Final = 0.6
COVERAGE: Final = 0.3
NEARNESS: Final = 0.1
"""Shares of the score, chosen on one half of the questions in `fixtures/knowledge`."""

SHORTEST: Final = 3
WORD: Final = re.compile(r"\w+(?:[-./]\w+)*")
"""Codes such as 4410-08 and 4.1.3 are one word."""
_ENDINGS: Final = ("ing", "ed", "es", "s", "ly")


def relevance(query: str, texts: Sequence[str], similar: Sequence[float]) -> list[float]:
    """For each text a score from 0 to 1; `similar` are their cosine similarities to the query."""
    wanted = list(dict.fromkeys(stems(query)))
    have = [stems(text) for text in texts]
    weights = {word: _rareness(word, have) for word in wanted}
    total = sum(weights.values()) or 1.0
    scores = []
    for words, similarity in zip(have, similar, strict=True):
        covered = sum(weights[word] for word in wanted if word in set(words)) / total
        score = MEANING * max(0.0, similarity) + COVERAGE * covered
        scores.append(round(score + NEARNESS * _nearness(wanted, words), 6))
    return scores


def stems(text: str) -> list[str]:
    """Its words in small letters without the commonest English endings."""
    return [stem(word) for word in WORD.findall(text.lower()) if len(word) >= SHORTEST]


def stem(word: str) -> str:
    """A word in small letters without one of the commonest English endings."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word


def _rareness(word: str, texts: Sequence[list[str]]) -> float:
    having = sum(word in text for text in texts)
    return math.log(1 + len(texts) / (1 + having))


def _nearness(wanted: Sequence[str], words: Sequence[str]) -> float:
    """The share of neighbours in the query that are neighbours in the text, too."""
    pairs = {*pairwise(wanted)}
    if not pairs:
        return 0.0
    return len(pairs & {*pairwise(words)}) / len(pairs)
