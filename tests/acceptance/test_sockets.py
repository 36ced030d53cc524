"""Live sockets through Daphne: one tenant sees nothing of another, and no event is lost or shown twice."""

from __future__ import annotations

import asyncio
import random
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import redis
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from headrace_bootstrap.stack import Stack
from tests.support.running import Client, another_web, command, rows, until
from tests.support.sockets import Page, opened
from tests.support.stub import Stub
from tests.support.workflows import MANUAL, document, in_a_row, node

SOCKETS = 50
ROUNDS = 20


@dataclass
class Seen:
    """What one tenant's page is."""

    slug: str
    client: Client

    @property
    def host(self) -> str:
        """Where it is served."""
        return f"{self.slug}.localhost"

    @property
    def canary(self) -> str:
        """The id of a node that no other tenant has."""
        return f"canary_{self.slug}"

    @property
    def cookies(self) -> str:
        """The session of its owner."""
        return cookies_of(self.client)


def cookies_of(client: Client) -> str:
    """As a browser sends them."""
    return "; ".join(f"{cookie.name}={cookie.value}" for cookie in client.http.cookies.jar)


@pytest.fixture(scope="module")
def passwords(stack: Stack) -> dict[str, str]:
    """Two tenants; the passwords of their owners."""
    found = {}
    for slug in ("acme", "beta"):
        made = command(stack, "create_tenant", slug, "--owner", f"owner@{slug}.example")
        assert made.returncode == 0, made.stderr
        (line,) = [line for line in made.stdout.splitlines() if "assword" in line]
        found[slug] = line.split()[-1]
    return found


@pytest.fixture(scope="module")
def web(stack: Stack, passwords: dict[str, str]) -> Iterator[str]:
    """A web process that serves each tenant at its own host."""
    with another_web(stack, MULTI_TENANT="true") as url:
        yield url


@pytest.fixture(scope="module")
def tenants(web: str, passwords: dict[str, str]) -> Iterator[list[Seen]]:
    """Their owners, signed in."""
    port = web.rpartition(":")[2]
    found = [
        Seen(
            slug,
            Client.sign_in(web, f"owner@{slug}.example", password, f"{slug}.localhost:{port}"),
        )
        for slug, password in passwords.items()
    ]
    yield found
    for one in found:
        one.client.http.close()


@pytest.fixture(scope="module")
def same_execution(stack: Stack, tenants: list[Seen]) -> str:
    """One execution id that both tenants have, each with a log of its own."""
    ids = []
    for one in tenants:
        flow = document([MANUAL, node(one.canary, "flow.no_op")], f"start -> {one.canary}")
        ids.append(one.client.run(flow)["id"])
    kept, changed = ids
    for table, column in (("execution", "id"), ("logsegment", "execution_id")):
        rows(
            stack,
            f"update t_beta.executions_{table} set {column} = %s where {column} = %s",
            kept,
            changed,
        )
    return kept


async def read_again_and_again(url: str, one: Seen, execution: str, seed: int) -> list[str]:
    """Set, await, read, many times: what came that is not this tenant's own."""
    chance = random.Random(seed)
    foreign = []
    try:
        async with opened(url, one.cookies, host=one.host) as page:
            for _ in range(ROUNDS):
                await asyncio.sleep(chance.uniform(0, 0.2))
                page.events.clear()
                await page.say({"sub": f"execution:{execution}", "after": 0})
                await page.until_end()
                nodes = {event["node"] for event in page.events if event.get("node")}
                foreign += sorted(
                    {name for name in nodes if name.startswith("canary_")} ^ {one.canary}
                )
                await page.say({"unsub": f"execution:{execution}"})
    except (WebSocketException, AssertionError, TimeoutError) as error:
        foreign.append(f"broken: {error!r}")
    return foreign


def foreign_rows(url: str, tenants: list[Seen], execution: str) -> list[str]:
    """Fifty live sockets of each tenant at once."""

    async def all_at_once() -> list[list[str]]:
        return await asyncio.gather(
            *(
                read_again_and_again(url, one, execution, seed)
                for seed in range(SOCKETS)
                for one in tenants
            )
        )

    return [one for found in asyncio.run(all_at_once()) for one in found]


