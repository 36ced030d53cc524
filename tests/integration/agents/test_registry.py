"""The registry of agents: what it takes, what it finds, and how it holds back work."""

from __future__ import annotations

from uuid import uuid4

import pytest

from headrace.audit.models import Entry
from headrace.executions import actions as executions
from headrace.executions import queries
from headrace.llm.models import Budget, Call
from headrace.tenants.clock import database_now
from headrace.tenants.ids import new_id
from headrace.workflows import actions as workflows
from headrace.workflows import queries as workflow_queries
from tests.support.engine import ended, queue_row, until, working
from tests.support.workflows import document, in_a_row, node, sets

CALLED = in_a_row(
    [node("task", "triggers.workflow_input"), node("reply", "data.edit_fields", sets("ok", True))]
)
WRITER = {
    "name": "Writer",
    "layer": "content",
    "description": "Writes about anything.",
    "skills": ["Writing", "english "],
    "max_concurrent": 2,
    "max_cost_run_micro": 50_000,
    "max_cost_day_micro": 2_000_000,
}


def adopted(api, owner, name="Writer", **given):
    """An agent whose workflow is published."""
    workflow = workflows.create(owner, name=name, document=CALLED).row.id
    body = {"name": name, "workflow": str(workflow), **given}
    made = api().post("agents/", body)
    assert made.status_code == 201, made.json()
    workflows.publish(owner, workflow)
    return workflow


def begun(owner, workflow):
    version = workflow_queries.published(workflow)
    return executions.run_version(owner, version, mode="api").id


def test_an_agent_that_a_form_makes_is_a_workflow_with_its_limits(api, in_alpha):
    made = api("member").post("agents/", {**WRITER, "instructions": "Be brief.", "model": "able"})

    assert made.status_code == 201
    shown = made.json()
    draft = workflow_queries.draft(shown["id"])
    assert [one["type"] for one in draft.document["nodes"]] == [
        "triggers.workflow_input",
        "ai.agent",
    ]
    assert draft.document["settings"]["max_concurrency"] == 2
    assert (shown["skills"], shown["state"], shown["version"]) == (
        ["english", "writing"],
        "enabled",
        None,
    )
    assert (shown["definition"]["model"], shown["definition"]["instructions"]) == (
        "able",
        "Be brief.",
    )
    assert [one["name"] for one in shown["definition"]["inputs"]] == ["task"]
    budgets = Budget.objects.order_by("scope").values_list("scope", "period", "limit_micro")
    assert list(budgets) == [("run", "total", 50_000), ("workflow", "day", 2_000_000)]
    assert Entry.objects.filter(action="agent.created").exists()


def test_agents_are_found_by_skill_and_by_text(api, owner, in_alpha):
    adopted(api, owner, "Writer", skills=["writing"])
    adopted(api, owner, "Counter", skills=["sums"], description="Adds numbers.")

    def names(query):
        return [one["name"] for one in api("viewer").get(f"agents/?{query}").json()["results"]]

    assert names("") == ["Counter", "Writer"]
    assert names("skill=Writing") == ["Writer"]
    assert names("search=NUMBERS") == ["Counter"]
    assert api().get("agents/").json()["skills"] == ["sums", "writing"]


def test_what_is_said_of_an_agent_is_replaced_with_its_limits(api, owner, in_alpha):
    agent = adopted(api, owner, max_cost_day_micro=5)
    changed = {"name": "Author", "layer": "code", "skills": [], "max_concurrent": 3}

    shown = api().put(f"agents/{agent}/", changed).json()

    assert (shown["name"], shown["layer"], shown["max_concurrent"]) == ("Author", "code", 3)
    assert shown["has_unpublished_changes"] is True
    assert (shown["max_cost_day_micro"], Budget.objects.count()) == (None, 0)


