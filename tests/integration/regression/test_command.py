"""`manage.py test_workflows`: runs in this process, prints, writes JUnit XML, fails when it must."""

from __future__ import annotations

from io import StringIO
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from headrace.executions import queries as executions
from headrace.regression.actions import save_test
from headrace.workflows import actions as workflows
from headrace.workflows.queries import draft
from tests.support.engine import begin, database_url, ended, working
from tests.support.workflows import MANUAL, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")


def flow(value):
    return in_a_row([MANUAL, node("edit", "data.edit_fields", sets("x", value))])


@pytest.fixture
def workflow(in_alpha, owner, settings):
    """A workflow with a test, and no worker at work any more."""
    settings.DATABASE_URL = database_url()
    with working():
        execution = begin(owner, flow(1), {"n": 1})
        ended(execution)
    found = executions.get(execution).workflow_id
    save_test(owner, found, execution, name="one <is> one")
    return found


def run(*options):
    out = StringIO()
    call_command("test_workflows", "--tenant", "alpha", *options, stdout=out)
    return out.getvalue()


def change(owner, workflow, value):
    revision = draft(workflow).row.revision
    workflows.save(owner, workflow, flow(value), revision=revision)


def test_what_passes_is_listed_and_counted(workflow):
    printed = run("--workflow", str(workflow))

    assert "passed  Test / one <is> one" in printed
    assert printed.endswith("1 passed\n")


def test_a_difference_is_printed_and_fails_the_command(workflow, owner):
    change(owner, workflow, 2)
    out = StringIO()

    with pytest.raises(CommandError) as caught:
        call_command("test_workflows", "--tenant", "alpha", stdout=out)

    assert caught.value.returncode == 1
    assert "Edit run 0, main[0].x: expected 1, got 2" in out.getvalue()


def test_the_published_version_can_be_tested_instead(workflow, owner):
    workflows.publish(owner, workflow)
    change(owner, workflow, 2)

    assert "1 passed" in run("--version", "active")


def test_a_workflow_that_was_never_published_is_an_error(workflow, owner):
    out = StringIO()

    with pytest.raises(CommandError):
        call_command("test_workflows", "--tenant", "alpha", "--version", "active", stdout=out)

    assert "not_published" in out.getvalue()


def test_the_report_is_junit_xml(workflow, owner, tmp_path):
    change(owner, workflow, 2)
    report = tmp_path / "report.xml"

    with pytest.raises(CommandError):
        run("--junit", str(report))

    (suite,) = ElementTree.fromstring(report.read_bytes())
    (case,) = suite
    assert (suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("1", "1", "0")
    assert case.get("name") == "one <is> one"
    assert "expected 1, got 2" in case.find("failure").text


def test_an_unknown_workflow_is_refused(workflow):
    with pytest.raises(CommandError, match="workflow_not_found"):
        run("--workflow", "01a1fd3e-8487-7e09-b154-201908236969")