class TestTenants:
    """T-003, T-016, T-019, T-021."""

    def test_a_hundred_sockets_see_their_own_tenant_alone(
        self, web: str, tenants: list[Seen], same_execution: str
    ) -> None:
        """T-003: fifty live sockets of each, each set → await → read, twenty times."""
        assert foreign_rows(web, tenants, same_execution) == []

    def test_with_the_stock_backend_the_same_sockets_do_not_get_what_is_theirs(
        self, stack: Stack, tenants: list[Seen], same_execution: str
    ) -> None:
        """T-003, T-004: the stock backend does not follow the context into the thread that reads."""
        settings = {"DJANGO_SETTINGS_MODULE": "tests.support.stock_backend", "PYTHONPATH": "."}
        with another_web(stack, MULTI_TENANT="true", **settings) as url:
            wrong = foreign_rows(url, tenants, same_execution)

        assert len(wrong) >= 2 * SOCKETS

    def test_an_execution_of_another_tenant_cannot_be_followed(
        self, web: str, tenants: list[Seen]
    ) -> None:
        """T-016: by its true id, and there is no other way into its group."""
        acme, beta = tenants
        flow = document([MANUAL, node("end", "flow.no_op")], "start -> end")
        workflow = acme.client.create(flow)
        execution = acme.client.ended(acme.client.start(workflow))["id"]

        async def ask() -> list[str]:
            async with opened(web, beta.cookies, host=beta.host) as page:
                answers = []
                for channel in (f"execution:{execution}", f"workflow:{workflow}", "t.x.y", ""):
                    await page.say({"sub": channel})
                    answers.append((await page.hear())["error"])
                return answers

        assert asyncio.run(ask()) == ["not_found"] * 4

    def test_a_file_of_another_tenant_is_not_there(self, web: str, tenants: list[Seen]) -> None:
        """T-019: neither by id nor by the address that its owner was given."""
        acme, beta = tenants
        made = acme.client.call(
            "POST", "files/", files={"file": ("a.txt", b"canary", "text/plain")}
        )
        url = acme.client.get(f"files/{made['id']}/url/")["url"]
        assert acme.client.http.get(url).content == b"canary"

        by_id = beta.client.http.get(f"/api/v1/files/{made['id']}/url/")
        by_address = beta.client.http.get(url)

        assert (by_id.status_code, by_address.status_code) == (404, 404)
        assert b"canary" not in by_id.content + by_address.content


class TestAdmission:
    """S-044: who may open a socket."""

    def attempt(self, url: str, cookies: str, host: str, **options: str | None) -> int:
        """The close code, or the status of a refused handshake."""

        async def try_it() -> int:
            try:
                async with opened(url, cookies, host=host, **options) as page:
                    await page.hear(within_s=20)
            except InvalidStatus as refused:
                return refused.response.status_code
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 0
            return -1

        return asyncio.run(try_it())

    @pytest.mark.parametrize(
        "origin",
        [
            None,
            "null",
            "http://evil.example",
            "http://beta.localhost",
            "http://acme.localhost.evil.example",
        ],
    )
    def test_a_page_of_another_site_is_refused_before_the_handshake(
        self, web: str, tenants: list[Seen], origin: str | None
    ) -> None:
        """S-044: foreign, missing and null Origin."""
        acme = tenants[0]

        assert self.attempt(web, acme.cookies, acme.host, origin=origin) == 403

    @pytest.mark.parametrize("cookies", ["", "headrace_session=", "headrace_session=forged"])
    def test_without_a_session_the_page_is_told_to_sign_in(
        self, web: str, tenants: list[Seen], cookies: str
    ) -> None:
        """S-044: 4401."""
        assert self.attempt(web, cookies, tenants[0].host) == 4401

    def test_a_session_of_another_tenant_is_none(self, web: str, tenants: list[Seen]) -> None:
        """S-044, T-021."""
        acme, beta = tenants

        assert self.attempt(web, acme.cookies, beta.host) == 4401

    def test_an_unknown_host_has_no_socket(self, web: str, tenants: list[Seen]) -> None:
        """T-022."""
        assert self.attempt(web, tenants[0].cookies, "gamma.localhost") == 403

    def test_signing_out_closes_the_socket(
        self, web: str, tenants: list[Seen], passwords: dict[str, str]
    ) -> None:
        """S-044: soon after, with 4401."""
        acme = tenants[0]
        host = f"{acme.host}:{web.rpartition(':')[2]}"
        other = Client.sign_in(web, "owner@acme.example", passwords["acme"], host)

        async def sign_out() -> tuple[int, float]:
            async with opened(web, cookies_of(other), host=acme.host) as page:
                await page.say({"ping": 1})
                assert (await page.hear())["pong"] == 1
                await asyncio.to_thread(other.post, "auth/sign-out/")
                began = asyncio.get_running_loop().time()
                with pytest.raises(ConnectionClosed) as closed:
                    await page.hear(within_s=30)
                took_s = asyncio.get_running_loop().time() - began
                return closed.value.rcvd.code if closed.value.rcvd else 0, took_s

        code, took_s = asyncio.run(sign_out())
        other.http.close()

        assert code == 4401
        assert took_s < 6


