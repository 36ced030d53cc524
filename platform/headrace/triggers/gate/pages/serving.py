"""Who may see a hosted page, how often it may be sent, and who serves which kind."""

from __future__ import annotations

from dataclasses import replace

from django.utils.crypto import salted_hmac

from headrace.tenants.context import TenantRef
from headrace.triggers.gate import receive as receiving
from headrace.triggers.gate.acceptance import Acceptance
from headrace.triggers.gate.http import Answer, Request, problem
from headrace.triggers.gate.lookup import Registered
from headrace.triggers.gate.pages.chat import Chat, serve_chat
from headrace.triggers.gate.pages.form import Form, serve_form
from headrace.triggers.gate.pages.pace import Pace
from headrace.triggers.gate.pages.widget import is_asked_for, widget
from headrace_sdk.pages import FormPage
from headrace_sdk.registrations import PageRegistration


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
        if not await receiving.is_allowed(trigger, request, content):
            answer = problem(401, "not_authenticated", "Sign in to see this page.")
            answer.headers["WWW-Authenticate"] = 'Basic realm="This page", charset="UTF-8"'
            return answer
        if request.method == "POST":
            wait_s = self._pace.wait_s(f"{owner.id}:{trigger.hook.node}:{request.client}")
            if wait_s:
                detail = "Too many were sent from where you are. Try again in a moment."
                return problem(429, "too_many_requests", detail, retry_after_s=wait_s)
        served = await self._served(trigger, registration, request, content, owner)
        return (
            replace(served, body=b"") if served is not None and request.method == "HEAD" else served
        )

    async def _served(
        self,
        trigger: Registered,
        registration: PageRegistration,
        request: Request,
        content: bytes,
        owner: TenantRef,
    ) -> Answer | None:
        page, who = registration.page, _who(registration, request)
        if isinstance(page, FormPage):
            form = Form(trigger, registration, page, who)
            return await serve_form(form, request, content, owner, self._acceptance)
        is_public = registration.auth == "none"
        chat = Chat(trigger, page, who, is_public, owner, self._acceptance)
        return await serve_chat(chat, request, content)


def _who(registration: PageRegistration, request: Request) -> str:
    """Ties what a page carries to who was let in, without naming them."""
    if registration.auth == "none":
        return ""
    given = request.headers.get("authorization", "")
    return salted_hmac("hosted page", given, algorithm="sha256").hexdigest()
