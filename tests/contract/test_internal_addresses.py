"""S-030: no node and no credential can be led to a server inside, by whatever name it is called."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest

from headrace.catalog.queries import catalog
from headrace.credentials.token_endpoint import Client, ask
from headrace.egress.policy import EgressPolicy
from headrace_sdk import HeadraceError
from headrace_sdk.testing import MemoryContext, run_node_async
from tests.support.canary import (
    Ways,
    can_be_led,
    canary,
    credential_to,
    led,
    led_params,
    reaches_out,
)

KINDS = {kind.id: kind for kind in catalog().credential_types}
REACHING = [node for node in catalog().nodes if reaches_out(node, KINDS)]
LEADING = [kind for kind in KINDS.values() if can_be_led(kind)]
NAMES = ("127.0.0.1", "localhost", "0x7f000001", "2130706433", "::ffff:127.0.0.1", "127.1")


def apply(credential, auth):
    KINDS[credential.type].apply(credential, auth)


async def run(node, host, port, ways):
    """Every example of a node, with each kind of credential, led to a host."""
    slots = {
        slot.name: [KINDS[name] for name in slot.types if name in KINDS]
        for slot in node.credentials
    }
    choices = max([len(kinds) for kinds in slots.values()], default=1)
    for example in node.examples:
        for choice in range(choices):
            credentials = {
                slot: credential_to(kinds[choice % len(kinds)], host, port)
                for slot, kinds in slots.items()
                if kinds
            }
            context = MemoryContext(http=ways, net=ways, credentials=credentials)
            with suppress(HeadraceError):
                params = led_params(node, example.params, host, port)
                items = led(list(example.items), host, port)
                await run_node_async(node, params, items, context=context)


@pytest.mark.parametrize("node", REACHING, ids=lambda node: node.type)
async def test_no_node_reaches_a_server_inside(node):
    async with canary() as bird:
        ways = Ways(EgressPolicy(), apply)
        for host in NAMES:
            await run(node, host, bird.port, ways)
        await ways.close()

    assert bird.knocks == 0


@pytest.mark.parametrize("node", REACHING, ids=lambda node: node.type)
async def test_the_same_node_does_reach_it_where_the_operator_opens_it(node):
    async with canary() as bird:
        ways = Ways(EgressPolicy(frozenset({f"127.0.0.1:{bird.port}"})), apply)
        await run(node, "127.0.0.1", bird.port, ways)
        await asyncio.wait_for(bird.heard.wait(), 30)
        await ways.close()


@pytest.mark.parametrize("kind", LEADING, ids=lambda kind: kind.id)
async def test_no_test_of_a_credential_reaches_a_server_inside(kind):
    async with canary() as bird:
        ways = Ways(EgressPolicy(), apply)
        for host in NAMES:
            with suppress(HeadraceError):
                await kind.test(ways, credential_to(kind, host, bird.port))
        await ways.close()

    assert bird.knocks == 0


def test_the_walk_knows_the_nodes_that_reach_out():
    assert {node.type for node in REACHING} >= {
        "web.http_request",
        "web.graphql",
        "messages.send_email",
        "files.s3",
        "files.ssh",
    }


@pytest.mark.parametrize("host", NAMES)
async def test_no_token_is_asked_of_a_server_inside(host):
    async with canary() as bird:
        kind = KINDS["oauth2_client"]
        values = credential_to(kind, host, bird.port).values
        client = Client.of(kind, {**values, "client_secret": "canary"})
        with pytest.raises(HeadraceError):
            await asyncio.to_thread(ask, client, {"grant_type": "client_credentials"})

    assert bird.knocks == 0
