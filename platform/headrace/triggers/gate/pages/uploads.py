"""A file that is sent as soon as it is chosen: its progress and its faults are seen at once.

The page carries what was stored, signed, until it is sent; without a script the file comes with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast
from urllib.parse import parse_qs

import orjson

from headrace.files import actions as files
from headrace.tenants.threads import in_thread
from headrace.triggers.gate import body as bodies
from headrace.triggers.gate.http import Answer, Request
from headrace.triggers.gate.lookup import Hook
from headrace.triggers.gate.pages import journey as journeys
from headrace.triggers.gate.pages.journey import Expired, Journey
from headrace.triggers.gate.pages.reading import Refused, check_file
from headrace_sdk.items import JsonValue
from headrace_sdk.pages import FormStep, Question


def field_of(request: Request) -> str:
    """The name of the field whose file is sent ahead; empty for a page that is sent."""
    return parse_qs(request.query).get("upload", [""])[0]


async def received(
    hook: Hook, who: str, steps: Sequence[FormStep], request: Request, content: bytes
) -> Answer:
    """Keep one file for the page that it was chosen on: `{"sealed", "name"}`, or `{"error"}`.

    Raises:
        Unreadable: the body is malformed.
    """
    body = bodies.parse(content, request.headers.get("content-type", ""), keep_raw=False)
    given = body.value if isinstance(body.value, dict) else {}
    try:
        journey = journeys.opened(given.get("_state"), hook, who)
        name = field_of(request)
        question, part = _asked(steps[journey.step], name), body.files.get(name)
        if question is None or part is None:
            return _answer(422, error="Choose a file.")
        facts = await _kept(question, part)
    except Expired:
        return _answer(403, error="This page was open for too long. Please begin again.")
    except Refused as refusal:
        return _answer(422, error=str(refusal))
    return _answer(200, sealed=journey.sealed_file(hook, name, facts), name=part.name)


async def take(
    hook: Hook, question: Question, journey: Journey, given: JsonValue, part: bodies.Part | None
) -> None:
    """Put the file of a field into the journey: one sent before, or one that came with the page.

    Raises:
        Refused: it is missing, or not what is asked for.
    """
    if part is not None and (part.name or part.content):
        journey.files[question.name] = await _kept(question, part)
        return
    facts = journey.unsealed_file(hook, question.name, given)
    if facts is not None:
        journey.files[question.name] = facts
    elif question.required and question.name not in journey.files:
        raise Refused("Choose a file.")


def _asked(step: FormStep, name: str) -> Question | None:
    return next((one for one in step.questions if (one.kind, one.name) == ("file", name)), None)


async def _kept(question: Question, part: bodies.Part) -> dict[str, Any]:
    check_file(question, part)
    file = await in_thread(files.put, part.content, name=part.name, mime=part.mime, is_loose=True)
    return cast("dict[str, Any]", file.to_json())


def _answer(status: int, **facts: str) -> Answer:
    return Answer(status, orjson.dumps(facts))
