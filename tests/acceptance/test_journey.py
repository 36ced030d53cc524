"""From an empty draft to a run that stands in the list, by the API and by the command line alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from headrace_bootstrap.stack import Stack
from tests.support.running import Client, command, rows, until, webhook
from tests.support.stub import Stub
from tests.support.workflows import MANUAL, document, in_a_row, node, sets, when

EDIT = node("edit", "data.edit_fields", sets("total", "{{ $json.body.price * 2 }}"))
BIG = node("big", "flow.if", when("{{ $json.total }}", "gt", 10))
YES = node("yes", "data.edit_fields", {"keep": "none", **sets("answer", "large {{ $json.total }}")})
NO = node("no", "data.edit_fields", {"keep": "none", **sets("answer", "small {{ $json.total }}")})
EDGES = ("edit -> big", "big.true -> yes", "big.false -> no")


def branches(trigger: dict[str, Any]) -> dict[str, Any]:
    """Trigger → Edit Fields → If → two branches."""
    return document([trigger, EDIT, BIG, YES, NO], f"{trigger['id']} -> edit", *EDGES)


def request_node(url: str, params: dict[str, Any] | None = None, **settings: Any) -> dict[str, Any]:
    """An HTTP Request with the id `call`."""
    return node("call", "web.http_request", {"url": url, **(params or {})}, settings=settings)


def post(stack: Stack, path: str, body: Any) -> httpx.Response:
    """What `curl -d` does."""
    return httpx.post(f"{stack.url}/webhook/{path}", json=body, timeout=60)


def test_the_first_call_after_publishing_again_runs_the_new_version(
    stack: Stack, client: Client
) -> None:
    """P-1: what the gate remembers of the version before must not turn a call away."""
    flow = document(
        [webhook("again", respond="last_node"), node("end", "flow.no_op")], "hook -> end"
    )
    workflow = client.create(flow, publish=True)
    first = post(stack, "again", {"n": 1})

    client.post(f"workflows/{workflow}/activate/", {})
    second = post(stack, "again", {"n": 2})

    assert (first.status_code, second.status_code) == (200, 200)
    assert {run["version"]["number"] for run in client.executions(workflow)} == {1, 2}


def test_a_call_after_deactivation_finds_nobody(stack: Stack, client: Client) -> None:
    """Deactivation holds at once, whatever the gate remembers."""
    flow = document([webhook("gone"), node("end", "flow.no_op")], "hook -> end")
    workflow = client.create(flow, publish=True)
    before = post(stack, "gone", {})

    client.post(f"workflows/{workflow}/deactivate/", {})
    after = post(stack, "gone", {})

    assert (before.is_success, after.status_code) == (True, 404)
    assert len(client.executions(workflow)) == 1


@pytest.mark.parametrize(
    ("price", "answer", "taken"), [(21, "large 42", "yes"), (1, "small 2", "no")]
)
def test_a_posted_order_is_answered_by_its_branch_and_stands_in_the_list(
    stack: Stack, client: Client, price: int, answer: str, taken: str
) -> None:
    """The whole vertical by API alone."""
    path = f"journey-{taken}"
    workflow = client.create(branches(webhook(path, respond="last_node")), publish=True)

    response = post(stack, path, {"price": price})

    assert (response.status_code, response.json()) == (200, {"answer": answer})
    (listed,) = client.executions(workflow)
    assert (listed["status"], listed["mode"], listed["version"]["number"]) == (
        "completed",
        "webhook",
        1,
    )
    steps = client.execution(listed["id"])["steps"]
    assert [step["node"] for step in steps] == ["hook", "edit", "big", taken]
    assert client.items(listed["id"], "edit")[0]["total"] == price * 2
    assert client.items(listed["id"], taken) == [{"answer": answer}]
    assert client.items(listed["id"], "edit", side="input")[0]["body"] == {"price": price}
    numbers = [event["seq"] for event in client.events(listed["id"])]
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_respond_node_chooses_status_headers_and_body(stack: Stack, client: Client) -> None:
    """And the run goes on behind it."""
    respond = node(
        "respond",
        "web.respond",
        {
            "body": "json",
            "body_json": {"=": "{{ ({ got: $json.body.name }) }}"},
            "status": 201,
            "headers": [{"name": "X-Order", "value": {"=": "{{ $json.body.name }}"}}],
        },
    )
    flow = document(
        [webhook("journey-respond", respond="respond_node"), respond, node("after", "flow.no_op")],
        "hook -> respond",
        "respond -> after",
    )
    workflow = client.create(flow, publish=True)

    response = post(stack, "journey-respond", {"name": "Ada"})

    assert (response.status_code, response.json()) == (201, {"got": "Ada"})
    assert response.headers["X-Order"] == "Ada"
    (execution,) = client.executions(workflow)
    assert client.ended(execution["id"])["steps"][-1]["node"] == "after"


def test_a_webhook_can_answer_before_the_run(stack: Stack, client: Client) -> None:
    """Respond immediately: the execution's id, and the run ends later."""
    flow = document(
        [webhook("journey-now", response_status=202), node("end", "flow.no_op")], "hook -> end"
    )
    client.create(flow, publish=True)

    response = post(stack, "journey-now", {"a": 1})

    assert response.status_code == 202
    assert client.ended(response.json()["execution"])["status"] == "completed"


