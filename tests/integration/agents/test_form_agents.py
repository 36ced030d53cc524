"""Agents that the registry's form makes: their document is one that the AI Agent takes."""

from __future__ import annotations

import pytest

from headrace.executions import actions as executions
from headrace.executions import queries
from headrace.llm.models import Call
from headrace.workflows import actions as workflows
from headrace.workflows import queries as drafts
from headrace_sdk.items import Item
from tests.support.engine import ended, working

FORM = {"name": "Greeter", "layer": "content", "model": "offline", "instructions": "Be brief."}


def test_the_document_of_a_new_agent_has_no_problem(api, in_alpha):
    made = api("member").post("agents/", FORM).json()

    draft = drafts.draft(made["id"])
    assert draft.problems == ()
    agent = next(one for one in draft.document["nodes"] if one["type"] == "ai.agent")
    assert agent["params"]["system"] == made["definition"]["instructions"] == "Be brief."


@pytest.mark.usefixtures("committed")
def test_a_new_agent_is_published_and_answers_on_the_offline_model(api, owner, in_alpha):
    workflow = api().post("agents/", FORM).json()["id"]
    workflows.publish(owner, workflow)
    version = drafts.published(workflow)

    with working():
        items = [Item({"task": "Say hello."})]
        execution = executions.run_version(owner, version, mode="api", items=items).id
        status = ended(execution)

    (item,) = [one["json"] for one in queries.answer(execution)["items"]]
    assert (status, item["answer"]) == ("completed", "[Offline demo] You asked: Say hello.")
    assert Call.objects.get().execution_id == execution
