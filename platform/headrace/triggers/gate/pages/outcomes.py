"""What people see at the end: thanks, the answer of the run, or why it did not work."""

from __future__ import annotations

from typing import Any, Final

import orjson

from headrace.triggers.gate import replies
from headrace.triggers.gate.acceptance import Told
from headrace.triggers.gate.http import Answer
from headrace.triggers.gate.lookup import Registered
from headrace.triggers.gate.pages.drawing import page
from headrace_sdk.errors import UserError
from headrace_sdk.items import JsonValue
from headrace_sdk.pages import FormPage, Theme, checked_address
from headrace_sdk.texts import as_text

LATE: Final = "Your answers have been received. They are still being worked on."
FAILED: Final = "Your answers have been received, but working on them failed."
PROBLEM: Final = "application/problem+json"
PLAIN: Final = Theme()


def thanked(form: FormPage) -> Answer:
    """The thanks, or the way to where people are sent on."""
    if form.redirect:
        return Answer(303, b"", headers={"Location": form.redirect})
    return _outcome(form.theme, form.thanks_title, form.thanks_text)


def expired(theme: Theme) -> Answer:
    """The page was open for too long, or the form was changed meanwhile; nothing was accepted."""
    text = "It was open for too long, or the form has changed. Nothing was sent."
    return _outcome(theme, "Please begin again", text, status=403, again=True)


def refused(theme: Theme, status: int, text: str) -> Answer:
    """A request that is not served."""
    return _outcome(theme, "This did not work", text, status=status)


def readable(answer: Answer) -> Answer:
    """A problem as a page for people; every other answer as it is."""
    if answer.content_type != PROBLEM:
        return answer
    problem = orjson.loads(answer.body)
    text = "Nothing can be filled in here." if answer.status == 404 else problem["detail"]
    paths = [error["path"] for error in problem["errors"]]
    drawn = _outcome(PLAIN, "This did not work", text, status=answer.status, paths=paths)
    drawn.headers |= answer.headers
    return drawn


async def answered(trigger: Registered, form: FormPage, told: Told | None) -> Answer:
    """What the run gave: a text or values as a page of ours, anything else as it is, sandboxed."""
    if told is None:
        return _outcome(form.theme, form.thanks_title, LATE, status=202)
    if told.get("reply"):
        return await _replied(trigger, form, told)
    if told["status"] != "completed":
        return _outcome(form.theme, "This did not work", FAILED, status=500)
    items = told.get("items") or [{"json": {}}]
    return _outcome(form.theme, form.thanks_title, "", values=items[0]["json"])


async def _replied(trigger: Registered, form: FormPage, told: Told) -> Answer:
    answer = await replies.answer_for(trigger, told)
    reply = told["reply"]
    if answer.status in range(300, 400):
        return _sent_on(form, answer)
    if reply["kind"] == "json" and isinstance(reply["body"], dict):
        return _outcome(form.theme, form.thanks_title, "", reply["body"], answer.status)
    if answer.content_type.startswith("text/plain"):
        text = answer.body.decode("utf-8", "replace")
        return _outcome(form.theme, form.thanks_title, text, status=answer.status)
    return answer


def _sent_on(form: FormPage, answer: Answer) -> Answer:
    """A redirect of a Respond node, to the web only (S-042)."""
    found = [value for name, value in answer.headers.items() if name.lower() == "location"]
    try:
        address = checked_address(found[0] if found else "", field="headers")
    except UserError:
        address = ""
    if not address:
        return _outcome(form.theme, "This did not work", FAILED, status=502)
    return Answer(303, b"", headers={"Location": address})


def _outcome(
    theme: Theme,
    title: str,
    text: str,
    values: JsonValue = None,
    status: int = 200,
    **facts: Any,
) -> Answer:
    rows = values if isinstance(values, dict) else {}
    shown = {name: as_text(value) for name, value in rows.items()}
    facts |= {"title": title, "text": text, "values": shown}
    return page("outcome", facts, theme=theme, status=status, is_framed=True)
