"""Packages as a tenant sees them: shown with what they need, switched on and off."""

from __future__ import annotations

import pytest

from headrace.audit.models import Entry
from headrace.catalog.queries import catalog
from headrace.catalog.types import BrokenPlugin, Package
from headrace.executions import queries
from headrace.plugins.queries import Switches
from headrace.workflows import actions as workflows
from headrace.workflows import queries as workflow_queries
from headrace.workflows.validation import problems
from tests.support.engine import begin, ended, sql, working
from tests.support.plugged import KIND, plug
from tests.support.workflows import MANUAL, in_a_row, node

TEXT = "headrace-plugin-text"


def of(api, distribution, role="admin"):
    found = api(role).get("plugins/").json()["results"]
    return next(plugin for plugin in found if plugin["distribution"] == distribution)


def test_built_in_nodes_come_first_and_are_core(api):
    first = api("admin").get("plugins/").json()["results"][0]

    assert (first["distribution"], first["trust"], first["is_on"]) == ("headrace", "core", True)
    assert "flow.if" in first["nodes"]


def test_a_package_is_shown_with_its_nodes_needs_trust_and_users(api, owner, in_alpha):
    flow = in_a_row([MANUAL, node("slug", "text.slugify", {"text": "x"})])
    made = workflows.create(owner, document=flow).row

    shown = of(api, TEXT)

    assert shown["nodes"] == ["text.slugify", "text.split"]
    assert shown["trust"] == "community"
    assert set(shown["needs"]) == {"hosts", "credentials", "files", "processes", "tables"}
    assert not any(shown["needs"].values())
    assert shown["used_by"] == [{"id": str(made.id), "name": made.name}]
    assert api("admin").get(f"plugins/{TEXT}/").json() == shown


def test_nodes_of_an_older_version_are_told_of_with_what_would_become_of_them(
    api, owner, in_alpha, monkeypatch
):
    monkeypatch.setattr(catalog().by_type("text.slugify"), "version", 2)
    monkeypatch.setattr(catalog().by_type("text.slugify"), "upgrade", classmethod(renamed))
    old = {**node("slug", "text.slugify", {"words": "x"}), "version": 1}
    flow = in_a_row([MANUAL, old, {**node("new", "text.slugify", {"text": "y"}), "version": 2}])
    made = workflows.create(owner, document=flow).row

    (told,) = of(api, TEXT)["outdated"]

    assert (told["workflow"]["id"], told["node"], told["name"]) == (str(made.id), "slug", "Slug")
    upgrade = told["upgrade"]
    assert (upgrade["from_version"], upgrade["to_version"]) == (1, 2)
    changes = [(one["name"], one["change"], one["after"]) for one in upgrade["changes"]]
    assert changes == [("words", "removed", None), ("text", "added", "x")]
    assert workflow_queries.draft(made.id).document["nodes"][1]["params"] == {"words": "x"}


def renamed(cls, params, from_version):
    """Version 1 called the text `words`."""
    return {"text": params["words"]}


def test_what_a_node_would_become_is_told_to_whoever_looks_at_it(api, monkeypatch):
    monkeypatch.setattr(catalog().by_type("text.slugify"), "version", 2)
    monkeypatch.setattr(catalog().by_type("text.slugify"), "upgrade", classmethod(renamed))
    asked = {"version": 1, "params": {"words": "x"}}

    told = api("viewer").post("nodes/text.slugify/upgrade/", asked).json()
    broken = api("viewer").post("nodes/text.slugify/upgrade/", {"version": 1, "params": {}}).json()

    assert (told["params"], told["faults"], told["error"]) == ({"text": "x"}, [], None)
    assert (broken["params"], "version 1" in broken["error"]) == (None, True)


def test_workers_with_other_nodes_are_told_of(api, in_alpha):
    sql(
        "insert into run_worker (id, host, pid, version, registry, lease_until) "
        "values (gen_random_uuid(), '', 1, '1', 'other', now() + interval '1 minute')"
    )

    told = api("admin").get("plugins/").json()["workers"]

    assert told == {"count": 1, "different": 1, "left": 0}


def test_a_broken_package_is_shown_with_its_error(api, monkeypatch):
    broken = BrokenPlugin(Package("bad", "bad-one", "1"), "ValueError: no")
    monkeypatch.setattr(catalog(), "broken", (broken,))

    shown = of(api, "bad-one")

    assert (shown["status"], shown["error"]) == ("broken", "ValueError: no")


def test_an_owner_switches_a_package_off_and_on_and_it_is_on_record(api, in_alpha):
    off = api("owner").patch(f"plugins/{TEXT}/", {"is_on": False})
    assert (off.status_code, off.json()["is_on"]) == (200, False)
    assert Switches().off() == {TEXT}
    assert api("viewer").get("node-types-off/").json() == {"types": ["text.slugify", "text.split"]}

    on = api("owner").patch(f"plugins/{TEXT}/", {"is_on": True})
    assert (on.json()["is_on"], Switches().off()) == (True, frozenset())

    assert api("viewer").get("node-types-off/").json() == {"types": []}

    actions = Entry.objects.filter(object_id=TEXT).order_by("seq").values_list("action", flat=True)
    assert [*actions] == ["plugin.disabled", "plugin.enabled"]


@pytest.mark.parametrize(
    ("role", "distribution", "body", "status"),
    [
        ("admin", TEXT, {"is_on": False}, 403),
        ("owner", "no-such-package", {"is_on": False}, 404),
        ("owner", "headrace", {"is_on": False}, 409),
        ("owner", TEXT, {}, 400),
        ("owner", TEXT, {"is_on": "perhaps"}, 400),
    ],
)
def test_whoever_may_not_and_whatever_cannot_be_is_refused(api, role, distribution, body, status):
    assert api(role).patch(f"plugins/{distribution}/", body).status_code == status


def test_another_tenant_keeps_its_own_choice(api, as_tenant, beta):
    api("owner").patch(f"plugins/{TEXT}/", {"is_on": False})

    with as_tenant(beta):
        assert Switches().off() == frozenset()


def test_a_workflow_with_nodes_that_are_off_says_so(api, in_alpha):
    flow = in_a_row([MANUAL, node("slug", "text.slugify", {"text": "x"})])
    assert problems(flow) == ()

    api("owner").patch(f"plugins/{TEXT}/", {"is_on": False})

    (problem,) = problems(flow)
    assert (problem.code, problem.node, problem.path) == ("plugin_off", "slug", "/nodes/1/type")


@pytest.mark.usefixtures("committed")
def test_a_step_whose_package_was_switched_off_fails_and_says_so(api, in_alpha, owner, monkeypatch):
    plug(monkeypatch)
    monkeypatch.setattr("headrace.catalog.ports.ports.switches", Off())
    monkeypatch.setattr("headrace.workflows.validation.switched_off", lambda kinds: frozenset())

    with working():
        execution = begin(owner, in_a_row([MANUAL, node("reach", KIND)]), {})
        status = ended(execution, within_s=45)

    step = next(step for step in queries.history(execution) if step.node == "reach")
    assert (status, step.error["code"]) == ("failed", "plugin_off")


class Off:
    """Switches of which that of `acme` is off."""

    def off(self):
        return frozenset({"acme"})
