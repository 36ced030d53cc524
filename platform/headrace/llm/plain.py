"""Answers as they can be stored: without what PostgreSQL and JSON do not hold."""

from __future__ import annotations

from dataclasses import replace

from headrace_sdk.llm import Answer, Part, Text


def plain_answer(answer: Answer) -> Answer:
    """The answer, with NUL and lone surrogates replaced by U+FFFD in what was said."""
    return replace(answer, parts=[_plain(part) for part in answer.parts])


def _plain(part: Part) -> Part:
    if not isinstance(part, Text):
        return part
    text = part.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return Text(text.replace("\x00", "\ufffd"))