def test_the_definition_is_that_of_the_published_version(api, owner, in_alpha):
    agent = api().post("agents/", WRITER).json()["id"]
    draft = workflow_queries.draft(agent)
    tools = [*draft.document["nodes"], node("http", "web.http_request")]
    tie = {"from": ["http", "tool"], "to": ["agent", "tools"]}
    tied = {**draft.document, "nodes": tools, "edges": [*draft.document["edges"], tie]}
    workflows.save(owner, agent, tied, revision=draft.row.revision)

    made_of = api().get(f"agents/{agent}/").json()["definition"]

    assert made_of["is_published"] is False
    assert made_of["tools"] == [{"node": "http", "name": "Http", "type": "web.http_request"}]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"workflow": str(uuid4())}, 404),
        ({"name": ""}, 400),
        ({"max_concurrent": 0}, 400),
        ({"skills": ["x" * 61]}, 400),
        ({"more": 1}, 400),
    ],
)
def test_a_bad_agent_is_refused(api, in_alpha, change, status):
    assert api().post("agents/", {**WRITER, **change}).status_code == status


def test_a_workflow_that_cannot_be_called_is_no_agent(api, owner, in_alpha):
    workflow = workflows.create(owner, document=document([node("start", "triggers.manual")])).row

    answer = api().post("agents/", {"name": "X", "workflow": str(workflow.id)})

    assert (answer.status_code, answer.json()["code"]) == (422, "no_workflow_input")


def test_a_workflow_is_one_agent_only(api, owner, in_alpha):
    agent = adopted(api, owner)

    again = api().post("agents/", {"name": "X", "workflow": str(agent)})

    assert (again.status_code, again.json()["code"]) == (409, "already_an_agent")


def test_an_agent_taken_away_leaves_its_workflow_without_limits(api, owner, in_alpha):
    agent = adopted(api, owner, max_cost_run_micro=7)

    assert api().delete(f"agents/{agent}/").status_code == 204

    assert api().get(f"agents/{agent}/").json()["code"] == "agent_not_found"
    assert (workflow_queries.exists(agent), Budget.objects.count()) == (True, 0)


@pytest.mark.usefixtures("committed")
def test_what_a_paused_agent_is_given_waits_until_it_is_enabled(api, owner, in_alpha):
    agent = adopted(api, owner)
    assert api().post(f"agents/{agent}/pause/", {}).json()["state"] == "paused"

    with working():
        held = begun(owner, agent)
        version = workflows.freeze_draft(owner, agent)
        # A test run of the draft ends meanwhile, so the worker has looked into the queue.
        tested = executions.run_version(owner, version.ref, mode="manual").id
        assert ended(tested) == "completed"
        assert queries.get(held).status == "queued"
        assert api().get(f"agents/{agent}/").json()["figures"]["queued"] == 1
        api().post(f"agents/{agent}/enable/", {})

        assert ended(held) == "completed"


@pytest.mark.usefixtures("committed")
def test_what_was_given_before_a_pause_and_had_not_begun_waits_too(api, owner, in_alpha):
    agent = adopted(api, owner)
    held = begun(owner, agent)

    api().post(f"agents/{agent}/pause/", {})

    assert queue_row(held)["state"] == "ready"
    with working():
        executions.cancel(owner, held)
        until(lambda: queries.get(held).status == "cancelled", "the end of what was cancelled")


def test_the_figures_are_those_of_its_runs_and_of_the_ledger(api, owner, in_alpha):
    agent, other = adopted(api, owner), adopted(api, owner, "Other")
    now = database_now()
    for status in ("completed", "completed", "completed", "failed"):
        run = begun(owner, agent)
        queries.rows().filter(pk=run).update(status=status, started_at=now, ended_at=now)
    begun(owner, agent)
    for workflow, cost in ((agent, 300), (agent, 200), (other, 7)):
        Call.objects.create(
            id=new_id(),
            key=uuid4(),
            model_name="m",
            provider="offline",
            provider_model="m",
            workflow_id=workflow,
            cost_micro=cost,
            deadline=now,
            ended_at=now,
        )

    found = {one["name"]: one for one in api().get("agents/").json()["results"]}

    figures = found["Writer"]["figures"]
    assert (figures["queued"], figures["runs"], figures["failed"]) == (1, 4, 1)
    assert (figures["success_rate"], figures["cost_micro"]) == (0.75, 500)
    assert found["Other"]["figures"]["success_rate"] is None
    assert [one["status"] for one in found["Writer"]["last"]][:2] == ["queued", "failed"]


def test_one_tenant_sees_no_agent_of_another(api, owner, in_alpha, beta):
    agent = adopted(api, owner)

    assert api("owner", beta).get("agents/").json()["results"] == []
    assert api("owner", beta).get(f"agents/{agent}/").status_code == 404
