"""Files on their way to a browser: of one tenant, for one reader, and to the last byte."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from headrace.files import actions, queries
from headrace.files.errors import FileNotFound
from headrace.tenants.context import TenantRef, current_or_none

CONTENT = b"canary" * 100_000


@pytest.fixture
def token(alpha: TenantRef, as_tenant: Callable[..., Any]) -> str:
    """What alpha's reader was given for a file of alpha."""
    with as_tenant(alpha):
        return queries.sign(actions.put(CONTENT, name="a.txt", mime="text/plain").id, "reader")


def test_a_file_is_streamed_after_the_request_has_left_its_tenant(
    alpha: TenantRef, as_tenant: Callable[..., Any], token: str
) -> None:
    """Daphne reads the pieces when the middleware is done."""
    with as_tenant(alpha):
        served = queries.by_token(token, "reader")

    assert current_or_none() is None
    assert b"".join(served.chunks) == CONTENT


def test_a_token_of_another_tenant_opens_nothing(
    beta: TenantRef, as_tenant: Callable[..., Any], token: str
) -> None:
    """T-019."""
    with as_tenant(beta), pytest.raises(FileNotFound):
        queries.by_token(token, "reader")


def test_a_token_is_of_no_use_to_another_reader(
    alpha: TenantRef, as_tenant: Callable[..., Any], token: str
) -> None:
    """T-019: an address that was passed on."""
    with as_tenant(alpha), pytest.raises(FileNotFound):
        queries.by_token(token, "somebody else")
