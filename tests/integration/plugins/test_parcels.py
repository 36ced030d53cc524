"""A whole integration from a package: its account is tried, its form asks, its trigger is called."""

from __future__ import annotations

import hmac
import json
from dataclasses import replace
from typing import Any

import pytest
from asgiref.sync import sync_to_async

from headrace.catalog.queries import catalog
from headrace.credentials import actions as credentials
from headrace.workflows import actions as workflows
from headrace_sdk import Needs
from tests.support.hosted import begun, visiting
from tests.support.stub import serving
from tests.support.workflows import document, node

DATA = {"token": "good", "secret": "whsec"}


@pytest.fixture
def stub(settings):
    with serving() as stub:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{stub.port}",)
        yield stub


def account(owner: Any, url: str) -> str:
    """The id of a credential for a Parcelwise."""
    data = {**DATA, "server": url}
    return str(credentials.create(owner, name="parcels", kind="parcelwise", data=data).id)


def declaring(monkeypatch: Any, hosts: tuple[str, ...]) -> None:
    """Let the package have declared these hosts only."""
    known = catalog()
    plugins = tuple(
        replace(one, needs=Needs(hosts=hosts, credentials=("parcelwise",)))
        if one.package.distribution == "headrace-plugin-parcels"
        else one
        for one in known.plugins
    )
    monkeypatch.setattr(known, "plugins", plugins)
    (plugin,) = [one for one in plugins if one.package.name == "parcels"]
    for one in plugin.nodes:
        monkeypatch.setitem(known._owners, one.type, plugin)


@pytest.mark.parametrize(("hosts", "code"), [(("*",), ""), (("parcels.example",), "not_declared")])
def test_its_test_button_reaches_the_hosts_that_it_declared(
    api, in_alpha, owner, stub, monkeypatch, hosts, code
):
    declaring(monkeypatch, hosts)
    made = account(owner, stub.url(""))

    told = api("owner").post(f"credentials/{made}/test/").json()

    assert (told["ok"], told["code"]) == (code == "", code)
    assert stub.count("/account") == (code == "")


@pytest.mark.parametrize(("hosts", "status"), [(("*",), 200), (("parcels.example",), 400)])
def test_its_form_asks_the_hosts_that_it_declared(
    api, in_alpha, owner, stub, monkeypatch, hosts, status
):
    declaring(monkeypatch, hosts)
    body = {"credentials": {"account": account(owner, stub.url(""))}}

    answer = api("owner").post("nodes/parcels.list_parcels/options/depot/", body)

    assert answer.status_code == status
    assert sum(stub.calls.values()) == (status == 200)


@pytest.mark.usefixtures("committed", "in_alpha")
async def test_its_trigger_takes_calls_signed_with_the_secret_of_the_account(alpha, owner):
    def publish() -> None:
        made = {"auth": account(owner, "https://parcels.example")}
        trigger = node("event", "parcels.parcel_event", {"path": "parcels"}, credentials=made)
        flow = document([trigger, node("end", "flow.no_op")], "event -> end")
        workflows.publish(owner, workflows.create(owner, document=flow).row.id)

    await sync_to_async(publish)()
    event = {"kind": "delivered", "parcel": "p1"}
    body = json.dumps({"events": [event]}).encode()
    signature = hmac.new(b"whsec", body, "sha256").hexdigest()

    async def call(signed: str) -> int:
        headers = {"x-parcelwise-signature": signed, "x-parcelwise-delivery": "d1"}
        headers["content-type"] = "application/json"
        answer = await visitor.http.post("/webhook/parcels", content=body, headers=headers)
        return int(answer.status_code)

    async with visiting(alpha) as visitor:
        statuses = [await call(one) for one in ("0" * 64, signature, signature)]

    assert statuses == [401, 200, 200]
    assert [item.json for item in begun()] == [event]
