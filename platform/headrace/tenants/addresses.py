"""Where browsers and callers reach a tenant."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

from headrace.tenants.context import TenantRef


def origin_of(ref: TenantRef) -> str:
    """`https://acme.example.org`: scheme, host and port, without a path.

    With one tenant that is HEADRACE_PUBLIC_URL; with several, the tenant's own name in front of
    HEADRACE_BASE_HOST, with the scheme and port of HEADRACE_PUBLIC_URL.
    """
    public_url: str = settings.HEADRACE_PUBLIC_URL
    if not settings.MULTI_TENANT:
        return public_url
    parts = urlsplit(public_url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{ref.slug}.{settings.HEADRACE_BASE_HOST}{port}"
