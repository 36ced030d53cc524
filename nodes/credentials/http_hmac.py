"""The secret that a webhook's sender signs its requests with."""

from __future__ import annotations

from headrace_sdk import CredentialType, Params
from nodes.credentials.form import secret


class Fields(Params):
    """What it consists of."""

    secret: str = secret("Signing secret", help="Shared with the sender. Never shown again.")


class HttpHmac(CredentialType):
    """Nothing is put on outgoing requests: it checks those that come in."""

    id = "http_hmac"
    title = "Webhook: signing secret"
    documentation = "Checks the HMAC signature of requests to a webhook."
    Fields = Fields
