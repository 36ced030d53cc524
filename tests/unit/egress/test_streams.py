"""S-030: the way out by protocols other than HTTP keeps to the same addresses."""

from __future__ import annotations

import asyncio

import pytest

from headrace.egress.client import EgressClient
from headrace.egress.policy import SIGN_IN_PORTS, EgressPolicy
from headrace_sdk import UpstreamError, UserError
from headrace_sdk.net import connected, reaching


@pytest.fixture
def client():
    return EgressClient(EgressPolicy(frozenset({"127.0.0.1:2525"})), lambda credential, auth: None)


@pytest.mark.parametrize("host", ["127.0.0.1", "0x7f000001", "169.254.169.254", "::1", "localhost"])
async def test_an_internal_host_is_refused_at_every_port(client, host):
    for port in (22, 587, 5432, 6379):
        with pytest.raises(UserError) as caught:
            await client.pin(host, port)

        assert caught.value.code == "address_not_allowed"


async def test_ports_of_protocols_that_sign_in_are_open_to_streams_and_closed_to_requests(client):
    for port in SIGN_IN_PORTS:
        assert await client.pin("93.184.216.34", port) == "93.184.216.34"
        with pytest.raises(UserError, match="closed for workflows"):
            await client.request("GET", f"http://93.184.216.34:{port}/")


async def test_nobody_sends_as_a_mail_server(client):
    with pytest.raises(UserError, match="Port 25 is closed"):
        await client.pin("93.184.216.34", 25)


async def test_the_operator_opens_one_host_and_port(client):
    assert await client.pin("127.0.0.1", 2525) == "127.0.0.1"


async def test_what_goes_wrong_while_connecting_is_said_in_plain_words_and_nothing_was_sent():
    async def closes(reader, writer):
        writer.close()

    class Here:
        async def pin(self, host, port):
            return "127.0.0.1"

    server = await asyncio.start_server(closes, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        with pytest.raises(UpstreamError, match="the connection was closed") as caught:
            async with connected(Here(), "mail.example", port, tls=False, limit_s=20) as (
                reader,
                _,
            ):
                await reader.readexactly(1)
    assert caught.value.sent == "no"
    with pytest.raises(UpstreamError, match=r"did not answer within 0\.01 s"):
        async with reaching("mail.example", 587, 0.01):
            await asyncio.Event().wait()
