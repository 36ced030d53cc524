"""How surely two texts say the same: as alike as they are, and as what they do not share is.

Sentences on one thing are alike by the words they share: *the harbour is closed* and *the harbour
was rebuilt*. So what is left of each without those words is compared, too: *a storm shut the port*
is a paraphrase by what differs. Measured on `fixtures/knowledge/same.json`, where the half and half
was chosen on one half of the pairs; the idea is that of aligning what is equal first and looking at
the rest (Sultan, Bethard and Sumner, "Back to basics for monolingual alignment", 2014).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final

from headrace.knowledge.contradictions import contradict
from headrace.knowledge.rerank import WORD, stem

if TYPE_CHECKING:
    from headrace.knowledge.embedding.inference import Vectors

REST: Final = 0.5
"""What the likeness of the rests counts for; that of the whole texts counts for the other half."""
LOOKED_AT: Final = 3
"""Of the texts that are most like one, so many are looked at again."""

Embed = Callable[[Sequence[str]], "Vectors"]


def same(
    text: str, others: Sequence[str], alike: Sequence[float], embed: Embed, *, is_exact: bool
) -> list[float]:
    """For each of a few other texts how surely it says the same, 0 to 1.

    `alike` are the cosines of their vectors to that of the text. With `is_exact` a text that
    contradicts it has 0.
    """
    is_other = [is_exact and contradict(text, other) for other in others]
    rests = [
        ("", "") if apart else _rests(text, other)
        for other, apart in zip(others, is_other, strict=True)
    ]
    known = [one for pair in rests if all(pair) for one in pair]
    vectors = iter(embed(known)) if known else iter(())
    found = []
    for apart, likeness, pair in zip(is_other, alike, rests, strict=True):
        both = likeness
        if all(pair):
            left, right = next(vectors), next(vectors)
            both = (1 - REST) * likeness + REST * float(left @ right)
        found.append(0.0 if apart else round(min(1.0, max(0.0, both)), 6))
    return found


def _rests(one: str, other: str) -> tuple[str, str]:
    """The words of each that are not in the other, in their order and whatever their endings."""
    mine, theirs = WORD.findall(one.lower()), WORD.findall(other.lower())
    in_mine, in_theirs = {stem(word) for word in mine}, {stem(word) for word in theirs}
    return (
        " ".join(word for word in mine if stem(word) not in in_theirs),
        " ".join(word for word in theirs if stem(word) not in in_mine),
    )
