"""Builds an e-mail: addresses that are checked, text and HTML, files; nothing smuggled in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address, AddressHeader
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final, cast

from headrace_sdk import UserError

MAX_RECIPIENTS: Final = 100
_LOCAL_PART: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")  # RFC 5322, dot-atom
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
_SEPARATOR: Final = re.compile(r"[;\n]\s*")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as it goes along."""

    name: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """An e-mail, checked, and whom the envelope names."""

    message_id: str
    sender: str
    recipients: tuple[str, ...]
    content: bytes


def addresses(text: str, *, field: str) -> tuple[Address, ...]:
    """The addresses in a text such as `Ada <ada@example.com>, bob@example.com`.

    Raises:
        UserError: one of them is no address (`invalid_address`).
    """
    joined = _SEPARATOR.sub(", ", text.strip(" ,;\n")).strip()
    if not joined:
        return ()
    if _CONTROL.search(joined):
        message = "An address holds a line break or another control character."
        raise UserError(message, field=field, code="invalid_address")
    header = SMTP.header_factory("to", joined)
    found = [_checked(address, field) for address in cast("AddressHeader", header).addresses]
    if not found or header.defects:
        message = f"These are no e-mail addresses: {joined[:100]!r}. Separate them by commas."
        raise UserError(message, field=field, code="invalid_address")
    return tuple(found)


def _checked(address: Address, field: str) -> Address:
    try:
        domain = address.domain.encode("idna").decode("ascii")
    except UnicodeError:
        domain = ""
    if not domain or not _LOCAL_PART.fullmatch(address.username):
        message = f"{str(address)[:100]!r} is no e-mail address such as ada@example.com."
        raise UserError(message, field=field, code="invalid_address")
    return Address(address.display_name, address.username, domain)


@dataclass(frozen=True, slots=True)
class Draft:
    """What an e-mail is made of, as people wrote it; `key` makes its Message-ID."""

    key: str
    at: datetime
    sender: str
    to: str
    subject: str
    text: str = ""
    html: str = ""
    cc: str = ""
    bcc: str = ""
    reply_to: str = ""
    attachments: Sequence[Attachment] = ()


def letter(draft: Draft) -> Letter:
    """The e-mail as it is sent: in ASCII, the bcc in the envelope only.

    Raises:
        UserError: an address or the subject cannot be sent, or there is nothing to send.
    """
    senders = addresses(draft.sender, field="sender")
    if len(senders) != 1:
        message = "An e-mail is from one address."
        raise UserError(message, field="sender", code="invalid_address")
    named = {name: addresses(getattr(draft, name), field=name) for name in ("to", "cc", "bcc")}
    everybody = [address.addr_spec for found in named.values() for address in found]
    recipients = tuple(dict.fromkeys(everybody))
    if not recipients or len(recipients) > MAX_RECIPIENTS:
        message = f"An e-mail goes to 1 to {MAX_RECIPIENTS} addresses, not {len(recipients)}."
        raise UserError(message, field="to", code="invalid_address")
    if _CONTROL.search(draft.subject):
        message = "The subject holds a line break or another control character. Take it out."
        raise UserError(message, field="subject", code="invalid_header")
    message_id = f"<{draft.key.replace(':', '.')}@{senders[0].domain}>"
    mail = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    mail["Message-ID"] = message_id
    mail["Date"] = draft.at
    mail["From"] = senders
    for name, header in (("to", "To"), ("cc", "Cc")):
        if named[name]:
            mail[header] = named[name]
    if replies := addresses(draft.reply_to, field="reply_to"):
        mail["Reply-To"] = replies
    mail["Subject"] = draft.subject
    _fill(mail, draft)
    return Letter(message_id, senders[0].addr_spec, recipients, mail.as_bytes())


def _fill(mail: EmailMessage, draft: Draft) -> None:
    if draft.text or not draft.html:
        mail.set_content(_sendable(draft.text))
        if draft.html:
            mail.add_alternative(_sendable(draft.html), subtype="html")
    else:
        mail.set_content(_sendable(draft.html), subtype="html")
    for one in draft.attachments:
        main, _, sub = one.mime.partition("/")
        if not re.fullmatch(r"(?!multipart/|message/)[\w.+-]+/[\w.+-]+", one.mime, re.ASCII):
            main, sub = "application", "octet-stream"
        name = _CONTROL.sub("_", _sendable(one.name))
        mail.add_attachment(one.content, maintype=main, subtype=sub, filename=name)


def _sendable(text: str) -> str:
    """Half of a surrogate pair has no bytes in UTF-8; it becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
