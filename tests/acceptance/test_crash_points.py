"""Two loops side by side, one of them waiting for a person, killed at every named crash point."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
import redis

from headrace.executions import log
from headrace.executions.crash_points import POINTS
from headrace_bootstrap.stack import Stack
from tests.support.running import ENDED, Client, rows, until, webhook
from tests.support.stub import Stub
from tests.support.workflows import document, node, sets, when

ITEMS: Final = [1, 2, 3]


def two_loops(stub: Stub) -> dict[str, Any]:
    """Each loop has an If and a join inside; the right one waits for a call in each turn."""
    url = {"=": f'{stub.url("")}/loops/{{{{ $("Hook").first().json.body.mark }}}}/end'}
    nodes = [
        webhook("two-loops", respond="last_node"),
        *side("left"),
        *side("right"),
        node("person", "flow.wait", {"mode": "call"}),
        node("both", "flow.merge", {"mode": "append", "inputs": ["1", "2"]}),
        node("end", "web.http_request", {"url": url, "method": "PUT"}),
    ]
    edges = [
        *wires("left"),
        *wires("right"),
        "left_join -> left_each",
        "right_join -> person",
        "person -> right_each",
        "left_each.done -> both.1",
        "right_each.done -> both.2",
        "both -> end",
    ]
    return document(nodes, *edges)


def side(name: str) -> list[dict[str, Any]]:
    """The nodes of one loop."""
    return [
        node(f"{name}_split", "data.split_out", {"field": "body.rows"}),
        node(f"{name}_each", "flow.for_each"),
        node(f"{name}_if", "flow.if", when("{{ $json.rows % 2 }}", "equals", 1)),
        node(f"{name}_odd", "data.edit_fields", sets("odd", "{{ $json.rows * 10 }}")),
        node(f"{name}_even", "data.edit_fields", sets("even", "{{ $json.rows * 100 }}")),
        node(f"{name}_join", "flow.merge", {"mode": "append", "inputs": ["1", "2"]}),
    ]


def wires(name: str) -> list[str]:
    """And the edges between them."""
    return [
        f"hook -> {name}_split",
        f"{name}_split -> {name}_each",
        f"{name}_each.loop -> {name}_if",
        f"{name}_if.true -> {name}_odd",
        f"{name}_if.false -> {name}_even",
        f"{name}_odd -> {name}_join.1",
        f"{name}_even -> {name}_join.2",
    ]


@pytest.fixture(scope="module")
def points(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where workers look for the points at which they are to die."""
    return tmp_path_factory.mktemp("points")


@pytest.fixture(scope="module")
def fragile(stub: Stub, points: Path) -> Iterator[Stack]:
    """Four workers, so that one that starts again keeps nobody waiting."""
    settings = {
        "HEADRACE_EGRESS_ALLOW": f"127.0.0.1:{stub.port}",
        "HEADRACE_LEASE_S": "2",
        "HEADRACE_SWEEP_S": "0.3",
        "HEADRACE_DRAIN_S": "2",
        "HEADRACE_CRASH_POINTS": str(points),
    }
    with Stack.temporary(settings, workers=4) as stack:
        yield stack


@pytest.fixture(scope="module")
def owner(fragile: Stack) -> Iterator[Client]:
    """Signed in there."""
    assert fragile.owner is not None
    assert fragile.owner.password is not None
    client = Client.sign_in(fragile.url, fragile.owner.email, fragile.owner.password)
    yield client
    client.http.close()


class Person:
    """Calls every address at which a step waits, once."""

    def __init__(self, stack: Stack) -> None:
        self._stack = stack
        self._called: set[str] = set()

    def call(self, execution: str) -> None:
        """Answer whatever this execution waits for."""
        segments = rows(
            self._stack,
            "select first_seq, body from t_demo.executions_logsegment where execution_id = %s",
            execution,
        )
        events = [event for first, body in segments for event in log.decode_segment(body, first)]
        for event in events:
            address = str(event.data.get("resume_url") or "")
            if not address or address in self._called:
                continue
            answer = httpx.post(
                f"{self._stack.url}{urlsplit(address).path}", json={"ok": True}, timeout=60
            )
            if answer.status_code < 500:
                self._called.add(address)


