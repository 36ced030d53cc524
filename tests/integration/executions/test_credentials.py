"""S-055: a run uses a credential by the right that its publisher has now."""

from __future__ import annotations

import pytest

from headrace.accounts import actions as accounts
from headrace.accounts import queries as people
from headrace.accounts.errors import Forbidden
from headrace.accounts.types import Role
from headrace.credentials import actions as credentials
from headrace.executions import actions, queries
from headrace.workflows import actions as workflows
from headrace.workflows.queries import published
from tests.support.clients import actor
from tests.support.engine import ended, working
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def calling(in_alpha, owner):
    """A document whose one call uses a credential, and cannot reach anything."""
    credential = credentials.create(owner, name="api", kind="http_bearer", data={"token": "x"})
    call = node(
        "call",
        "web.http_request",
        {"url": "http://192.0.2.1/"},
        credentials={"auth": str(credential.id)},
    )
    return in_a_row([MANUAL, call])


@pytest.fixture
def member(in_alpha):
    return actor(in_alpha, Role.MEMBER)


def run_published(owner, workflow_id):
    with working():
        execution = actions.run_version(owner, published(workflow_id), mode="manual").id
        ended(execution)
    return queries.answer(execution)["error"]["code"]


def demote(owner, person):
    (row,) = (one for one in people.members() if one.person_id == person.person_id)
    accounts.change_role(owner, row.id, Role.VIEWER)


def test_a_publisher_who_lost_the_right_takes_it_from_the_workflow(calling, owner, member):
    workflow = workflows.create(member, document=calling).row.id
    workflows.publish(member, workflow)
    assert run_published(owner, workflow) != "credential_not_allowed"

    demote(owner, member)
    try:
        assert run_published(owner, workflow) == "credential_not_allowed"
        workflows.publish(owner, workflow)
        assert run_published(owner, workflow) != "credential_not_allowed"
    finally:
        (row,) = (one for one in people.members() if one.person_id == member.person_id)
        accounts.change_role(owner, row.id, Role.MEMBER)


@pytest.mark.parametrize("start", [workflows.publish, workflows.freeze_draft])
def test_a_key_without_the_right_starts_nothing_that_uses_credentials(api, calling, owner, start):
    workflow = workflows.create(owner, document=calling).row.id
    scopes = ["workflow.run", "workflow.publish"]
    _, text = accounts.create_api_key(owner, "ci", scopes=scopes, role=Role.OWNER)

    with pytest.raises(Forbidden):
        start(people.actor_by_api_key(text), workflow)
