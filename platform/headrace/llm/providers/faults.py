"""What may go wrong on the way to a provider, under codes that never change."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

import httpx2

from headrace_sdk.errors import HeadraceError

LONGEST_MESSAGE: Final = 400

_BY_STATUS: Final[Mapping[int, str]] = {
    400: "llm_bad_request",
    401: "llm_key_refused",
    402: "llm_not_paid",
    403: "llm_not_permitted",
    404: "llm_unknown_model",
    408: "llm_timeout",
    413: "llm_too_large",
    422: "llm_bad_request",
    429: "llm_rate_limited",
    503: "llm_overloaded",
    504: "llm_timeout",
    529: "llm_overloaded",
}
_REPEATABLE: Final = frozenset(
    {
        "llm_rate_limited",
        "llm_overloaded",
        "llm_provider_failed",
        "llm_timeout",
        "llm_connection_lost",
        "connect_failed",
    }
)
_OTHERS_MAY: Final = _REPEATABLE | {
    "llm_key_refused",
    "llm_not_paid",
    "llm_not_permitted",
    "llm_provider_unusable",
    "llm_unknown_model",
    "name_lookup_failed",
    "cannot_transcribe",
}
"""Codes after which another model may do better. A bad question is bad everywhere."""


class ProviderFault(HeadraceError):
    """A provider did not answer. `retry_after_s` is what it asked for, `status` of HTTP or 0."""

    code = "llm_provider_failed"

    def __init__(
        self, message: str, *, code: str, retry_after_s: float | None = None, status: int = 0
    ) -> None:
        super().__init__(message, code=code)
        self.retry_after_s = retry_after_s
        self.status = status

    @property
    def is_repeatable(self) -> bool:
        """Can the same question succeed in a moment?"""
        return self.code in _REPEATABLE

    @property
    def falls_back(self) -> bool:
        """May another model be asked instead?"""
        return self.code in _OTHERS_MAY


def of_status(
    provider: str, status: int, said: str, headers: Mapping[str, str], kind: str = ""
) -> ProviderFault:
    """The fault of an answer with an error status; `kind` is the provider's own word for it."""
    code = _BY_KIND.get(kind) or _BY_STATUS.get(status)
    if code is None:
        code = "llm_provider_failed" if status >= 500 or status < 400 else "llm_bad_request"
    message = f"{provider} answered {status}: {said[:LONGEST_MESSAGE] or 'no reason given'}"
    return ProviderFault(message, code=code, retry_after_s=retry_after(headers), status=status)


_BY_KIND: Final[Mapping[str, str]] = {
    "overloaded_error": "llm_overloaded",
    "rate_limit_error": "llm_rate_limited",
    "rate_limit_exceeded": "llm_rate_limited",
    "insufficient_quota": "llm_not_paid",
    "billing_error": "llm_not_paid",
    "context_length_exceeded": "llm_too_large",
    "request_too_large": "llm_too_large",
    "authentication_error": "llm_key_refused",
    "api_error": "llm_provider_failed",
    "server_error": "llm_provider_failed",
}


def of_transport(provider: str, error: BaseException) -> Exception:
    """The fault of a request without an answer; an error of ours on its way is given back as is."""
    seen: BaseException | None = error
    timed_out = False
    while seen is not None:
        if isinstance(seen, HeadraceError):
            return seen
        if isinstance(seen, httpx2.ConnectError | httpx2.ConnectTimeout):
            return ProviderFault(f"{provider} cannot be reached: {seen}.", code="connect_failed")
        timed_out = timed_out or isinstance(seen, httpx2.TimeoutException | TimeoutError)
        seen = seen.__cause__ or seen.__context__
    if timed_out:
        return ProviderFault(f"{provider} fell silent for too long.", code="llm_timeout")
    message = f"The connection to {provider} broke before the answer was complete."
    return ProviderFault(message, code="llm_connection_lost")


def cut_short(provider: str) -> ProviderFault:
    """The stream ended without its end."""
    message = f"{provider} stopped in the middle of its answer."
    return ProviderFault(message, code="llm_connection_lost")


def unreadable(provider: str) -> ProviderFault:
    """What came is not what the protocol says."""
    message = f"{provider} answered something that its protocol does not know."
    return ProviderFault(message, code="llm_provider_failed")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the provider asks to wait (RFC 9110, 10.2.3; or its own `retry-after-ms`)."""
    exact = headers.get("retry-after-ms", "")
    given = headers.get("retry-after", "")
    for text, unit in ((exact, 1000.0), (given, 1.0)):
        try:
            return max(0.0, float(text) / unit)
        except ValueError:
            continue
    try:
        # By its own clock, which may be another than ours.
        wait = parsedate_to_datetime(given) - parsedate_to_datetime(headers.get("date", ""))
    except (TypeError, ValueError):
        return None
    return max(0.0, wait.total_seconds())
