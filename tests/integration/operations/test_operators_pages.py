"""The operators' pages: each opens, none shows secrets or data of tenants, few change anything."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from headrace.accounts.actions import create_api_key
from headrace.audit.models import Entry
from headrace.executions.queue.models import LateResult, QueuedExecution, TenantShare, WorkerLease
from headrace.operations import actions
from headrace.operations.admin import PAGES, site
from headrace.outbox.models import DeadLetter, Message
from headrace.plugins.queries import Switches
from headrace.tenants.context import public, tenant
from headrace.tenants.ids import new_id
from tests.support.approvals import made

CHANGING = {"outbox.DeadLetter", "operations.Operator"}
SECRET = b"tenant-data-that-nobody-outside-sees"


@pytest.fixture
def operator(alpha):
    password = actions.add_operator("root@headrace.example")
    client = Client(HTTP_HOST="localhost")
    client.post("/admin/login/", {"username": "root@headrace.example", "password": password})
    return client


@pytest.fixture
def filled(alpha, owner):
    """A row on every page."""
    with tenant(alpha):
        create_api_key(owner, "ci", scopes=None, role=owner.role)
        made("Pay?")
    named = {"tenant_id": alpha.id, "execution_id": new_id()}
    with public():
        QueuedExecution.objects.create(**named, schema=alpha.schema, start=SECRET)
        TenantShare.objects.update_or_create(tenant_id=alpha.id)
        WorkerLease.objects.create(
            id=new_id(), host="h", pid=1, version="1", lease_until=timezone.now()
        )
        LateResult.objects.create(execution_id=new_id(), token=1, body=SECRET)
        Message.objects.create(topic="t", payload=SECRET.decode())
        DeadLetter.objects.create(name="n", payload=SECRET.decode(), reason="r")


def test_the_index_opens(operator):
    assert operator.get("/admin/").status_code == 200


@pytest.mark.parametrize("label", PAGES)
def test_a_list_and_a_row_open_and_show_no_data_of_tenants(operator, filled, label):
    model = apps.get_model(label)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    with public():
        row = model.objects.first()
        assert row is not None, "the page was not tried with a row"
        addresses = [reverse(f"{name}_changelist"), reverse(f"{name}_change", args=[row.pk])]

    for address in addresses:
        page = operator.get(address)
        assert page.status_code == 200, address
        assert SECRET not in page.content


@pytest.mark.parametrize("label", PAGES)
def test_a_page_changes_nothing_that_it_must_not(operator, filled, label):
    model = apps.get_model(label)
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    with public():
        row = model.objects.first()
        change, delete = (reverse(f"{name}_{what}", args=[row.pk]) for what in ("change", "delete"))
        add = reverse(f"{name}_add")

    assert operator.post(change, {}).status_code == 403
    assert operator.get(add).status_code == 403
    assert operator.get(delete).status_code == (200 if label in CHANGING else 403)


def test_a_tenant_says_how_much_is_open_there(operator, filled, alpha):
    page = operator.get(f"/admin/tenants/tenant/{alpha.id}/change/").content.decode()

    assert "1, the oldest since" in page
    assert "Pay?" not in page


def test_every_shared_table_of_ours_has_a_page_or_is_left_out_on_purpose():
    left_out = {
        "accounts.SignInToken": "secrets",
        "accounts.Invitation": "secrets; their tenant lists them",
        "accounts.BrowserSession": "session keys; each person lists their own",
        "accounts.SignInFailures": "hashes and counts",
        "tenants.Blueprint": "a cache",
    }
    shown = {model._meta.label for model in site._registry}
    shared = ("accounts", "operations", "outbox", "run_queue", "tenants")
    ours = {
        model._meta.label for name in shared for model in apps.get_app_config(name).get_models()
    }

    assert ours - shown == set(left_out)


def test_an_operator_switches_a_package_off_for_chosen_tenants(operator, alpha, beta, as_tenant):
    package = "headrace-plugin-text"
    given = {"action": f"switch_off_{package}", "_selected_action": [str(alpha.id)]}

    operator.post("/admin/tenants/tenant/", given)

    with as_tenant(alpha):
        assert Switches().off() == {package}
        last = Entry.objects.order_by("-seq").first()
        assert (last.action, last.actor_label) == (
            "plugin.disabled",
            "root@headrace.example (operator)",
        )
    with as_tenant(beta):
        assert Switches().off() == frozenset()
    shown = operator.get(f"/admin/tenants/tenant/{alpha.id}/change/").content.decode()
    assert package in shown


@pytest.mark.parametrize(
    ("is_multi_tenant", "address"),
    [(True, "https://example.org:8443/admin/"), (False, "https://flows.example.org:8443/admin/")],
)
def test_operators_and_nobody_else_are_told_the_way_here(api, settings, is_multi_tenant, address):
    settings.HEADRACE_PUBLIC_URL = "https://flows.example.org:8443"
    settings.HEADRACE_BASE_HOST = "example.org"
    settings.MULTI_TENANT = is_multi_tenant
    actions.add_operator("admin@alpha.example")

    told = {who: api(who).get("session/").json()["operators_url"] for who in ("owner", "admin")}

    assert told == {"owner": None, "admin": address}


def test_a_key_of_an_operator_is_not_told_the_way_here(api):
    actions.add_operator("owner@alpha.example")

    assert api(key=True).get("session/").json()["operators_url"] is None
