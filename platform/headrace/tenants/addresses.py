"""Where browsers and callers reach a tenant."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from headrace.tenants.context import TenantRef

OPERATOR_PATH: Final = "/admin/"


def origin_of(ref: TenantRef) -> str:
    """`https://acme.example.org`: scheme, host and port, without a path.

    With one tenant that is HEADRACE_PUBLIC_URL; with several, the tenant's own name in front of
    HEADRACE_BASE_HOST, with the scheme and port of HEADRACE_PUBLIC_URL.
    """
    public_url: str = settings.HEADRACE_PUBLIC_URL
    if not settings.MULTI_TENANT:
        return public_url
    return _at(f"{ref.slug}.{settings.HEADRACE_BASE_HOST}")


def operators_address() -> str:
    """The page at which operators begin: with several tenants it is on the bare host."""
    public_url: str = settings.HEADRACE_PUBLIC_URL
    origin = _at(settings.HEADRACE_BASE_HOST) if settings.MULTI_TENANT else public_url
    return f"{origin}{OPERATOR_PATH}"


def pages_origin_of(ref: TenantRef) -> str:
    """The origin of its hosted pages at their own host; empty while they are beside the app."""
    pages_url: str = settings.HEADRACE_PAGES_URL
    if not pages_url or not settings.MULTI_TENANT:
        return pages_url
    parts = urlsplit(pages_url)
    return f"{parts.scheme}://{ref.slug}.{parts.netloc}"


def _at(host: str) -> str:
    """This host with the scheme and port of HEADRACE_PUBLIC_URL."""
    parts = urlsplit(settings.HEADRACE_PUBLIC_URL)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{host}{port}"
