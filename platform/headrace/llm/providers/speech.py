"""Recordings as text: OpenAI's audio transcriptions, which many servers of one's own speak, too."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from typing import Any, Final

import httpx2
import openai

from headrace.llm.providers import faults
from headrace.llm.providers.openai_client import client_of, fault_of
from headrace.llm.providers.protocol import Access, Counted, Ended, Said, StreamEvent
from headrace_sdk.errors import HeadraceError
from headrace_sdk.llm import Answer, Audio, Prompt, Text, Usage

TOKENS_A_SECOND: Final = 10
"""What OpenAI counts for a second of sound; servers that count seconds are taken at that."""
CHARACTERS_A_TOKEN: Final = 4


def recording_of(prompt: Prompt) -> Audio | None:
    """The recording that is to be written down, if that is what is asked."""
    for message in prompt.messages:
        for part in message.parts:
            if isinstance(part, Audio):
                return part
    return None


def refused(name: str) -> faults.ProviderFault:
    """A provider that has no such models."""
    message = f"{name} writes down no recordings. Choose a model of another provider."
    return faults.ProviderFault(message, code="cannot_transcribe")


async def written_down(
    name: str, access: Access, recording: Audio, prompt: Prompt
) -> AsyncIterator[StreamEvent]:
    """What is said in the recording of a prompt, whose system text may hint at names.

    Raises:
        ProviderFault: it did not work.
    """
    given: dict[str, Any] = {"response_format": "json"}
    if recording.language:
        given["language"] = recording.language
    if prompt.system:
        given["prompt"] = prompt.system
    try:
        made = await client_of(access).audio.transcriptions.create(
            model=access.model, file=(recording.name, recording.content, recording.mime), **given
        )
    except (openai.OpenAIError, httpx2.HTTPError, HeadraceError) as error:
        raise fault_of(name, error) from error
    except (ValueError, AttributeError, TypeError) as error:
        raise faults.unreadable(name) from error
    text = getattr(made, "text", None)
    if not isinstance(text, str):
        raise faults.unreadable(name)
    usage = _usage(getattr(made, "usage", None), text)
    yield Said(text)
    yield Counted(usage)
    # Which provider it was, the ledger says.
    yield Ended(Answer((Text(text),), "end", usage, access.model, name))


def _usage(told: Any, text: str) -> Usage:
    """By tokens or by seconds, whichever the server counts; else by what it wrote."""
    written = math.ceil(len(text) / CHARACTERS_A_TOKEN)
    seconds = getattr(told, "seconds", None)
    if isinstance(seconds, int | float):
        return Usage(math.ceil(seconds * TOKENS_A_SECOND), written)
    given, made = getattr(told, "input_tokens", None), getattr(told, "output_tokens", None)
    if isinstance(given, int) and isinstance(made, int):
        return Usage(given, made)
    return Usage(0, written)