def slow_run(client: Client, stub: Stub, calls: int = 12) -> str:
    """A run of a few seconds with an event now and then; its execution."""
    nodes = [MANUAL]
    for number in range(calls):
        url = stub.url("/live?delay_s=0.2")
        nodes.append(node(f"n{number}", "web.http_request", {"url": url}))
    return client.start(client.create(in_a_row(nodes)))


class TestEvents:
    """P-6, R-024 to R-026: gap-free, in order, once."""

    def test_through_three_cuts_the_union_is_everything_once(
        self, stack: Stack, client: Client, stub: Stub
    ) -> None:
        """R-026: the page comes back with its last number and never asks by HTTP."""
        execution = slow_run(client, stub)

        async def watch() -> list[int]:
            numbers: list[int] = []
            for cut in range(4):
                async with opened(stack.url, cookies_of(client)) as page:
                    await page.follow(f"execution:{execution}", numbers[-1] if numbers else 0)
                    if cut == 3:
                        await page.until_end()
                    while len(page.numbers) < 4 and cut < 3:
                        await page.hear()
                    numbers += page.numbers
                    # No goodbye: the wire is cut.
                    page.connection.transport.abort()
            return numbers

        numbers = asyncio.run(watch())

        last = client.ended(execution)["last_seq"]
        assert numbers == list(range(1, last + 1))

    def test_a_channel_layer_that_drops_everything_costs_no_event(
        self, stack: Stack, client: Client, stub: Stub
    ) -> None:
        """R-025: every subscription of the broker is cut again and again during the run."""
        execution = slow_run(client, stub)
        stop = threading.Event()

        def cut() -> None:
            with redis.Redis.from_url(stack.environment["REDIS_URL"]) as broker:
                while not stop.wait(0.1):
                    broker.client_kill_filter(_type="pubsub")

        async def watch() -> list[int]:
            async with opened(stack.url, cookies_of(client)) as page:
                await page.follow(f"execution:{execution}")
                await page.until_end()
                return page.numbers

        thread = threading.Thread(target=cut)
        thread.start()
        try:
            numbers = asyncio.run(watch())
        finally:
            stop.set()
            thread.join()

        assert numbers == list(range(1, client.ended(execution)["last_seq"] + 1))

    def test_a_page_that_does_not_keep_up_is_sent_no_more_until_it_does(
        self, stack: Stack, client: Client, stub: Stub
    ) -> None:
        """R-024: at most 200 frames wait for one page; the rest waits in PostgreSQL."""
        execution = slow_run(client, stub, calls=2)
        last = client.ended(execution)["last_seq"]

        async def read_nothing(page: Page) -> list[int]:
            page.acknowledges = False
            for number in range(200):
                await page.say({"ping": number})
            for _ in range(200):
                newest = await page.hear()
            await page.follow(f"execution:{execution}")
            assert page.numbers == []
            await page.say({"ack": newest["n"] + 1})
            page.acknowledges = True
            await page.until_end()
            return page.numbers

        async def watch() -> list[int]:
            async with opened(stack.url, cookies_of(client)) as page:
                return await read_nothing(page)

        assert asyncio.run(watch()) == list(range(1, last + 1))

    def test_pages_that_never_read_do_not_fill_the_memory(
        self, stack: Stack, client: Client, stub: Stub
    ) -> None:
        """R-024: the web process stays as large as it was, and others are served."""
        execution = slow_run(client, stub, calls=2)
        client.ended(execution)
        before = resident_bytes(stack.process_id("web"))

        async def flood() -> None:
            async with opened(stack.url, cookies_of(client)) as page:
                page.acknowledges = False
                for _ in range(2_000):
                    await page.say({"sub": f"execution:{execution}", "after": 0})
                await page.connection.ping()

        asyncio.run(flood())

        until(lambda: httpx.get(f"{stack.url}/healthz", timeout=30).is_success, "others are served")
        assert resident_bytes(stack.process_id("web")) - before < 30_000_000


def resident_bytes(pid: int) -> int:
    """The memory of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * 4096
