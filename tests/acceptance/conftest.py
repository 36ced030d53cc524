"""One stack of real processes for all acceptance tests that do not need one of their own."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from typing import Any

import pytest

from headrace_bootstrap.stack import Stack
from tests.support.model_servers import ModelPlace, ModelServer, model_place
from tests.support.running import Client
from tests.support.stub import Stub, serving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Real processes on a busy machine take longer than a function call."""
    for item in items:
        if "tests/acceptance" in str(item.path):
            item.add_marker(pytest.mark.stack)
            if item.get_closest_marker("timeout") is None:
                item.add_marker(pytest.mark.timeout(240))


def pytest_configure() -> None:
    """Names below `localhost` are this machine (RFC 6761), also where the resolver does not know."""
    look_up = socket.getaddrinfo

    def resolve(host: Any, *arguments: Any, **options: Any) -> Any:
        is_ours = isinstance(host, str) and host.endswith(".localhost")
        return look_up("127.0.0.1" if is_ours else host, *arguments, **options)

    socket.getaddrinfo = resolve


@pytest.fixture(scope="session")
def stub() -> Iterator[Stub]:
    """What workflows may call."""
    with serving() as stub:
        yield stub


@pytest.fixture(scope="session")
def model_address() -> Iterator[ModelPlace]:
    """Where language models are asked."""
    with model_place() as place:
        yield place


@pytest.fixture
def models(model_address: ModelPlace) -> ModelServer:
    """A test says what it answers."""
    return model_address.fresh()


@pytest.fixture(scope="session")
def stack(stub: Stub, model_address: ModelPlace) -> Iterator[Stack]:
    """Web, two workers, scheduler, PostgreSQL and Valkey; dead workers are noticed soon."""
    settings = {
        "HEADRACE_EGRESS_ALLOW": f"127.0.0.1:{stub.port},127.0.0.1:{model_address.port}",
        "HEADRACE_LEASE_S": "3",
        "HEADRACE_SWEEP_S": "0.5",
        # One tenant, or each at its own name: the same code and the same tests (T-032).
        "MULTI_TENANT": os.environ.get("MULTI_TENANT", "false"),
    }
    with Stack.temporary(settings) as stack:
        yield stack


@pytest.fixture(scope="session")
def client(stack: Stack) -> Iterator[Client]:
    """The owner of the demo tenant."""
    assert stack.owner is not None
    assert stack.owner.password is not None
    client = Client.sign_in(stack.url, stack.owner.email, stack.owner.password)
    yield client
    client.http.close()