def test_the_command_line_runs_the_same_workflow(stack: Stack, tmp_path: Path) -> None:
    """`manage.py run_workflow FILE --input FILE`, recorded like any other run."""
    flow, given = tmp_path / "flow.json", tmp_path / "input.json"
    flow.write_text(json.dumps(branches(MANUAL)))
    given.write_text(json.dumps({"body": {"price": 21}}))

    done = command(stack, "run_workflow", str(flow), "--input", str(given))

    assert done.returncode == 0, done.stderr
    (printed,) = [line for line in done.stdout.splitlines() if line.startswith("{")]
    assert json.loads(printed)["Yes"][0]["json"] == {"answer": "large 42"}
    found = rows(stack, "select status from t_demo.executions_execution where mode = 'api'")
    assert ("completed",) in found


def test_an_http_request_brings_back_what_the_service_says(client: Client, stub: Stub) -> None:
    """Through the egress guard, to a service that the operator allowed."""
    flow = document([MANUAL, request_node(stub.url("/hello"))], "start -> call")

    execution = client.run(flow)

    assert execution["status"] == "completed", execution["error"]
    assert client.items(execution["id"], "call") == [{"path": "/hello", "call": 1}]


def test_a_failed_request_leaves_by_the_error_port(client: Client, stub: Stub) -> None:
    """Behaviour: on error, by a port."""
    flow = document(
        [
            MANUAL,
            request_node(stub.url("/broken?status=500"), on_error="error_port"),
            node("saved", "flow.no_op"),
            node("never", "flow.no_op"),
        ],
        "start -> call",
        "call.error -> saved",
        "call -> never",
    )

    execution = client.run(flow)

    assert execution["status"] == "completed"
    assert [step["node"] for step in execution["steps"]] == ["start", "call", "saved"]
    assert client.items(execution["id"], "saved")[0]["error"]["node"] == "Call"


def test_a_request_is_repeated_with_one_key_until_it_succeeds(client: Client, stub: Stub) -> None:
    """P-4, R-057: every attempt carries the same idempotency key."""
    path = "/flaky?status=503&times=2"
    flow = document(
        [
            MANUAL,
            request_node(
                stub.url(path),
                {"method": "POST", "honours_key": True},
                retry={"max_attempts": 3, "initial_s": 0.1, "jitter": False},
            ),
        ],
        "start -> call",
    )

    execution = client.run(flow)

    assert execution["status"] == "completed", execution["error"]
    assert execution["steps"][-1]["attempt"] == 3
    assert stub.count(path) == 3
    assert len(stub.keys[path]) == 1
    assert "" not in stub.keys[path]


def test_a_step_that_takes_too_long_fails_in_time(client: Client, stub: Stub) -> None:
    """R-006: the node's own limit."""
    flow = document(
        [MANUAL, request_node(stub.url("/slow?delay_s=20"), timeout_s=0.5)], "start -> call"
    )

    execution = client.run(flow)

    assert execution["status"] == "failed"
    assert execution["error"]["code"] == "timeout"
    assert execution["steps"][-1]["duration_ms"] < 10_000


