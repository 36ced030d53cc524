"""Whether two English sentences of like meaning say different things of the same.

Vectors hardly see a number, a name or a *not*. The signs looked for (numbers and times, names,
polarity, opposites) are some of those that de Marneffe, Rafferty and Manning name in "Finding
contradictions in text" (2008). Only what is sure counts: both sides say something that the other
does not, and of polarity and opposites nothing else may differ.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from headrace.knowledge.amounts import amounts
from headrace.knowledge.rerank import stem

_KINDS: Final = tuple(
    frozenset(kind.split())
    for kind in (
        "monday tuesday wednesday thursday friday saturday sunday",
        "january february march april may june july august september october november december",
        "yesterday today tomorrow",
        "spring summer autumn winter",
        "north south east west",
        "red yellow green blue purple brown black white grey",
    )
)
"""Of each, one excludes the others."""
_OPPOSITES: Final = frozenset(
    frozenset(stem(word) for word in pair.split("/"))
    for pair in [
        "open/shut",
        "open/close",
        "open/closed",
        "left/right",
        "win/lose",
        "won/lost",
        "up/down",
        "on/off",
        "in/out",
        "more/less",
        "more/fewer",
        "higher/lower",
        "raise/lower",
        "before/after",
        "above/below",
        "over/under",
        "inside/outside",
        "start/stop",
        "start/end",
        "begin/end",
        "first/last",
        "early/late",
        "rise/fall",
        "rose/fell",
        "increase/decrease",
        "accept/refuse",
        "accept/reject",
        "approve/reject",
        "allow/forbid",
        "enable/disable",
        "enabled/disabled",
        "online/offline",
        "buy/sell",
        "bought/sold",
        "arrive/depart",
        "arrive/leave",
        "pass/fail",
        "passed/failed",
        "succeed/fail",
        "full/empty",
        "hot/cold",
        "fast/slow",
        "true/false",
        "yes/no",
        "public/private",
        "safe/unsafe",
        "safe/dangerous",
        "cheap/expensive",
        "best/worst",
        "better/worse",
        "big/small",
        "long/short",
        "old/new",
        "present/absent",
        "lock/unlock",
        "import/export",
        "push/pull",
        "day/night",
        "morning/evening",
        "light/dark",
        "always/seldom",
    ]
)
_NEGATIONS: Final = frozenset(
    ["not", "no", "never", "none", "nobody", "nothing", "without", "neither", "nor"]
)
_FUNCTION: Final = frozenset(
    stem(word)
    for word in [
        "a",
        "an",
        "the",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "from",
        "with",
        "and",
        "or",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "being",
        "am",
        "it",
        "its",
        "this",
        "that",
        "has",
        "have",
        "had",
        "do",
        "does",
        "did",
        "will",
        "would",
        "can",
        "could",
        "shall",
        "should",
        "might",
        "must",
        "any",
        "some",
        "there",
        "i",
        "you",
        "he",
        "she",
        "we",
        "they",
        "as",
        "ever",
    ]
)
_TITLES: Final = frozenset(["mr", "mrs", "ms", "miss", "dr", "prof", "sir", "madam"])
_WORD: Final = re.compile(r"[^\W_]+(?:[-./:][^\W_]+)*")
_NOT: Final = re.compile(r"\b(?:(ca)n't|(wo)n't|cannot)\b|n't\b")
_START: Final = re.compile(r"(?:^|[.!?:;\n])[\s\"'“(]*$")


def contradict(one: str, other: str) -> bool:
    """Whether they differ in a number, a time, a name or in yes and no, whatever they share."""
    one, other = one.replace("\u2019", "'"), other.replace("\u2019", "'")
    return (
        _each_has_its_own(amounts(one), amounts(other))
        or any(_each_has_its_own(_of(kind, one), _of(kind, other)) for kind in _KINDS)
        or _other_names(_names(one), _names(other))
        or _turned(one, other)
    )


def _each_has_its_own(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one - other and other - one)


def _of(kind: frozenset[str], text: str) -> frozenset[str]:
    """The words of a kind, in one or several: `Sundays` is `sunday`; `may` is no month."""
    words = (word for word in _WORD.findall(text) if word not in ("may", "march"))
    return frozenset(word.lower().removesuffix("s") for word in words) & kind


def _names(text: str) -> frozenset[str]:
    """Words with a capital that no sentence begins with; none where most have one, as in titles."""
    words = [found for found in _WORD.finditer(text) if not _START.search(text[: found.start()])]
    named = [found[0] for found in words if found[0][0].isupper() and len(found[0]) > 1]
    if 2 * len(named) > len(words):
        return frozenset()
    known = frozenset().union(*_KINDS, _TITLES)
    return frozenset(
        name for name in named if name.isalpha() and name.lower().removesuffix("s") not in known
    )


def _other_names(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether each names somebody else. What is short for another name is the same name."""
    mine, theirs = one - other, other - one
    is_short = any(
        a.isupper() or b.isupper() or a[:3].lower() == b[:3].lower() for a in mine for b in theirs
    )
    return bool(mine and theirs) and not is_short


def _turned(one: str, other: str) -> bool:
    """Whether nothing but an odd number of negations and opposites differs."""
    first, second = Counter(_stems(one)), Counter(_stems(other))
    mine, theirs = first.keys() - second.keys(), second.keys() - first.keys()
    opposite = [(a, b) for a in mine for b in theirs if frozenset((a, b)) in _OPPOSITES]
    spoken_for = {word for pair in opposite for word in pair}
    if (mine | theirs) - spoken_for - _FUNCTION - _NEGATIONS:
        return False
    negations = sum((first + second)[word] for word in _NEGATIONS)
    return (negations + len(opposite)) % 2 == 1


def _stems(text: str) -> Iterator[str]:
    plain = _NOT.sub(" not ", text.lower())
    return (stem(word) for word in _WORD.findall(plain))