def run(
    stack: Stack, client: Client, workflow: str, meanwhile: Callable[[str], None]
) -> tuple[str, dict[str, Any]]:
    """One execution from post to end: its id and the outputs of every step."""
    mark = uuid4().hex
    body = {"mark": mark, "rows": ITEMS}
    known = {row["id"] for row in client.executions(workflow)}
    caller = threading.Thread(
        target=lambda: httpx.post(f"{stack.url}/webhook/two-loops", json=body, timeout=60)
    )
    caller.start()
    person = Person(stack)
    found: list[str] = []

    def has_ended() -> bool:
        found[:] = [row["id"] for row in client.executions(workflow) if row["id"] not in known]
        for execution in found:
            meanwhile(execution)
            person.call(execution)
        return bool(found) and client.execution(found[0])["status"] in ENDED

    until(has_ended, "the end of the execution")
    caller.join()
    return found[0], outputs(client, found[0])


def outputs(client: Client, execution: str) -> dict[str, Any]:
    """What left every step by every port, without what the stub counts."""
    found: dict[str, Any] = {}
    for step in client.execution(execution)["steps"]:
        for port in step["items_out"] or {}:
            page = client.get(
                f"executions/{execution}/steps/{step['node']}/{step['run']}/", port=port
            )
            found[f"{step['node']} {step['run']} {port}"] = [
                {name: value for name, value in item["json"].items() if name not in VARYING}
                for item in page["items"]
            ]
    return found


VARYING: Final = frozenset({"call", "path", "headers", "query", "body"})
"""What differs from call to call by its nature: the count of the stub, the request itself."""


@pytest.mark.timeout(600)
def test_two_loops_give_what_they_would_wherever_their_worker_dies(
    fragile: Stack, owner: Client, stub: Stub, points: Path
) -> None:
    """R-001 to R-003: the outputs of every step are those of a run that nobody disturbed."""
    workflow = owner.create(two_loops(stub), publish=True)
    _, undisturbed = run(fragile, owner, workflow, nothing)
    differing = {}

    for point in POINTS:
        (points / point).touch()
        watch(fragile, workflow)
        drain = partial(stop_holder, fragile, points) if point == "during_drain" else nothing
        execution, found = run(fragile, owner, workflow, drain)
        status = owner.execution(execution)["status"]
        if (status, found) != ("completed", undisturbed):
            differing[point] = (status, found)
        until((points / f"{point}.reached").exists, f"somebody died at {point}")

    assert len(undisturbed) >= 25
    assert differing == {}


def stop_holder(stack: Stack, points: Path, execution: str) -> None:
    """Tell a live worker to stop, the one that has the execution if any has, until one dies of it."""
    live = rows(
        stack,
        "select w.pid from run_worker w left join run_queue q "
        "on q.worker = w.id and q.execution_id = %s "
        "where w.lease_until > clock_timestamp() order by q.execution_id nulls last",
        execution,
    )
    names = {stack.process_id(name): name for name in stack.workers}
    found = [names[pid] for (pid,) in live if pid in names]
    if found and (points / "during_drain").exists():
        stack.signal(found[0], "TERM")


def nothing(_execution: str) -> None:
    """While nobody is to be stopped."""


def watch(stack: Stack, workflow: str) -> None:
    """As a page does that has the workflow open."""

    ((tenant,),) = rows(stack, "select id from tenants_tenant where slug = 'demo'")
    group = f"t.{tenant.hex}.workflow.{UUID(workflow).hex}"
    broker = redis.Redis.from_url(stack.environment["REDIS_URL"])
    broker.zadd("watched", {group: time.time() + 60})
    broker.publish("watching", group)
