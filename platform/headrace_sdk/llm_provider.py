"""Providers of language models that a package brings, behind the platform's one gateway.

The gateway decides, reserves, repeats, falls back, counts and bills; a provider only speaks its
wire format: a prompt goes out, what is said comes back piece by piece, then the whole answer.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeAlias

from headrace_sdk.errors import HeadraceError
from headrace_sdk.llm import Answer, Prompt, Usage
from headrace_sdk.secret import Credential


@dataclass(frozen=True, slots=True)
class Said:
    """The next piece of the answer's text."""

    text: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What is used up so far, as the provider counts."""

    usage: Usage


@dataclass(frozen=True, slots=True)
class Ended:
    """The whole answer; nothing comes after it."""

    answer: Answer


StreamEvent: TypeAlias = Said | Counted | Ended


class ModelRefused(HeadraceError):
    """The provider answered with an error. What it means follows from `status`, as HTTP has it.

    A 429 or a 5xx is asked again, after `retry_after_s` where that is known; then another model is.
    """

    code = "model_refused"

    def __init__(self, message: str, *, status: int, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after_s = retry_after_s


class ProviderHttp(Protocol):
    """The guarded way out, to the hosts that the package declares. Redirects are not followed."""

    def lines(
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes | None = None
    ) -> AsyncIterator[str]:
        """The lines of an answer while they come, such as those of server-sent events.

        What the credential's type applies is put on the request.

        Raises:
            ModelRefused: the status is 400 or higher; its message begins with what came.
        """
        ...


@dataclass(frozen=True, slots=True)
class ProviderAccess:
    """How a model is reached: the name that its provider knows, and the credential that was chosen.

    Without a `credential_type` there is none.
    """

    model: str
    http: ProviderHttp
    credential: Credential | None = None


class LlmProvider:
    """Subclass it and name it in the hook `headrace_llm_providers`. It keeps nothing.

    `id` is a lower-case word of your own; `credential_type` is the id of the credential type that
    its models need, empty for none.
    """

    id: ClassVar[str]
    title: ClassVar[str]
    documentation: ClassVar[str] = ""
    credential_type: ClassVar[str] = ""

    @classmethod
    def write(cls, access: ProviderAccess, prompt: Prompt) -> AsyncIterator[StreamEvent]:
        """The answer as it comes; `Ended` is the last of it. An async generator.

        Raises:
            ModelRefused: the provider refused or failed.
        """
        raise NotImplementedError
