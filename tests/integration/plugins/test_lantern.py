"""A provider of language models that a package brings, behind the gateway like any other."""

from __future__ import annotations

import json
from dataclasses import replace
from http.server import BaseHTTPRequestHandler
from uuid import uuid4

import pytest

from headrace.catalog.queries import catalog
from headrace.credentials import actions as credentials
from headrace.llm.models import Call
from headrace_sdk import Needs
from headrace_sdk.errors import UpstreamError
from tests.support.asking import Run
from tests.support.stub import at_work

pytestmark = pytest.mark.usefixtures("committed")

LINES = [{"text": "It "}, {"text": "is dry."}, {"used": [100, 5]}, {"end": "end"}]


class Lantern(BaseHTTPRequestHandler):
    """Answers with the same lines whatever it is asked."""

    asked: list[tuple[str, str | None]]

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.asked.append((self.path, self.headers.get("authorization")))
        self.send_response(200)
        self.end_headers()
        for line in LINES:
            self.wfile.write(json.dumps(line).encode() + b"\n")
            self.wfile.flush()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def lantern(settings):
    handler = type("Handler", (Lantern,), {"asked": []})
    with at_work(handler) as port:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{port}",)
        yield f"http://127.0.0.1:{port}", handler.asked


@pytest.fixture
def trusted(monkeypatch):
    """The package, as an operator trusts it, with the hosts that it declares."""

    def make(trust="verified", hosts=("*",)):
        known = catalog()
        kind, plugin = known._llm_providers["lantern"]
        needs = Needs(hosts=hosts, credentials=("lantern",))
        changed = replace(plugin, trust=trust, needs=needs)
        monkeypatch.setitem(known._llm_providers, "lantern", (kind, changed))

    return make


def model(api, owner, url):
    data = {"server": url, "token": "canary"}
    account = credentials.create(owner, name="lantern", kind="lantern", data=data).id
    body = {
        "name": "able",
        "provider": "lantern",
        "model": "wick-2",
        "credential": str(account),
        "tier": "standard",
        "input_nano": 1_000,
        "output_nano": 10_000,
    }
    answer = api().post("llm/models/", body)
    assert answer.status_code == 201, answer.json()


def test_it_is_asked_counted_and_billed_by_the_gateway(api, owner, in_alpha, lantern, trusted):
    url, asked = lantern
    trusted()
    model(api, owner, url)

    answer = Run(uuid4()).ask("Rain?")

    assert (answer.text, answer.provider, answer.cost_micro) == ("It is dry.", "lantern", 150)
    assert asked == [("/v1/answers", "Bearer canary")]
    row = Call.objects.get()
    assert (row.state, row.provider, row.input_tokens, row.cost_micro) == (
        "done",
        "lantern",
        100,
        150,
    )


def test_it_reaches_no_host_that_its_package_does_not_declare(
    api, owner, in_alpha, lantern, trusted
):
    url, asked = lantern
    trusted(hosts=("lantern.example",))
    model(api, owner, url)

    with pytest.raises(Exception, match="not among the hosts"):
        Run(uuid4()).ask("Rain?")

    assert asked == []


def test_one_of_a_package_that_nobody_verified_is_not_asked(api, owner, in_alpha, lantern, trusted):
    url, asked = lantern
    trusted(trust="community")
    model(api, owner, url)

    with pytest.raises(UpstreamError) as raised:
        Run(uuid4()).ask("Rain?")

    assert (raised.value.code, asked) == ("llm_provider_unusable", [])


def test_the_form_of_models_offers_it_and_says_why_it_cannot_be_asked(api, in_alpha, trusted):
    trusted(trust="community")

    shown = api("member").get("llm/providers/").json()["results"]

    assert [one["id"] for one in shown[:4]] == [
        "anthropic",
        "openai",
        "openai_compatible",
        "offline",
    ]
    (lantern,) = [one for one in shown if one["id"] == "lantern"]
    assert (lantern["credential_type"], lantern["package"]) == (
        "lantern",
        "headrace-plugin-lantern",
    )
    assert "has not verified" in lantern["problem"]


def test_a_provider_that_nobody_brings_is_no_provider(api, in_alpha):
    body = {"name": "x", "provider": "ghost", "model": "m", "tier": "local"}

    answer = api().post("llm/models/", body)

    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (422, "/provider")
