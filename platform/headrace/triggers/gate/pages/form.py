"""Serves a form: draws its pages, checks what people send, and begins the execution at the end."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from headrace.accounts.visits import Visitor
from headrace.tenants.context import TenantRef
from headrace.triggers.gate import body as bodies
from headrace.triggers.gate.acceptance import Acceptance
from headrace.triggers.gate.http import Answer, Request
from headrace.triggers.gate.lookup import Registered
from headrace.triggers.gate.pages import journey as journeys
from headrace.triggers.gate.pages import outcomes, uploads
from headrace.triggers.gate.pages.drawing import page
from headrace.triggers.gate.pages.journey import Expired, Journey
from headrace.triggers.gate.pages.reading import Refused, read
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.node import Arrival
from headrace_sdk.pages import FormPage, Question
from headrace_sdk.registrations import PageRegistration
from headrace_sdk.texts import as_text

STATE: Final = "_state"
ACTION: Final = "_action"
TRAP: Final = "_website"
"""A field that people do not see; programs that fill in everything fill it in, too."""


@dataclass(frozen=True, slots=True)
class Form:
    """One form, for whoever asks for it."""

    trigger: Registered
    registration: PageRegistration
    page: FormPage
    who: str
    visitor: Visitor | None = None

    def begun(self) -> Answer:
        """The first page, for a new filling in."""
        journey = Journey(self.who, str(self.trigger.hook.version_id))
        return self.drawn(journey, {}, {})

    def drawn(
        self, journey: Journey, given: Mapping[str, JsonValue], errors: Mapping[str, str]
    ) -> Answer:
        """The page where the journey stands; `given` is what was typed and refused."""
        step = self.page.steps[journey.step]
        shown = [
            _field(question, given.get(question.name, journey.answers.get(question.name)), errors)
            | {"file": journey.files.get(question.name, {}).get("name", "")}
            for question in step.questions
        ]
        before = journeys.step_before(self.page.steps, journey.step, journey.answers)
        following = journeys.next_step(self.page.steps, journey.step, journey.answers)
        facts = {
            "form": self.page,
            "step": step,
            "number": journey.step + 1,
            "pages": len(self.page.steps),
            "fields": shown,
            "faulty": [one for one in shown if one["error"]],
            "is_first": before is None,
            "button": self.page.submit
            if following is None and not _may_branch(self.page, journey)
            else "Next",
            "state": journey.sealed(self.trigger.hook),
        }
        is_public = self.registration.auth == "none"
        asks_file = any(question.kind == "file" for question in step.questions)
        return page(
            "form",
            facts,
            theme=self.page.theme,
            status=422 if errors else 200,
            may_post_to=self._targets(),
            is_framed=is_public,
            scripts=["form.js"] if asks_file and self._may_script else (),
        )

    @property
    def _may_script(self) -> bool:
        """A script of a page without an origin cannot sign in by a password."""
        return self.visitor is not None or self.registration.auth == "none"

    def _targets(self) -> list[str]:
        """Where the form may lead: browsers apply the policy to redirects, too."""
        if self.registration.respond == "respond_node":
            return ["'self'", "https:", "http:"]
        target = urlsplit(self.page.redirect)
        return ["'self'", f"{target.scheme}://{target.netloc}"] if target.netloc else ["'self'"]


def _may_branch(form: FormPage, journey: Journey) -> bool:
    """May an answer of this page bring up a later one that is hidden so far?"""
    here = {question.name for question in form.steps[journey.step].questions}
    later = form.steps[journey.step + 1 :]
    return any(step.only_if and step.only_if[0] in here for step in later)


def _field(question: Question, value: JsonValue, errors: Mapping[str, str]) -> dict[str, Any]:
    chosen = value if isinstance(value, list) else [value]
    return {
        "question": question,
        "value": "" if isinstance(value, list | bool) else as_text(value),
        "is_ticked": value in (True, "true"),
        "choices": [(choice, choice in chosen) for choice in question.choices],
        "accept": ",".join(question.accept),
        "error": errors.get(question.name, ""),
    }


async def serve_form(
    form: Form, request: Request, content: bytes, owner: TenantRef, acceptance: Acceptance
) -> Answer | None:
    """The answer to a request; `None` when the form's version is no longer the active one.

    Raises:
        Unreadable: the body is malformed.
    """
    if request.method in {"GET", "HEAD"}:
        return form.begun()
    if request.method != "POST":
        return outcomes.refused(form.page.theme, 405, "A form is read and sent only.")
    if uploads.field_of(request):
        hook, steps = form.trigger.hook, form.page.steps
        return await uploads.received(hook, form.who, steps, request, content)
    return await _received(form, request, content, owner, acceptance)


async def _received(
    form: Form, request: Request, content: bytes, owner: TenantRef, acceptance: Acceptance
) -> Answer | None:
    """One page came back."""
    body = bodies.parse(content, request.headers.get("content-type", ""), keep_raw=False)
    given = body.value if isinstance(body.value, dict) else {}
    try:
        journey = journeys.opened(given.get(STATE), form.trigger.hook, form.who)
    except Expired:
        return outcomes.expired(form.page.theme)
    if given.get(ACTION) == "back":
        return _back(form, journey)
    errors = await _taken(form, journey, given, body.files)
    if errors:
        return form.drawn(journey, given, errors)
    return await _forward(form, journey, is_trapped=bool(given.get(TRAP)), to=(owner, acceptance))


def _back(form: Form, journey: Journey) -> Answer:
    before = journeys.step_before(form.page.steps, journey.step, journey.answers)
    journey.step = journey.step if before is None else before
    return form.drawn(journey, {}, {})


async def _forward(
    form: Form, journey: Journey, *, is_trapped: bool, to: tuple[TenantRef, Acceptance]
) -> Answer | None:
    """The next page, or the end."""
    journeys.forget_hidden(form.page.steps, journey)
    following = journeys.next_step(form.page.steps, journey.step, journey.answers)
    if following is not None:
        journey.step = following
        return form.drawn(journey, {}, {})
    if is_trapped:
        return outcomes.thanked(form.page)
    return await _sent(form, journey, *to)


async def _taken(
    form: Form, journey: Journey, given: Mapping[str, JsonValue], parts: Mapping[str, bodies.Part]
) -> dict[str, str]:
    """Take the answers of one page into the journey; what is wrong with the others, by name.

    Only what the page asks for is looked at (S-058).
    """
    errors: dict[str, str] = {}
    for question in form.page.steps[journey.step].questions:
        try:
            if question.kind == "file":
                sent, part = given.get(question.name), parts.get(question.name)
                await uploads.take(form.trigger.hook, question, journey, sent, part)
            else:
                journey.answers[question.name] = read(question, given.get(question.name))
        except Refused as refusal:
            errors[question.name] = str(refusal)
    return errors


async def _sent(
    form: Form, journey: Journey, owner: TenantRef, acceptance: Acceptance
) -> Answer | None:
    """Begin the execution, then say so: never the other way round (P-1)."""
    now = datetime.fromtimestamp(int(time.time()), UTC).isoformat()
    data: JsonObject = {"answers": journey.answers, "submitted_at": now}
    if form.visitor:
        data["user"] = form.visitor.to_json()
    arrival = Arrival(data, journey.file_refs() or None)
    begun = acceptance.beginning(form.trigger, arrival, dedupe_key=f"form:{journey.key}")
    async with acceptance.accepted(begun, owner) as accepted:
        if accepted is None:
            return None
        if form.registration.respond == "immediately":
            return outcomes.thanked(form.page)
        told = (
            await acceptance.told(accepted)
            if accepted.ref.is_new
            else await acceptance.told_before(accepted.ref.id, owner)
        )
    return await outcomes.answered(form.trigger, form.page, told)
