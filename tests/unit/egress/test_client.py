"""S-032 to S-035: what the client refuses, and how it fails."""

from __future__ import annotations

import asyncio
import os
import socket

import pytest

from headrace.egress.client import EgressClient
from headrace.egress.policy import EgressPolicy
from headrace_sdk.credentials import Credential, Secret
from headrace_sdk.errors import HeadraceError, UpstreamError, UserError


def put_secret(credential, auth):
    auth.headers["X-Key"] = credential.secrets["key"].reveal()


def send(server, url, *, allow=True, method="GET", max_response_bytes=1_000_000, **options):
    """One request by a client of its own; `{base}` in the address is the local server."""
    port = server.server_port
    internal = frozenset({f"127.0.0.1:{port}"}) if allow else frozenset()

    async def request():
        client = EgressClient(EgressPolicy(internal, max_response_bytes), put_secret)
        try:
            return await client.request(
                method, url.format(base=f"http://127.0.0.1:{port}"), **options
            )
        finally:
            await client.close()

    return asyncio.run(request())


def test_an_address_that_the_operator_named_is_reached(server):
    response = send(server, "{base}/plain")

    assert (response.status, response.text) == (200, "hello")


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "localhost",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "①②⑦.⓪.⓪.①",
    ],
)
def test_every_spelling_of_this_machine_is_refused(server, host):
    """S-031."""
    with pytest.raises(HeadraceError) as caught:
        send(server, f"http://{host}:{server.server_port}/plain", allow=False)

    assert caught.value.code in {"address_not_allowed", "name_lookup_failed", "invalid_address"}
    assert server.seen == []


def test_a_redirect_to_an_internal_address_is_refused_at_its_hop(server):
    """S-032: the first hop is allowed, the second is not."""
    inner = f"http://localhost:{server.server_port}/plain"

    with pytest.raises(HeadraceError) as caught:
        send(server, "{base}/redirect/" + inner)

    assert caught.value.code == "address_not_allowed"
    assert [path for _, path, _, _ in server.seen] == [f"/redirect/{inner}"]


def test_a_name_that_changes_its_address_after_the_check_is_connected_where_it_was_checked(
    server, monkeypatch
):
    """S-032, DNS rebinding: the second answer points inside and is never used."""
    answers = iter(["93.184.216.34", "127.0.0.1"])
    asked = []

    async def resolve(self, host, port, **options):
        address = next(answers)
        asked.append(address)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", resolve)
    with pytest.raises(UpstreamError):
        send(server, f"http://rebind.test:{server.server_port}/", allow=False, timeout_s=0.5)

    assert asked[0] == "93.184.216.34"
    assert server.seen == []


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.test/", "//a.test", "http://", "x"])
def test_only_web_addresses_are_requested(server, url):
    with pytest.raises(HeadraceError) as caught:
        send(server, url)

    assert caught.value.code == "invalid_address"


def test_a_credential_is_not_sent_to_a_host_that_it_is_not_bound_to(server):
    """S-033."""
    credential = Credential("1", "key", "Key", {}, {"key": Secret("s3cret")}, ("api.example.com",))

    with pytest.raises(HeadraceError) as caught:
        send(server, "{base}/plain", credential=credential)

    assert caught.value.code == "credential_not_for_host"
    assert server.seen == []


def test_a_credential_stays_behind_when_a_redirect_leaves_its_origin(server):
    """S-033: `localhost` is another origin than `127.0.0.1`."""
    port = server.server_port
    credential = Credential("1", "key", "Key", {}, {"key": Secret("s3cret")})

    async def request():
        policy = EgressPolicy(frozenset({f"127.0.0.1:{port}", f"localhost:{port}"}))
        client = EgressClient(policy, put_secret)
        try:
            url = f"http://127.0.0.1:{port}/redirect/http://localhost:{port}/plain"
            await client.request("GET", url, credential=credential)
        finally:
            await client.close()

    asyncio.run(request())

    assert [headers.get("x-key") for _, _, headers, _ in server.seen] == ["s3cret", None]


def test_a_redirect_is_followed_only_to_where_the_caller_may_go(server):
    """S-032: a declared host must not lead on to one that was not declared."""
    port = server.server_port

    def check(url):
        if url.startswith("http://localhost"):
            raise UserError("Not there.", field="url")

    with pytest.raises(UserError):
        send(server, f"{{base}}/redirect/http://localhost:{port}/plain", check_target=check)

    assert len(server.seen) == 1


@pytest.mark.parametrize("path", ["bomb", "endless"])
def test_an_answer_is_cut_off_at_its_limit_also_when_it_grows_by_unpacking(server, path):
    """S-034."""
    with pytest.raises(UpstreamError) as caught:
        send(server, "{base}/" + path)

    assert caught.value.code == "answer_too_large"


def test_redirects_end(server):
    """S-034."""
    with pytest.raises(UpstreamError) as caught:
        send(server, "{base}/loop")

    assert caught.value.code == "too_many_redirects"


def test_a_slow_answer_ends_with_the_time_limit_and_may_have_had_an_effect(server):
    """R-057."""
    with pytest.raises(UpstreamError) as caught:
        send(server, "{base}/slow", timeout_s=0.2)

    assert (caught.value.code, caught.value.sent) == ("timeout", "maybe")


def test_a_refused_connection_certainly_had_no_effect(server):
    port = server.server_port
    server.shutdown()
    server.server_close()

    with pytest.raises(UpstreamError) as caught:
        send(server, f"http://127.0.0.1:{port}/")

    assert (caught.value.code, caught.value.sent) == ("connect_failed", "no")


def test_an_answer_that_breaks_off_is_an_error_not_half_an_answer(server):
    with pytest.raises(UpstreamError) as caught:
        send(server, "{base}/cut")

    assert caught.value.code == "connection_lost"


@pytest.mark.parametrize(
    "headers", [{"X-A": "1\r\nX-B: 2"}, {"X-A\r\nX-B": "1"}, {"X A": "1"}, {"X-A": "a\0b"}]
)
def test_a_header_cannot_smuggle_another(server, headers):
    """S-035."""
    with pytest.raises(HeadraceError) as caught:
        send(server, "{base}/plain", headers=headers)

    assert caught.value.code == "invalid_header"
    assert server.seen == []


def test_a_proxy_in_the_environment_is_ignored(server, monkeypatch):
    """S-035."""
    monkeypatch.setitem(os.environ, "HTTP_PROXY", "http://127.0.0.1:9")

    assert send(server, "{base}/plain").status == 200


def test_mail_and_shell_ports_are_closed(server):
    """S-035."""
    with pytest.raises(HeadraceError) as caught:
        send(server, "http://example.com:25/", allow=False)

    assert caught.value.code == "address_not_allowed"
