"""Credential types: what a kind of secret consists of and how it is put on a request."""

from __future__ import annotations

from typing import ClassVar, Protocol

from headrace_sdk import fields
from headrace_sdk.errors import SecretError
from headrace_sdk.forms import Params
from headrace_sdk.probing import Probe
from headrace_sdk.secret import Credential, RequestAuth, Secret

__all__ = ["Credential", "CredentialType", "RequestAuth", "Secret", "required_credential"]


class Slots(Protocol):
    """What opens credentials: the context of a run, of a poll, or of a form."""

    async def credential(self, slot: str) -> Credential | None:
        """The credential chosen for a slot."""
        ...


async def required_credential(ctx: Slots, slot: str) -> Credential:
    """The credential chosen for a slot that the node cannot do without.

    Raises:
        SecretError: none is chosen (`credential_missing`), or it cannot be used.
    """
    credential = await ctx.credential(slot)
    if credential is None:
        message = "Choose a credential for this node, under Credentials."
        raise SecretError(message, code="credential_missing")
    return credential


class CredentialType:
    """Subclass it, give `id`, `title` and `Fields`; mark secret fields with `secret=True`."""

    id: ClassVar[str]
    title: ClassVar[str]
    documentation: ClassVar[str] = ""
    Fields: ClassVar[type[Params]]

    @classmethod
    def secret_fields(cls) -> frozenset[str]:
        """The names of the fields that never leave the vault but to be used."""
        return frozenset(
            name
            for name, field_info in cls.Fields.model_fields.items()
            if fields.ui_of(field_info).get("secret")
        )

    @classmethod
    def apply(cls, credential: Credential, auth: RequestAuth) -> None:
        """Put the credential on a request; called by `ctx.http` just before it is sent."""

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """Try it without changing anything; return what worked, for people to read.

        Without an override there is nothing to try and the result is `None`.

        Raises:
            SecretError: it was refused; the message says what to correct.
            UserError, UpstreamError: the other side may not or cannot be reached.
        """
        del probe, credential
        return None
