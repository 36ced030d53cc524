"""What a person may choose from while a form is filled in."""

from __future__ import annotations

from headrace.workflows import actions as workflows
from tests.support.clients import actor
from tests.support.workflows import MANUAL, in_a_row, node


def options(api):
    answer = api.post("nodes/flow.run_workflow/options/workflow/", {})
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


def test_another_tenants_workflows_are_not_offered(alpha, beta, api, as_tenant):
    with as_tenant(beta):
        called = in_a_row([node("in", "triggers.workflow_input")])
        workflows.create(actor(beta), name="Theirs", document=called)

    assert options(api()) == []