def test_a_cancelled_run_starts_no_further_step(client: Client, stub: Stub) -> None:
    """P-8."""
    flow = document(
        [MANUAL, request_node(stub.url("/cancelled?delay_s=20")), node("after", "flow.no_op")],
        "start -> call",
        "call -> after",
    )
    execution = client.start(client.create(flow))
    until(lambda: stub.count("/cancelled?delay_s=20"), "the call is under way")

    client.post(f"executions/{execution}/cancel/")

    ended = client.ended(execution, within_s=15)
    assert ended["status"] == "cancelled"
    assert "after" not in [step["node"] for step in ended["steps"]]


def test_a_wait_holds_no_worker_and_goes_on_in_time(stack: Stack, client: Client) -> None:
    """M038, P-5: longer than five seconds is only a row."""
    wait = node("wait", "flow.wait", {"mode": "for", "duration_s": 7})
    flow = document([MANUAL, wait, node("end", "flow.no_op")], "start -> wait", "wait -> end")

    execution = client.start(client.create(flow), {"a": 1})

    client.reached(execution, "waiting")
    held = rows(stack, "select worker from run_queue where execution_id = %s", execution)
    ended = client.ended(execution)
    assert held == [(None,)]
    assert ended["status"] == "completed"
    assert client.items(execution, "end") == [{"a": 1}]
    assert ended["duration_ms"] >= 6_500


def test_a_waiting_run_goes_on_when_its_address_is_called(stack: Stack, client: Client) -> None:
    """S-071: the address works once, and says nothing to whoever guesses."""
    address = node(
        "say", "data.edit_fields", sets("address", '{{ $execution.resumeUrls["Wait"] }}')
    )
    wait = node("wait", "flow.wait", {"mode": "call"})
    flow = document(
        [MANUAL, address, wait, node("end", "flow.no_op")],
        "start -> say",
        "say -> wait",
        "wait -> end",
    )
    execution = client.start(client.create(flow))
    client.reached(execution, "waiting")
    url = client.items(execution, "say")[0]["address"]
    path = f"/resume/{url.rpartition('/')[2]}"

    guessed = httpx.post(f"{stack.url}{path[:-1]}{'a' if path[-1] != 'a' else 'b'}", json={})
    called = httpx.post(f"{stack.url}{path}", json={"ok": True})
    again = httpx.post(f"{stack.url}{path}", json={"ok": False})

    assert client.ended(execution)["status"] == "completed"
    assert client.items(execution, "end")[0]["resumed_with"] == {"ok": True}
    assert (called.status_code, guessed.status_code) == (200, again.status_code)
    assert guessed.status_code in {404, 409, 410}
    assert guessed.json()["detail"] == again.json()["detail"]


def test_pinned_items_stand_in_for_a_node_in_manual_runs_alone(
    stack: Stack, client: Client
) -> None:
    """The published workflow never sees them."""
    edit = node("edit", "data.edit_fields", sets("from", "live"))
    hook = webhook("journey-pins", respond="last_node")
    flow = document([hook, edit], "hook -> edit", pins={"edit": [{"json": {"from": "pin"}}]})
    workflow = client.create(flow, publish=True)

    by_hand = client.ended(client.start(workflow))
    live = post(stack, "journey-pins", {})

    assert client.items(by_hand["id"], "edit") == [{"from": "pin"}]
    assert live.json()["from"] == "live"


def test_a_reload_replaces_every_process_and_loses_no_run(stack: Stack, client: Client) -> None:
    """As when the sources of a plugin have changed."""
    names = ("web", *stack.workers, "scheduler")
    before = {name: stack.process_id(name) for name in names}
    wait = node("wait", "flow.wait", {"mode": "for", "duration_s": 1})
    execution = client.start(client.create(in_a_row([MANUAL, wait])))

    stack.reload()
    until(stack.is_ready, "a web process that is ready")

    assert all(stack.process_id(name) not in {0, before[name]} for name in names)
    assert client.ended(execution)["status"] == "completed"
