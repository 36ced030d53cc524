"""Which credentials can be put on a request."""

from __future__ import annotations

from typing import Final

ON_REQUESTS: Final = (
    *("http_basic", "http_bearer", "http_header", "http_query"),
    *("oauth2", "oauth2_client"),
)
