"""What a person may choose from while a form is filled in."""

from __future__ import annotations

from headrace.workflows import actions as workflows
from tests.support.clients import actor
from tests.support.workflows import MANUAL, in_a_row, node


def options(api, parameter="workflow", **params):
    answer = api.post(f"nodes/flow.run_workflow/options/{parameter}/", {"params": params})
    assert answer.status_code == 200, answer.content
    return answer.json()["options"]


def test_the_workflows_that_can_be_called_are_offered_by_name(in_alpha, owner, api):
    called = in_a_row([node("in", "triggers.workflow_input")])
    second = workflows.create(owner, name="Second", document=called).row.id
    first = workflows.create(owner, name="First", document=called).row.id
    workflows.create(owner, name="Not callable", document=in_a_row([MANUAL]))

    found = options(api())

    assert found == [
        {"value": str(first), "label": "First"},
        {"value": str(second), "label": "Second"},
    ]


def taking(*inputs):
    return in_a_row([node("in", "triggers.workflow_input", {"inputs": list(inputs)})])


ORDER = {"name": "order_id", "type": "number", "required": True, "description": "Of the shop."}
SHOWN = {
    "value": "order_id",
    "label": "order_id",
    "type": "number",
    "required": True,
    "help": "Of the shop.",
}


def test_the_inputs_of_the_chosen_workflow_are_offered_with_their_types(in_alpha, owner, api):
    called = workflows.create(owner, name="Called", document=taking(ORDER)).row.id

    assert options(api(), "inputs", workflow=str(called)) == [SHOWN]


def test_the_inputs_are_those_of_the_version_that_is_called(in_alpha, owner, api):
    created = workflows.create(owner, name="Called", document=taking(ORDER))
    called = created.row.id
    workflows.publish(owner, called)
    workflows.save(owner, called, taking(), revision=created.row.revision)

    def names(**version):
        found = options(api(), "inputs", workflow=str(called), **version)
        return [one["value"] for one in found]

    assert names() == ["order_id"]
    assert names(version="draft") == []
    assert names(version="number", number=1) == ["order_id"]
    assert names(version="number", number=7) == []


def test_what_is_no_workflow_declares_no_inputs(in_alpha, owner, api):
    gone = "0198c0de-0000-7000-8000-000000000009"

    assert options(api(), "inputs") == []
    assert options(api(), "inputs", workflow="nonsense") == []
    assert options(api(), "inputs", workflow=gone) == []


def test_another_tenants_workflows_are_not_offered(alpha, beta, api, as_tenant):
    with as_tenant(beta):
        created = workflows.create(actor(beta), name="Theirs", document=taking(ORDER))

        theirs = str(created.row.id)

    assert options(api()) == []
    assert options(api(), "inputs", workflow=theirs) == []
