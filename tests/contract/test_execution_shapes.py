"""What the OpenAPI document says of executions is what the API answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from headrace.executions import queries
from tests.contract.test_api_shapes import check
from tests.support.called import published
from tests.support.clients import Api
from tests.support.engine import begin, ended, until, working
from tests.support.workflows import MANUAL, document, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")
Clients = Callable[..., Api]
ONE = "/api/v1/executions/{execution_id}/"
CALLED = in_a_row([node("in", "triggers.workflow_input"), node("end", "flow.no_op")])


@pytest.fixture
def runs(in_alpha: Any, owner: Any) -> dict[str, str]:
    """Executions of every kind: one that called, one that failed, and one that waits."""
    called = published(CALLED, "Called")
    calling = in_a_row(
        [
            MANUAL,
            node("set", "data.edit_fields", sets("n", 1)),
            node("call", "flow.run_workflow", {"workflow": str(called)}),
        ]
    )
    failing = in_a_row([MANUAL, node("stop", "flow.stop", {"message": "No."})])
    waiting = in_a_row([MANUAL, node("wait", "flow.wait", {"mode": "call"})])
    with working():
        begun = {
            "called": begin(owner, calling, {"a": 1}),
            "failed": begin(owner, failing, {"a": 1}),
            "waiting": begin(owner, waiting, {"a": 1}),
        }
        assert [ended(begun[name]) for name in ("called", "failed")] == ["completed", "failed"]
        until(lambda: queries.get(begun["waiting"]).status == "waiting", "the wait")
    return {name: str(execution) for name, execution in begun.items()}


def test_executions_have_the_described_shape(api: Clients, runs: dict[str, str]) -> None:
    """The list, each of them, its log, the items of its steps, and two compared."""
    browser = api()

    check("/api/v1/executions/", "get", 200, browser.get("executions/").json())
    for execution in runs.values():
        shown = browser.get(f"executions/{execution}/").json()
        check(ONE, "get", 200, shown)
        for child in shown["children"]:
            check(ONE, "get", 200, browser.get(f"executions/{child['execution']}/").json())
        events = browser.get(f"executions/{execution}/events/").json()
        check(f"{ONE}events/", "get", 200, events)
        cost = browser.get(f"executions/{execution}/cost/").json()
        check(f"{ONE}cost/", "get", 200, cost)
    items = browser.get(f"executions/{runs['called']}/steps/set/0/").json()
    check(f"{ONE}steps/{{node}}/{{run}}/", "get", 200, items)
    both = browser.get(f"executions/{runs['called']}/compare/{runs['failed']}/").json()
    check(f"{ONE}compare/{{other_id}}/", "get", 200, both)


def test_what_is_done_to_executions_has_the_described_shape(
    api: Clients, runs: dict[str, str]
) -> None:
    """Cancel, retry, fork, and what forks look like."""
    browser = api()

    cancelled = browser.post(f"executions/{runs['waiting']}/cancel/").json()
    check(f"{ONE}cancel/", "post", 202, cancelled)
    again = browser.post(f"executions/{runs['failed']}/retry/").json()
    check(f"{ONE}retry/", "post", 202, again)
    wish = {"from": [{"node": "set", "run": "0"}]}
    fork = browser.post(f"executions/{runs['called']}/fork/", wish).json()
    check(f"{ONE}fork/", "post", 201, fork)
    check(ONE, "get", 200, browser.get(f"executions/{fork['execution']}/").json())


def test_runs_by_hand_have_the_described_shape(api: Clients, in_alpha: Any) -> None:
    """At once, and with their result."""
    browser = api()
    flow = document([MANUAL, node("end", "flow.no_op")], "start -> end")
    workflow = browser.post("workflows/", {"document": flow}).json()["id"]
    path = "/api/v1/workflows/{workflow_id}/run/"

    with working():
        begun = browser.post(f"workflows/{workflow}/run/", {"items": [{"a": 1}]})
        result = browser.post(f"workflows/{workflow}/run/", {"items": [{"a": 1}], "wait": 60})

    assert (begun.status_code, result.status_code) == (202, 200)
    check(path, "post", 202, begun.json())
    check(path, "post", 200, result.json())


@pytest.mark.parametrize(
    "value",
    [
        "{{ $json.a }}",
        "{{ 1 + }}",
        "{{ nothing.here }}",
        "{{ [$json.a].map(x => { return x }) }}",
        "{{ [$json.a].map(x => { return (x y) }) }}",
        "{{ (() => $json.b.c)() }}",
        None,
    ],
)
def test_previews_have_the_described_shape(api: Clients, value: str | None) -> None:
    """With a value, and with a fault."""
    answer = api().post("expressions/preview/", {"value": {"=": value}, "items": [{"a": 1}]})

    check("/api/v1/expressions/preview/", "post", 200, answer.json())


def test_the_reference_has_the_described_shape(api: Clients) -> None:
    """Everything that can be written in an expression."""
    answer = api().get("expressions/reference/").json()

    check("/api/v1/expressions/reference/", "get", 200, answer)
