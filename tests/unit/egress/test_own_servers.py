"""T-011: no workflow reaches the servers that hold the data of all tenants."""

from __future__ import annotations

import pytest

from headrace.egress.client import EgressClient
from headrace.egress.own_servers import is_same_machine, places_of
from headrace.egress.policy import EgressPolicy
from headrace_sdk import UpstreamError, UserError

OWN = "postgresql://app:secret@127.0.0.1:15432/headrace"


def client_of(*allowed, own=OWN):
    policy = EgressPolicy(internal=frozenset(allowed), own=places_of([own]))
    return EgressClient(policy, lambda credential, auth: None)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "127.1.2.3", "::1", "0.0.0.0"])
async def test_our_own_database_is_refused_though_the_operator_allowed_it(host):
    with pytest.raises(UserError) as caught:
        await client_of(f"{host}:15432").pin(host, 15432)

    assert caught.value.code == "own_server"


@pytest.mark.parametrize(
    "host",
    [
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:7f00:1",
        "LOCALHOST",
        "localhost.",
        "/var/run/postgresql",
        "@headrace",
        "93.184.216.34,127.0.0.1",
        "127.0.0.1 host=93.184.216.34",
        "",
    ],
)
async def test_no_spelling_of_a_host_leads_a_database_node_to_ours(host):
    """Sockets in the file system, and the lists of hosts that libpq knows, are no hosts here."""
    with pytest.raises((UserError, UpstreamError)):
        await client_of("127.0.0.1:15432", "localhost:15432").pin(host, 15432)


async def test_our_own_database_is_refused_to_requests_by_http_too():
    with pytest.raises(UserError) as caught:
        await client_of("127.0.0.1:15432").request("GET", "http://127.0.0.1:15432/")

    assert caught.value.code == "own_server"


async def test_a_database_of_another_name_that_leads_to_ours_is_refused():
    client = client_of(own="postgresql://app@93.184.216.34/headrace")

    with pytest.raises(UserError) as caught:
        await client.pin("::ffff:93.184.216.34", 5432)

    assert caught.value.code == "own_server"


async def test_other_servers_of_the_same_machine_and_port_stay_open():
    assert await client_of("127.0.0.1:15433").pin("127.0.0.1", 15433) == "127.0.0.1"
    assert await client_of().pin("93.184.216.34", 15432) == "93.184.216.34"


async def test_ours_is_refused_too_when_its_name_cannot_be_looked_up():
    client = client_of(own=f"postgresql://app@{'x' * 64}:15432/headrace")

    with pytest.raises(UserError) as caught:
        await client.pin("93.184.216.34", 15432)

    assert caught.value.code == "own_server"


@pytest.mark.parametrize(
    ("url", "place"),
    [
        (OWN, ("127.0.0.1", 15432)),
        ("postgresql://app@db.example/headrace", ("db.example", 5432)),
        ("postgresql:///headrace?host=/run/postgresql", ("127.0.0.1", 5432)),
        ("rediss://:secret@cache.example/0", ("cache.example", 6379)),
    ],
)
def test_the_place_of_a_server_is_read_from_its_address(url, place):
    assert places_of([url]) == {place}


def test_only_addresses_of_this_machine_are_one_and_the_same():
    assert is_same_machine("127.0.0.1", "::1")
    assert not is_same_machine("93.184.216.34", "127.0.0.1")
