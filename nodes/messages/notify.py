"""Tells members of the workspace something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from headrace_sdk import (
    Context,
    CredentialSlot,
    Example,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    Node,
    NodeError,
    Outputs,
    Pair,
    Params,
    ParamSet,
    UpstreamError,
    UserError,
    each_item,
    fields,
    to_main,
)
from headrace_sdk.notifications import MAX_TITLE, Note, Recipient, Urgency, Way
from headrace_sdk.strict_json import dumps
from headrace_sdk.summaries import shown
from nodes.messages.mail import Draft, letter
from nodes.messages.mail_server import MailServer


class Form(Params):
    """Whom, and of what."""

    to: list[str] = fields.tags(
        "To",
        at_least=0,
        at_most=200,
        placeholder="ada@example.com",
        help="Addresses of members, role:admin for those who have the role or a stronger one, or "
        "everyone.",
    )
    title: str = fields.text(
        "Title", max_length=MAX_TITLE, placeholder="Order {{ $json.number }} needs a look"
    )
    text: str = fields.textarea("Text", "", rows=5)
    urgency: Urgency = fields.select(
        "Urgency",
        "normal",
        labels={"low": "Low", "normal": "Normal", "high": "High"},
        help="People choose in their account by which ways they hear of what.",
    )
    sender: str = fields.text(
        "Sender of e-mails",
        "",
        placeholder="Workflows <workflows@example.com>",
        help="One that the server of the credential lets you send as.",
        advanced=True,
    )


class Notify(Node[Form]):
    """Tells members of this workspace something, by the ways that each of them chose.

    In their account people say for each urgency whether they want to see it here (at the bell), by
    e-mail, or at a webhook of their own, such as that of a chat. Who chose nothing sees it here,
    and what is urgent by e-mail, too. E-mails need the credential of an SMTP server and a sender;
    without them they are left out, and `failed` says so.

    Each person is told once for each item, also when the step is repeated. The item fails if
    nobody could be told in any way.
    """

    type = "messages.notify"
    title = "Notify"
    category = "message"
    icon = "bell"
    synonyms = ("notification", "alert", "tell", "in-app", "message", "bell", "ping")
    place = "async"
    effect = "write"
    # What is kept here is kept once; e-mails and webhooks carry the same key in every attempt.
    sends_idempotency_key = True
    per_item = True
    credentials = (CredentialSlot("server", ("smtp",), required=False),)
    Params = Form
    examples = (
        Example(
            "An order needs a look",
            {"to": ["ada@example.com"], "title": "Order 17 needs a look", "urgency": "high"},
            [{"number": 17}],
            {"main": [{"told": [{"to": "ada@example.com", "way": "in_app"}], "failed": []}]},
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Whom."""
        to = params.get("to")
        return ", ".join(map(shown, to)) if isinstance(to, list) else ""

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """Who was told, and how."""
        credential = await ctx.credential("server")
        server = MailServer(ctx.net, credential) if credential else None

        async def call(index: int, item: Item) -> Outputs:
            telling = _Telling(ctx, params[index], index, server)
            told = await telling.everybody()
            return to_main([Item(told, None, (Pair(0, index),))])

        try:
            return await each_item(ctx.outcomes, inputs.main, call)
        finally:
            if server is not None:
                await server.__aexit__()


@dataclass(slots=True)
class _Telling:
    ctx: Context
    form: Form
    index: int
    server: MailServer | None
    told: list[JsonValue] = field(default_factory=list)
    failed: list[JsonValue] = field(default_factory=list)
    first_error: NodeError | None = None

    async def everybody(self) -> JsonObject:
        """`{"told": [{"to", "way"}], "failed": [{"to", "way", "reason"}]}`.

        Raises:
            NodeError: nobody is meant, or could be told.
        """
        form = self.form
        note = Note(form.title, form.text, form.urgency)
        try:
            people = await self.ctx.notifications.tell(form.to, note, item=self.index)
        except NodeError as error:
            error.item = self.index
            raise
        await self._by_all_ways(people)
        if self.first_error is not None and not self.told:
            self.first_error.item = self.index
            raise self.first_error
        return {"told": self.told, "failed": self.failed}

    async def _by_all_ways(self, people: Sequence[Recipient]) -> None:
        for number, person in enumerate(people):
            for way in person.ways:
                try:
                    await self._one(way, person, number)
                except NodeError as error:
                    self.first_error = self.first_error or error
                    reason = {"to": person.email, "way": way, "reason": error.message}
                    self.failed.append({**reason})
                else:
                    self.told.append({"to": person.email, "way": way})

    async def _one(self, way: Way, person: Recipient, number: int) -> None:
        if way == "email":
            await self._by_email(person, number)
        elif way == "webhook":
            await self._by_webhook(person)

    async def _by_email(self, person: Recipient, number: int) -> None:
        if self.server is None or not self.form.sender:
            message = "E-mails need the credential of an SMTP server and a sender."
            raise UserError(message, field="sender", code="no_sender")
        draft = Draft(
            key=self.ctx.idempotency_key(self.index, number),
            at=self.ctx.now,
            sender=self.form.sender,
            to=person.email,
            subject=" ".join(self.form.title.split()),
            text=self.form.text or self.form.title,
        )
        await self.server.send(letter(draft))

    async def _by_webhook(self, person: Recipient) -> None:
        form, execution = self.form, self.ctx.execution
        told: JsonObject = {
            # What chats show of a message.
            "text": f"{form.title}\n{form.text}".strip(),
            "title": form.title,
            "urgency": form.urgency,
            "workflow": execution.workflow_name,
            "execution": execution.id,
        }
        response = await self.ctx.http.request(
            "POST",
            person.webhook,
            headers={"Content-Type": "application/json"},
            body=dumps(told),
            follow_redirects=False,
            item=self.index,
        )
        if response.status >= 300:
            message = f"The webhook of {person.email} answered {response.status}."
            raise UpstreamError(message, status=response.status, code="http_status")
