"""What the end of a run sets going: error workflows, facts for subscribers, and no circles."""

from __future__ import annotations

import pytest

from headrace.bus import actions as bus
from headrace.executions.runner import announcing
from headrace.workflows import actions as workflows
from tests.support.called import published, results_of, runs_of, settled
from tests.support.engine import begin, ended, sql, working
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")

STOP = node("stop", "flow.stop", {"message": "No room left.", "code": "full"})


@pytest.fixture(autouse=True)
def _knows_at_once_who_asks(monkeypatch):
    monkeypatch.setattr(announcing, "REMEMBERED_S", 0)
    monkeypatch.setattr(announcing, "_asked", {})


def on_error(**params):
    return in_a_row([node("on", "triggers.error_trigger", params), node("end", "flow.no_op")])


def failing(error_workflow=None):
    content = in_a_row([MANUAL, STOP])
    return {**content, "settings": {"error_workflow": str(error_workflow or "") or None}}


def on_facts(pattern):
    return in_a_row([node("on", "triggers.event", {"pattern": pattern}), node("end", "flow.no_op")])


def test_the_error_workflow_that_a_workflow_names_is_started(in_alpha, owner):
    handler = published(on_error(), "Handler")

    with working():
        execution = begin(owner, failing(handler), {"a": 1})
        ended(execution)
        settled()

    told = results_of(runs_of(handler)[0].pk)[0]
    assert told["execution"]["id"] == str(execution)
    assert told["execution"]["mode"] == "manual"
    assert told["workflow"]["name"] == "Test"
    assert (told["error"]["code"], told["error"]["message"]) == ("full", "No room left.")
    assert told["error"]["node"] == "stop"


def test_a_workflow_without_one_uses_that_of_the_workspace(in_alpha, owner):
    handler = published(on_error(), "Handler")
    bus.choose(owner, error_workflow=handler, keep_days=30)

    with working():
        ended(begin(owner, failing(), {"a": 1}))
        settled()

    assert len(runs_of(handler)) == 1


def test_an_error_trigger_for_all_hears_of_every_failure_but_not_of_success(in_alpha, owner):
    handler = published(on_error(scope="all"), "Handler")

    with working():
        ended(begin(owner, failing(), {"a": 1}))
        ended(begin(owner, {**in_a_row([MANUAL]), "name": "Good"}, {"a": 1}))
        settled()

    assert len(runs_of(handler)) == 1


def test_a_failing_error_workflow_starts_nothing(in_alpha, owner):
    handler = published(in_a_row([node("on", "triggers.error_trigger"), STOP]), "Handler")
    watcher = published(on_error(scope="all"), "Watcher")

    with working():
        ended(begin(owner, failing(handler), {"a": 1}))
        settled()

    assert (len(runs_of(handler)), len(runs_of(watcher))) == (1, 1)


def test_the_same_error_is_told_once_within_the_window(in_alpha, owner):
    handler = published(on_error(scope="all", window_s=3600), "Handler")

    with working():
        for _ in range(3):
            ended(begin(owner, failing(), {"a": 1}))
        settled()

    assert len(runs_of(handler)) == 1


def test_an_error_trigger_hears_of_nothing_below_its_severity(in_alpha, owner):
    """Runs by hand are a notice, a run that another one fired is an error, a crash is critical."""
    levels = ("notice", "error", "critical")
    heard = {
        level: published(on_error(scope="all", severity=level), level.title()) for level in levels
    }
    published(in_a_row([node("on", "triggers.event", {"pattern": "boom"}), STOP]), "By itself")
    crashing = begin(owner, failing(), {"a": 1})
    sql("update run_queue set crashes = 6 where execution_id = %s", crashing)

    with working():
        ended(begin(owner, failing(), {"a": 1}))
        ended(crashing)
        bus.emit(owner, "boom", {})
        settled()

    told = {
        level: sorted(results_of(run.pk)[0]["error"]["severity"] for run in runs_of(workflow))
        for level, workflow in heard.items()
    }
    assert told == {
        "notice": ["critical", "error", "notice"],
        "error": ["critical", "error"],
        "critical": ["critical"],
    }


def test_a_failed_child_reports_to_its_parent_only(in_alpha, owner):
    handler = published(on_error(scope="all"), "Handler")
    child = published(in_a_row([node("in", "triggers.workflow_input"), STOP]), "Child")
    call = node("call", "flow.run_workflow", {"workflow": str(child)})

    with working():
        execution = begin(owner, in_a_row([MANUAL, call]), {"a": 1})
        ended(execution)
        settled()

    runs = runs_of(handler)
    assert [results_of(run.pk)[0]["execution"]["id"] for run in runs] == [str(execution)]


def test_a_crashed_execution_starts_the_error_workflow_too(in_alpha, owner):
    handler = published(on_error(), "Handler")
    execution = begin(owner, failing(handler), {"a": 1})
    sql("update run_queue set crashes = 6 where execution_id = %s", execution)

    with working():
        status = ended(execution)
        settled()

    assert status == "crashed"
    assert results_of(runs_of(handler)[0].pk)[0]["execution"]["status"] == "crashed"


def test_ends_are_told_to_those_who_ask(in_alpha, owner):
    watcher = published(on_facts("workflow.completed"), "Watcher")

    with working():
        execution = begin(owner, in_a_row([MANUAL]), {"a": 1})
        ended(execution)
        settled()

    told = results_of(runs_of(watcher)[0].pk)[0]
    assert (told["type"], told["data"]["execution"]["id"]) == ("workflow.completed", str(execution))


def test_two_workflows_that_watch_each_other_do_not_go_on_for_ever(in_alpha, owner):
    watchers = [published(on_facts("workflow.*"), name) for name in ("One", "Two")]

    with working():
        ended(begin(owner, in_a_row([MANUAL]), {"a": 1}))
        settled()

    assert 1 <= len(runs_of(watchers[0])) <= 20


def test_everything_does_not_mean_facts(in_alpha, owner):
    watcher = published(on_facts("*"), "Watcher")

    with working():
        ended(begin(owner, in_a_row([MANUAL]), {"a": 1}))
        settled()

    assert runs_of(watcher) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (workflows.deactivate, "error_workflow_unpublished"),
        (workflows.delete, "error_workflow_missing"),
    ],
    ids=["unpublished", "deleted"],
)
def test_a_failure_that_its_error_workflow_does_not_hear_of_says_so(
    in_alpha, owner, api, change, code
):
    handler = published(on_error(), "Handler")
    change(owner, handler)

    with working():
        execution = begin(owner, failing(handler), {"a": 1})
        ended(execution)
        settled()

    shown = api().get(f"executions/{execution}/").json()
    assert (shown["status"], shown["notice"]["code"]) == ("failed", code)
    assert runs_of(handler) == []


def test_a_failure_that_was_heard_of_says_nothing(in_alpha, owner, api):
    handler = published(on_error(), "Handler")

    with working():
        execution = begin(owner, failing(handler), {"a": 1})
        ended(execution)
        settled()

    assert api().get(f"executions/{execution}/").json()["notice"] is None
