"""Every method of every API view, and one object of each kind to call it with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from headrace.accounts import actions as accounts
from headrace.accounts import invitations
from headrace.accounts import queries as people
from headrace.accounts.http import verb_of
from headrace.accounts.models import BrowserSession
from headrace.accounts.types import Role
from headrace.agents.models import Profile
from headrace.credentials import actions as credentials
from headrace.executions import actions as executions
from headrace.executions.recording import Recording
from headrace.files import actions as files
from headrace.knowledge import actions as knowledge
from headrace.knowledge.models import Example, Memory
from headrace.knowledge.types import Source
from headrace.llm.models import Budget, Call, KeptAnswer, LanguageModel
from headrace.llm.wire import encode_answer
from headrace.regression.models import WorkflowTest, WorkflowTestRun
from headrace.regression.stored import encode_sample
from headrace.regression.types import Sample
from headrace.tables import actions as tables
from headrace.tenants.clock import database_now
from headrace.tenants.context import TenantRef, tenant
from headrace.tenants.ids import new_id
from headrace.triggers.models import Schedule
from headrace.triggers.schedules import once
from headrace.variables import actions as variables
from headrace.workflows import actions as workflows
from headrace.workflows.organising import folders, tags
from headrace_sdk import offline_llm
from headrace_sdk.llm import Prompt
from tests.support.approvals import made
from tests.support.clients import actor
from tests.support.routes import Route, routes


@dataclass(frozen=True)
class Endpoint:
    """One method of one API view, and the right that it asks for."""

    route: Route
    method: str

    @property
    def verb(self) -> str | None:
        """As the view declares it."""
        return verb_of(self.route.view_class, self.method)

    def __str__(self) -> str:
        return f"{self.method} {self.route.pattern}"


def endpoints() -> Iterator[Endpoint]:
    """Whatever the URL map holds, without a list to keep."""
    for route in routes():
        if route.view_class is not None:
            for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
                if hasattr(route.view_class, method.lower()):
                    yield Endpoint(route, method)


def _sample() -> bytes:
    execution = new_id()
    recording = Recording(execution)
    return encode_sample(Sample(execution, 1, "completed", "t", [], [], recording))


def one_of_each(ref: TenantRef) -> dict[str, Any]:
    """An object of the tenant for every kind of id that stands in an address."""
    owner = actor(ref)
    nodes = [{"id": "t", "name": "Start", "type": "triggers.manual", "version": 1}]
    with tenant(ref):
        workflow = workflows.create(owner, document={"nodes": nodes}).row
        version = workflows.freeze_draft(owner, workflow.id).ref
        credential = credentials.create(
            owner, name="canary", kind="http_bearer", data={"token": "canary"}
        )
        table = tables.create(owner, "canary", [("name", "text")])
        collection = knowledge.create(owner, {"name": "canary", "embedder": "local"})
        source = Source("canary.txt", "canary", b"canary")
        return {
            "table_id": table,
            "row_id": tables.insert(owner, table, [{"name": "canary"}])[0]["id"],
            "collection_id": collection,
            "document_id": knowledge.add_document(owner, collection, source),
            "example_id": Example.objects.create(space="canary", text="canary", label="a").pk,
            "memory_id": Memory.objects.create(space="canary", text="canary").pk,
            "workflow_id": workflow.id,
            "ref": "r1",
            "execution_id": executions.run_version(owner, version, mode="manual").id,
            "other_id": executions.run_version(owner, version, mode="manual").id,
            "test_id": WorkflowTest.objects.create(
                workflow_id=workflow.id, name="canary", number=1, body=_sample()
            ).pk,
            "run_id": WorkflowTestRun.objects.create(
                workflow_id=workflow.id, version_id=version.id
            ).pk,
            "schedule_id": Schedule.objects.create(
                tenant_id=ref.id,
                workflow_id=workflow.id,
                version_id=version.id,
                node="t",
                node_type="triggers.manual",
                rule=once(database_now()),
                name="canary",
                added_by="canary",
            ).pk,
            "member_id": people.members()[1].id,
            "invitation_id": invitations.invite(owner, "canary@far.example", Role.VIEWER).row.id,
            "session_id": BrowserSession.objects.create(
                session_key="canary", person_id=owner.person_id, tenant_id=ref.id
            ).pk,
            "key_id": accounts.create_api_key(owner, "canary")[0].id,
            "credential_id": credential.id,
            "folder_id": folders.create(owner, name="Canary", parent_id=None)["id"],
            "tag_id": tags.create(owner, name="canary", color="blue")["id"],
            "approval_id": made("Canary").pk,
            "variable_id": variables.create(owner, name="CANARY", value="canary").id,
            "agent_id": Profile.objects.create(workflow_id=workflow.id, layer="canary").workflow_id,
            "call_id": Call.objects.create(
                key=new_id(), model_name="canary", provider="offline", deadline=database_now()
            ).pk,
            "answer_id": KeptAnswer.objects.create(
                digest=b"canary",
                answer=encode_answer(offline_llm.answer(Prompt.of("canary"))),
                expires_at=database_now(),
            ).pk,
            "model_id": LanguageModel.objects.create(
                name="canary", provider="offline", model="scripted", tier="local"
            ).pk,
            "budget_id": Budget.objects.create(name="canary", scope="tenant", limit_micro=1).pk,
            "file_id": files.put(b"canary", name="a.txt", mime="text/plain").id,
        }
