"""Answers to questions that mean the same: asked of the same model, in the same way."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from headrace.llm import kept, wire
from headrace.llm.ports import ports
from headrace.llm.types import ModelRow
from headrace_sdk.llm import Answer, Message, Prompt, Text

LEAST: Final = 0.8
"""Less alike than this is another question, whatever a node says."""


def find(prompt: Prompt, model: ModelRow, similarity: float, within_s: float) -> Answer | None:
    """An answer that was kept for a question that is so alike, and not older than `within_s`."""
    question = _question(prompt)
    if question is None or similarity <= 0:
        return None
    found = ports.likeness.find(_way(prompt, model), question, max(LEAST, similarity))
    return kept.find(found, within_s) if found is not None else None


def note(prompt: Prompt, model: ModelRow, answer: bytes, for_s: float) -> None:
    """Let the kept answer of this name be found by questions that are alike."""
    question = _question(prompt)
    if question is not None:
        ports.likeness.keep(_way(prompt, model), question, answer, min(for_s, kept.LONGEST_S))


def _question(prompt: Prompt) -> str | None:
    """What is asked last, where that is text alone."""
    last = prompt.messages[-1] if prompt.messages else None
    if last is None or last.role != "user":
        return None
    texts = [part.text for part in last.parts if isinstance(part, Text)]
    return "\n".join(texts) if texts and len(texts) == len(last.parts) else None


def _way(prompt: Prompt, model: ModelRow) -> str:
    """All but the question: equal ways only are compared."""
    without = replace(prompt, messages=[*prompt.messages[:-1], Message("user", [])])
    return wire.digest(without, "alike", model.account, model.model).hex()
