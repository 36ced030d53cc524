"""Who may see a hosted page, how often it may be sent, and who serves which kind."""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs

from django.utils.crypto import salted_hmac

from headrace.accounts.visits import Visitor
from headrace.tenants.context import TenantRef
from headrace.triggers.gate import receive as receiving
from headrace.triggers.gate.acceptance import Acceptance
from headrace.triggers.gate.http import Answer, Request, problem
from headrace.triggers.gate.lookup import Registered
from headrace.triggers.gate.pages.chat import Chat, serve_chat
from headrace.triggers.gate.pages.drawing import framed
from headrace.triggers.gate.pages.form import Form, serve_form
from headrace.triggers.gate.pages.members import to_the_app, visitor_of
from headrace.triggers.gate.pages.pace import Pace
from headrace.triggers.gate.pages.widget import is_asked_for, widget
from headrace_sdk.pages import FormPage
from headrace_sdk.registrations import PageRegistration

_FOR_SCRIPTS: Final = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "POST",
    "Access-Control-Max-Age": "600",
}
"""Scripts of our own pages are sandboxed, and so of another site to their own address. What is
answered to somebody who brought no seal of ours holds nothing that others may not know."""


class Pages:
    """Serves every hosted page of this process."""

    def __init__(self, acceptance: Acceptance) -> None:
        self._acceptance = acceptance
        self._pace = Pace()

    async def serve(
        self, trigger: Registered, request: Request, content: bytes, owner: TenantRef
    ) -> Answer | None:
        """The answer; `None` when the trigger's version is no longer the active one."""
        registration = trigger.registration
        assert isinstance(registration, PageRegistration)
        if is_asked_for(request):
            return widget(registration.page, is_public=registration.auth == "none")
        # Only a password keeps the scripts of our pages out: they cannot give one.
        is_scripted = registration.auth != "basic"
        if is_scripted and request.method == "OPTIONS":
            return Answer(204, headers={**_FOR_SCRIPTS})
        visitor = await visitor_of(request) if registration.auth == "members" else None
        answer = await self._refused(trigger, visitor, request, content, owner)
        if answer is None:
            answer = await self._served(trigger, visitor, request, content, owner)
        if answer is not None and request.method == "HEAD":
            return replace(answer, body=b"")
        if answer is not None and is_scripted and request.method == "POST":
            answer.headers |= _FOR_SCRIPTS
        return answer

    async def _refused(
        self,
        trigger: Registered,
        visitor: Visitor | None,
        request: Request,
        content: bytes,
        owner: TenantRef,
    ) -> Answer | None:
        """Why somebody may not see or send this now."""
        if trigger.registration.auth == "members":
            if visitor is None:
                return to_the_app(request, owner)
        elif not await receiving.is_allowed(trigger, request, content):
            answer = problem(401, "not_authenticated", "Sign in to see this page.")
            answer.headers["WWW-Authenticate"] = 'Basic realm="This page", charset="UTF-8"'
            return answer
        if request.method == "POST":
            wait_s = self._pace.wait_s(f"{owner.id}:{trigger.hook.node}:{request.client}")
            if wait_s:
                detail = "Too many were sent from where you are. Try again in a moment."
                return problem(429, "too_many_requests", detail, retry_after_s=wait_s)
        return None

    async def _served(
        self,
        trigger: Registered,
        visitor: Visitor | None,
        request: Request,
        content: bytes,
        owner: TenantRef,
    ) -> Answer | None:
        registration = trigger.registration
        assert isinstance(registration, PageRegistration)
        page = registration.page
        who = visitor.id.hex if visitor else _who(registration, request)
        if "embedded" in parse_qs(request.query):
            page = replace(page, theme=framed(page.theme))
        if isinstance(page, FormPage):
            form = Form(trigger, registration, page, who, visitor)
            return await serve_form(form, request, content, owner, self._acceptance)
        chat = Chat(trigger, page, who, visitor, owner, self._acceptance)
        return await serve_chat(chat, request, content)


def _who(registration: PageRegistration, request: Request) -> str:
    """Ties what a page carries to who was let in, without naming them."""
    if registration.auth == "none":
        return ""
    given = request.headers.get("authorization", "")
    return salted_hmac("hosted page", given, algorithm="sha256").hexdigest()
