"""The remote side in memory: answers from a function or a table, and keeps what was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, cast

from headrace_sdk.context import HttpResponse
from headrace_sdk.credentials import Credential, CredentialType, Secret
from headrace_sdk.errors import UpstreamError
from headrace_sdk.items import JsonValue


@dataclass(frozen=True, slots=True)
class SentRequest:
    """One request as a node made it."""

    method: str
    url: str
    headers: Mapping[str, str]
    query: tuple[tuple[str, str], ...]
    body: bytes | None
    credential: Credential | None
    timeout_s: float
    follow_redirects: bool
    item: int

    def json(self) -> JsonValue:
        """The body, read as JSON."""
        return cast("JsonValue", json.loads(self.body or b"null"))


Answer: TypeAlias = "HttpResponse | Exception | JsonValue"
Answers: TypeAlias = "Callable[[SentRequest], Answer] | Mapping[str, Answer]"
"""A function of the request, or a table by `"GET https://…"`, or by address for any method."""


def answer(
    value: JsonValue | bytes = None,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    url: str = "",
) -> HttpResponse:
    """A response with a JSON body, or with bytes as they are."""
    if isinstance(value, bytes):
        return HttpResponse(status, dict(headers or {}), value, url)
    body = json.dumps(value, ensure_ascii=False).encode()
    return HttpResponse(status, {"content-type": "application/json", **(headers or {})}, body, url)


class MemoryHttp:
    """Stands in for `ctx.http`. What it has no answer for fails as an unreachable host would."""

    def __init__(self, answers: Answers | None = None) -> None:
        self.requests: list[SentRequest] = []
        self._answers = answers if answers is not None else {}

    async def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        query: Sequence[tuple[str, str]] = (),
        body: bytes | None = None,
        credential: Credential | None = None,
        timeout_s: float = 30.0,
        max_bytes: int | None = None,
        follow_redirects: bool = True,
        item: int = 0,
    ) -> HttpResponse:
        """Note the request and answer it; an answer that is an exception is raised."""
        del max_bytes
        request = SentRequest(
            method,
            url,
            dict(headers or {}),
            tuple(query),
            body,
            credential,
            timeout_s,
            follow_redirects,
            item,
        )
        self.requests.append(request)
        found = self._find(request)
        if isinstance(found, Exception):
            raise found
        return found if isinstance(found, HttpResponse) else answer(found, url=url)

    def _find(self, request: SentRequest) -> Answer:
        if not isinstance(self._answers, Mapping):
            return self._answers(request)
        for key in (f"{request.method} {request.url}", request.url):
            if key in self._answers:
                return self._answers[key]
        message = f"No answer is prepared for {request.method} {request.url}."
        return UpstreamError(message, sent="no", code="unreachable", item=request.item)


def make_credential(kind: type[CredentialType], **values: JsonValue) -> Credential:
    """A credential of a type, its fields checked and its secret ones wrapped, all as texts."""
    dumped = kind.Fields.model_validate(values).model_dump(mode="json")
    data = {name: str(value) for name, value in dumped.items()}
    secret = kind.secret_fields()
    return Credential(
        id=f"test-{kind.id}",
        type=kind.id,
        name=kind.title,
        values={name: value for name, value in data.items() if name not in secret},
        secrets={name: Secret(value) for name, value in data.items() if name in secret},
    )
