"""The script that puts a hosted page into any other: `<script src="…/chat/support?widget">`."""

from __future__ import annotations

from urllib.parse import parse_qs

import orjson

from headrace.triggers.gate.http import Answer, Request, problem
from headrace.triggers.gate.pages.drawing import accent_of, asset, readable_on
from headrace_sdk.pages import Page

SCRIPT = "text/javascript; charset=utf-8"


def is_asked_for(request: Request) -> bool:
    """Is it the script that is wanted, and not the page?"""
    query = parse_qs(request.query, keep_blank_values=True)
    return request.method in {"GET", "HEAD"} and "widget" in query


def widget(page: Page, *, is_public: bool) -> Answer:
    """The script; there is none for a page with a password, which no other site may show."""
    if not is_public:
        detail = "A page with a password cannot be shown by another site."
        return problem(404, "not_embeddable", detail)
    accent = accent_of(page.theme)
    facts = {
        "title": page.title,
        "kind": page.kind,
        "accent": accent,
        "onAccent": readable_on(accent),
    }
    # A text within a text: nothing in it can end the string, or the script.
    quoted = orjson.dumps(orjson.dumps(facts).decode()).decode()
    body = asset("widget.js").replace('"__FACTS__"', quoted)
    return Answer(200, body.encode(), SCRIPT)
