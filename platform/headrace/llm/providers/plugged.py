"""Providers that packages bring: held to declared hosts and to what the operator trusts."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Final

import httpx2

from headrace.catalog.fence import target_check
from headrace.catalog.ports import ports
from headrace.catalog.queries import catalog
from headrace.llm.providers import faults
from headrace.llm.providers.protocol import Access, Embedded
from headrace_sdk.credentials import RequestAuth
from headrace_sdk.embedder import TextEmbedder
from headrace_sdk.errors import HeadraceError
from headrace_sdk.llm import Prompt, Usage
from headrace_sdk.llm_provider import (
    Ended,
    LlmProvider,
    ModelRefused,
    ProviderAccess,
    StreamEvent,
)
from headrace_sdk.secret import Credential

LONGEST_FAULT: Final = 2_000
"""Bytes of an error's body that are read."""


def find(kind: str) -> type[LlmProvider] | None:
    """The provider of a package by its id."""
    return catalog().llm_provider(kind)


def find_embedder(kind: str) -> type[TextEmbedder] | None:
    """The maker of vectors of a package by its id."""
    return catalog().embedder(kind)


def require_usable(kind: str) -> None:
    """Do nothing if a package's provider may be asked by the tenant at work.

    Raises:
        ProviderFault: `llm_provider_unusable`; it is not installed, not trusted, or switched off.
    """
    plugin = catalog().provider_owner(kind)
    if plugin is None:
        why = f'No installed package has the provider "{kind}".'
    elif plugin.trust == "community":
        why = (
            f"The operator has not verified {plugin.package.distribution}. Providers run in the "
            "process of a worker, so only those of verified packages are asked."
        )
    elif plugin.package.distribution in ports.switches.off():
        why = f"{plugin.package.distribution} is switched off under Settings, Plugins."
    else:
        return
    raise faults.ProviderFault(why, code="llm_provider_unusable")


def check_host(kind: str, host: str) -> None:
    """Do nothing if a provider may send to a host; those of our own may send anywhere.

    Raises:
        NotDeclared: its package does not declare the host.
    """
    check = target_check(catalog().provider_owner(kind))
    if check is not None:
        check(f"https://{host}/")


@dataclass(frozen=True, slots=True)
class PluggedProvider:
    """Speaks as `protocol.Provider` for the class of a package."""

    kind: type[LlmProvider]

    async def write(self, access: Access, prompt: Prompt) -> AsyncIterator[StreamEvent]:
        """See `protocol.Provider.write`; whatever the package raises becomes a fault."""
        http = Lines(access.http, access.credential)
        given = ProviderAccess(access.model, http, access.credential)
        try:
            async with aclosing(self.kind.write(given, prompt)) as events:  # type: ignore[type-var]
                async for event in events:
                    yield self._named(event)
        except Exception as error:  # foreign code may raise anything
            raise _fault(self.kind.title, error) from error

    async def embed(self, access: Access, texts: Sequence[str]) -> Embedded:
        """Refused: providers of packages answer, they make no vectors.

        Raises:
            ProviderFault: always.
        """
        del access, texts
        message = f"{self.kind.title} makes no vectors. Choose a model of another provider."
        raise faults.ProviderFault(message, code="cannot_embed")

    def _named(self, event: StreamEvent) -> StreamEvent:
        """An answer under the provider's own name, whatever it says of itself."""
        if isinstance(event, Ended):
            return Ended(replace(event.answer, provider=self.kind.id))
        return event


@dataclass(frozen=True, slots=True)
class PluggedEmbedder:
    """Speaks as `protocol.Provider` for an embedder of a package."""

    kind: type[TextEmbedder]

    def write(self, access: Access, prompt: Prompt) -> AsyncIterator[StreamEvent]:
        """Refused: embedders of packages make vectors, they do not answer.

        Raises:
            ProviderFault: always.
        """
        del access, prompt
        message = f"{self.kind.title} makes vectors only. Choose a model of another provider."
        raise faults.ProviderFault(message, code="llm_unknown_model")

    async def embed(self, access: Access, texts: Sequence[str]) -> Embedded:
        """See `protocol.Provider.embed`; there are as many vectors as texts, all of numbers."""
        http = Lines(access.http, access.credential)
        try:
            made = await self.kind.embed(
                ProviderAccess(access.model, http, access.credential), list(texts)
            )
            vectors = [[float(number) for number in vector] for vector in made.vectors]
            tokens = int(made.tokens)
        except Exception as error:  # foreign code may raise anything
            raise _fault(self.kind.title, error) from error
        if len(vectors) != len(texts):
            raise faults.unreadable(self.kind.title)
        return Embedded(vectors, Usage(max(0, tokens)))


def _fault(title: str, error: Exception) -> Exception:
    """What a package raised, under codes of ours."""
    if isinstance(error, ModelRefused):
        fault = faults.of_status(title, error.status, error.message, {})
        fault.retry_after_s = error.retry_after_s
        return fault
    if isinstance(error, HeadraceError | httpx2.HTTPError):
        return faults.of_transport(title, error)
    return faults.unreadable(title)


@dataclass(frozen=True, slots=True)
class Lines:
    """Implements `headrace_sdk.llm_provider.ProviderHttp`."""

    http: httpx2.AsyncClient
    credential: Credential | None

    async def lines(
        self, method: str, url: str, *, headers: Mapping[str, str], body: bytes | None = None
    ) -> AsyncIterator[str]:
        """The lines of an answer while they come."""
        auth = RequestAuth(dict(headers), {})
        kind = catalog().credential_type(self.credential.type) if self.credential else None
        if kind is not None and self.credential is not None:
            kind.apply(self.credential, auth)
        async with self.http.stream(
            method, url, headers=auth.headers, params=auth.query or None, content=body
        ) as answer:
            if answer.status_code >= 400:
                raise await _refused(answer)
            async for line in answer.aiter_lines():
                yield line


async def _refused(answer: httpx2.Response) -> ModelRefused:
    said = b""
    async for chunk in answer.aiter_bytes():
        said += chunk
        if len(said) >= LONGEST_FAULT:
            break
    text = said[:LONGEST_FAULT].decode(errors="replace")
    wait_s = faults.retry_after(answer.headers)
    return ModelRefused(text, status=answer.status_code, retry_after_s=wait_s)
