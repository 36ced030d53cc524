"""Sends e-mails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from headrace_sdk import (
    Context,
    Credential,
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
    Rate,
    Suspension,
    UserError,
    Wake,
    each_item,
    fields,
    required_credential,
    to_main,
)
from headrace_sdk.pacing import Pace
from headrace_sdk.summaries import shown
from nodes.messages.mail import Attachment, Draft, letter
from nodes.messages.mail_server import MailServer

MAX_ATTACHED_BYTES: Final = 25 * 1024 * 1024
"""What the large providers take."""


class Form(Params):
    """The e-mail."""

    sender: str = fields.text(
        "From",
        placeholder="Shop <shop@example.com>",
        help="One that the server lets you send as.",
    )
    to: str = fields.text(
        "To", placeholder="ada@example.com, bob@example.com", help="Separated by commas."
    )
    subject: str = fields.text("Subject", placeholder="Your order {{ $json.number }}")
    text: str = fields.textarea("Text", "", rows=8)
    html: str = fields.code(
        "HTML",
        "",
        language="html",
        help="Sent along with the text, for programs that show it. Escape what strangers wrote.",
    )
    attachments: list[str] = fields.tags(
        "Attached files", help="Names of files on the item, such as data.", at_most=50
    )
    cc: str = fields.text("Cc", "", advanced=True, half=True)
    bcc: str = fields.text("Bcc", "", advanced=True, half=True)
    reply_to: str = fields.text("Reply to", "", advanced=True)
    per_minute: int = fields.number(
        "At most so many a minute",
        0,
        minimum=0,
        maximum=10_000,
        help="Spread evenly over all runs that send with the same credential. 0: as fast as the "
        "server takes them.",
        advanced=True,
        expression=False,
    )
    repeat: bool = fields.toggle(
        "Send again when in doubt",
        True,
        help="A worker that dies while sending leaves it open whether the e-mail went out. It is "
        "then sent again with the same Message-ID, by which most programs show it once. Off: the "
        "step waits for a person.",
        advanced=True,
        expression=False,
    )


class SendEmail(Node[Form]):
    """Sends an e-mail for each item through the server of an SMTP credential.

    Text and HTML may both be given; programs show the one they can. Files of the item go along by
    their names. What comes out says whom the server took it for and whom it refused, and the
    `message_id` by which answers refer to it. If it refuses everybody, the item fails; a refusal
    for now is worth a retry.

    Where a server takes only so many a minute, say so in every node that uses its credential: they
    share the rate, and a run whose turn has not come waits for it without holding a worker.

    An address or subject with a line break is refused, for it could add headers of its own. An
    e-mail counts as sent when the server has taken it; what comes back later comes to the sender.
    """

    type = "messages.send_email"
    title = "Send E-mail"
    category = "message"
    icon = "mail"
    synonyms = ("smtp", "mail", "gmail", "outlook", "message", "newsletter")
    place = "async"
    effect = "write"
    sends_idempotency_key = True
    per_item = True
    credentials = (CredentialSlot("server", ("smtp",)),)
    Params = Form
    output_schema = {
        "type": "object",
        "properties": {
            "message_id": {"type": "string"},
            "accepted": {"type": "array", "items": {"type": "string"}},
            "refused": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "address": {"type": "string"},
                        "code": {"type": "integer"},
                        "reason": {"type": "string"},
                    },
                },
            },
        },
    }
    examples = (
        Example(
            "A word of thanks",
            {
                "sender": "Shop <shop@example.com>",
                "to": "ada@example.com",
                "subject": "Your order 17",
                "text": "Thank you! It is on its way.",
            },
            [{}],
            {"main": [{"message_id": "<…>", "accepted": ["ada@example.com"], "refused": []}]},
            needs="an SMTP server",
        ),
    )

    @classmethod
    def is_keyed(cls, params: Form) -> bool:
        """The Message-ID is the same in every attempt."""
        return params.repeat

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """To whom."""
        return shown(params.get("to"))

    async def run(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs
    ) -> Outputs | Suspension:
        """At once, or when those have been sent that other runs asked for before."""
        credential = await required_credential(ctx, "server")
        start = await _turn(ctx, params.first.per_minute, credential, len(inputs.main))
        if start is not None and start > ctx.now:
            return Suspension("time", until=start)
        return await self._send(ctx, params, inputs)

    async def resume(
        self, ctx: Context, params: ParamSet[Form], inputs: Inputs, wake: Wake
    ) -> Outputs:
        """Their turn has come."""
        return await self._send(ctx, params, inputs)

    async def _send(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """One connection for all items, one e-mail after the other."""
        pace = Pace(params.first.per_minute, 60)
        async with MailServer(ctx.net, await required_credential(ctx, "server")) as server:

            async def call(index: int, item: Item) -> Outputs:
                try:
                    sent = letter(await _draft(ctx, params[index], item, index))
                    await pace.wait()
                    refused = await server.send(sent)
                except NodeError as error:
                    error.item = index
                    raise
                away = {one["address"] for one in refused}
                told: JsonObject = {
                    "message_id": sent.message_id,
                    "accepted": [one for one in sent.recipients if one not in away],
                    "refused": _values(refused),
                }
                return to_main([Item(told, None, (Pair(0, index),))])

            return await each_item(ctx.outcomes, inputs.main, call)


async def _turn(
    ctx: Context, per_minute: int, credential: Credential, letters: int
) -> datetime | None:
    """When the first e-mail of this run may go; `None`: now.

    The run takes places for all of them; the shared rate tells when the last one has its own.
    """
    if not per_minute or not letters:
        return None
    key, rate = f"send_email:{credential.id}", Rate(per_minute, 60, 1)
    turn = await ctx.coordination.take(key, letters, rate, waits=True, scope="tenant")
    return turn.at and turn.at - timedelta(seconds=(letters - 1) * 60 / per_minute)


def _values(rows: Sequence[JsonObject]) -> list[JsonValue]:
    return list(rows)


async def _draft(ctx: Context, form: Form, item: Item, index: int) -> Draft:
    attachments: list[Attachment] = []
    files = item.binary or {}
    for name in form.attachments:
        file = files.get(name)
        if file is None:
            message = f"The item has no file {name!r}; it has {', '.join(files) or 'none'}."
            raise UserError(message, field="attachments", code="no_file")
        if sum(len(one.content) for one in attachments) + file.size > MAX_ATTACHED_BYTES:
            message = "The files together are too large for an e-mail (25 MiB). Send a link."
            raise UserError(message, field="attachments", code="too_large")
        attachments.append(Attachment(file.name, file.mime, await ctx.files.read(file)))
    return Draft(
        key=ctx.idempotency_key(index),
        at=ctx.now,
        sender=form.sender,
        to=form.to,
        subject=form.subject,
        text=form.text,
        html=form.html,
        cc=form.cc,
        bcc=form.bcc,
        reply_to=form.reply_to,
        attachments=attachments,
    )
