"""How hard a question is, from 1 to 10, by features that a person can check.

The score is no more than a sum: it is explained by what it was made of, and whoever knows better
says so by `task` or `complexity`. It was tuned on nothing; `fixtures/llm/mix.json` measures it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from headrace.llm import measure
from headrace_sdk.items import JsonObject
from headrace_sdk.llm import Image, Prompt, Text

LEAST: Final = 1
MOST: Final = 10
LONG: Final = ((24_000, 3), (6_000, 2), (1_500, 1))
"""From so many tokens on, so many points."""

_REASONING: Final = re.compile(
    r"\b(why|prove|derive|compare|contrast|trade-?offs?|design|architect\w*|plan|strateg\w+"
    r"|analy[sz]e|evaluate|critique|debug|root cause|optimi[sz]e|refactor|step by step"
    r"|negotiat\w+|diagnos\w+)\b",
    re.IGNORECASE,
)
_EXPERT: Final = re.compile(
    r"\b(contract|clause|liabilit\w+|statut\w+|regulat\w+|compliance|gdpr|clinical|patient|dosage"
    r"|theorem|integral|concurren\w+|race condition|cryptograph\w+|tax(?:es|ation)?|audit)\b",
    re.IGNORECASE,
)
_CODE: Final = re.compile(r"```|\bdef \w+\(|\bclass \w+|\bfunction \w+\(|\bselect .+ from\b|=>|;\n")
_CONSTRAINT: Final = re.compile(
    r"\b(must|exactly|at least|at most|only|never|without|except|unless)\b", re.IGNORECASE
)
_SIMPLE: Final = re.compile(
    r"\b(classify|label|extract|translate|sentiment|spell|rephrase|yes or no|one word|summari[sz]e"
    r"|format|list the)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """The score, and the points that every feature gave."""

    score: int
    features: JsonObject


def estimate(prompt: Prompt) -> Estimate:
    """How hard a prompt is."""
    text = _text(prompt)
    points: dict[str, int] = {"base": 2}
    points["length"] = _by_length(measure.worst(prompt).input)
    points["reasoning"] = min(3, 2 * len({m.lower() for m in _REASONING.findall(text)}))
    points["expert"] = min(2, len({m.lower() for m in _EXPERT.findall(text)}))
    points["code"] = 2 if _CODE.search(text) else 0
    points["constraints"] = min(2, len(_CONSTRAINT.findall(text)) // 3)
    points["tools"] = min(2, (len(prompt.tools) + 2) // 3)
    points["turns"] = 1 if len(prompt.messages) > 6 else 0
    points["images"] = 1 if _has_image(prompt) else 0
    points["schema"] = 1 if prompt.schema is not None and _depth(prompt.schema) > 4 else 0
    points["simple"] = -1 if _SIMPLE.search(text) and not points["reasoning"] else 0
    score = max(LEAST, min(MOST, sum(points.values())))
    return Estimate(score, {name: value for name, value in points.items() if value})


def _text(prompt: Prompt) -> str:
    said = [
        part.text
        for message in prompt.messages
        if message.role == "user"
        for part in message.parts
        if isinstance(part, Text)
    ]
    return "\n".join([prompt.system, *said])[:60_000]


def _by_length(tokens: int) -> int:
    return next((points for least, points in LONG if tokens >= least), 0)


def _has_image(prompt: Prompt) -> bool:
    return any(isinstance(part, Image) for message in prompt.messages for part in message.parts)


def _depth(value: object) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max((_depth(one) for one in inner), default=0)
