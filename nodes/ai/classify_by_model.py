"""Puts a text under one of several labels by asking a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from headrace_sdk import JsonObject, JsonValue
from headrace_sdk.llm import Answer
from nodes.ai.asking import about, filled_in, object_of
from nodes.ai.structured import Ask

NONE: Final = "none of these"
SYSTEM: Final = (
    "You put a text under exactly one label. Go by what the labels are said to mean, not by words "
    "that happen to occur in both. confidence: from 0 to 1, how sure you are; below 0.5 where two "
    "labels fit alike. reason: one short sentence."
)


@dataclass(frozen=True, slots=True)
class Label:
    """A label and what it means."""

    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Where a text belongs; `label` is `None` where none fits. `confidence` is the model's word."""

    label: str | None
    confidence: float
    reason: str
    answer: Answer


async def classify_by_model(
    ask: Ask,
    text: str,
    labels: Sequence[Label],
    *,
    examples: Sequence[tuple[str, str]] = (),
    instructions: str = "",
    allow_none: bool = True,
) -> Verdict:
    """The label of a text. `examples` are texts with their labels.

    Raises:
        UpstreamError: the model does not answer in this form, even asked again.
    """
    names = [one.name for one in labels]
    choices: list[JsonValue] = [*names, *([NONE] if allow_none else [])]
    schema = object_of(
        {
            "label": {"type": "string", "enum": choices},
            "confidence": {"type": "number", "minimum": 0, "maximum": 1},
            "reason": {"type": "string"},
        }
    )
    prompt = about(text, _system(labels, examples, instructions), max_tokens=300)
    found, answer = await filled_in(ask, prompt, schema)
    label = found.get("label")
    return Verdict(
        label if isinstance(label, str) and label in names else None,
        _number(found),
        str(found.get("reason", "")),
        answer,
    )


def _number(found: JsonObject) -> float:
    value = found.get("confidence")
    return float(value) if isinstance(value, int | float) else 0.0


def _system(labels: Sequence[Label], examples: Sequence[tuple[str, str]], instructions: str) -> str:
    lines = [SYSTEM, instructions.strip(), "Labels:"]
    lines += [
        f"- {one.name}: {one.description}" if one.description else f"- {one.name}" for one in labels
    ]
    if examples:
        lines.append("Examples:")
        lines += [f"- {' '.join(text.split())[:500]} => {label}" for text, label in examples]
    return "\n".join(line for line in lines if line)
