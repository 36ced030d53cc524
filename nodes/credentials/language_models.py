"""What the keys of language models have in common: their fields, and how they are tried."""

from __future__ import annotations

from typing import Any, Final

from headrace_sdk import Credential, HttpResponse, Probe, SecretError, UpstreamError
from nodes.credentials.form import TEST_LIMIT_S, plain

OK: Final = 200
REFUSED: Final = frozenset((401, 403))


def base_url(default: object = "", **hints: Any) -> Any:
    """The address of the API."""
    return plain("Address of the API", default, advanced=default == "", **hints)


async def count_models(probe: Probe, credential: Credential, url: str) -> str:
    """Ask for the list of models, which costs nothing.

    Raises:
        SecretError: the key was refused.
        UpstreamError: the address answers otherwise.
    """
    answer = await probe.http.request("GET", url, credential=credential, timeout_s=TEST_LIMIT_S)
    if answer.status in REFUSED:
        message = f"The provider refused the key (status {answer.status}). Check it."
        raise SecretError(message, code="credential_refused")
    if answer.status != OK:
        message = f"The address answered with status {answer.status}. Check it."
        raise UpstreamError(message, code="unexpected_answer", status=answer.status)
    return f"The key is valid; {_count(answer)} models can be asked."


def _count(answer: HttpResponse) -> int:
    return answer.text.count('"id"')
