"""Credential types: what a kind of secret consists of and how it is put on a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from headrace_sdk import fields
from headrace_sdk.forms import Params

if TYPE_CHECKING:
    from headrace_sdk.context import Context


class Secret:
    """A secret text that does not show itself: not in `repr`, not in `str`, not in JSON."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """The plain text. Use it at the last moment and keep no copy."""
        return self._text

    def __repr__(self) -> str:
        return "Secret(•••)"

    __str__ = __repr__

    def __reduce__(self) -> str:
        message = "A secret cannot be pickled."
        raise TypeError(message)


@dataclass(frozen=True, slots=True)
class Credential:
    """An opened credential: its type, its plain fields, and its secret ones.

    `hosts` limits where it may be sent; empty means anywhere.
    """

    id: str
    type: str
    name: str
    values: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, Secret] = field(default_factory=dict, repr=False)
    hosts: tuple[str, ...] = ()


@dataclass(slots=True)
class RequestAuth:
    """The parts of an outgoing request that a credential may add to."""

    headers: dict[str, str] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)


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
    async def test(cls, ctx: Context, credential: Credential) -> str | None:
        """Try it; return what worked for people to read, or raise `SecretError`.

        Without an override there is nothing to try and the result is `None`.
        """
        del ctx, credential
        return None
