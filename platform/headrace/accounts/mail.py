"""Letters to people, by the mail server that the operator named, if any."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Final
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

logger = logging.getLogger(__name__)

TIMEOUT_S: Final = 10
_PORTS: Final = {"smtps": 465, "smtp": 587, "smtp+plain": 25}

_behind = ThreadPoolExecutor(max_workers=2, thread_name_prefix="mail")


def is_set_up() -> bool:
    """Has the operator named a mail server?"""
    return bool(settings.HEADRACE_SMTP_URL)


def send(to: str, subject: str, text: str) -> bool:
    """Hand a letter to the mail server. Call it after the commit, never inside a transaction.

    Returns:
        Whether the server took it; a failure is logged, and the caller shows another way.
    """
    if not is_set_up():
        return False
    letter = EmailMessage(
        subject=" ".join(subject.split()),
        body=text,
        from_email=settings.HEADRACE_MAIL_FROM,
        to=[to],
        connection=_server(settings.HEADRACE_SMTP_URL),
    )
    try:
        return letter.send() == 1
    except OSError:
        # smtplib's errors are OSErrors, too.
        logger.exception("The mail server did not take a letter.")
        return False


def send_behind(to: str, subject: str, text: str) -> None:
    """The same in another thread: the time it takes must not tell whether there was a letter."""
    _behind.submit(send, to, subject, text)


def _server(url: str) -> EmailBackend:
    parts = urlsplit(url)
    return EmailBackend(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        username=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        use_tls=parts.scheme == "smtp",
        use_ssl=parts.scheme == "smtps",
        timeout=TIMEOUT_S,
    )
