"""Nodes of a package reach what it declared, and nothing else."""

from __future__ import annotations

import pytest

from headrace.executions import queries
from headrace_sdk import Needs
from tests.support.engine import begin, ended, working
from tests.support.plugged import KIND, plug
from tests.support.stub import serving
from tests.support.workflows import MANUAL, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def stub(settings):
    with serving() as stub:
        settings.HEADRACE_EGRESS_ALLOW = (f"127.0.0.1:{stub.port}",)
        yield stub


def step_of(owner, params, **more):
    """How the node's step ended."""
    with working():
        execution = begin(owner, in_a_row([MANUAL, node("reach", KIND, params, **more)]), {})
        ended(execution)
    return next(step for step in queries.history(execution) if step.node == "reach")


@pytest.mark.parametrize("trust", ["verified", "community"])
def test_a_declared_host_is_called(in_alpha, owner, stub, monkeypatch, trust):
    plug(monkeypatch, needs=Needs(hosts=("127.0.0.1",)), trust=trust)

    assert step_of(owner, {"url": stub.url("/x")}).status == "completed"
    assert stub.count("/x") == 1


@pytest.mark.parametrize("trust", ["verified", "community"])
def test_another_host_is_not_and_the_step_says_what_to_do(
    in_alpha, owner, stub, monkeypatch, trust
):
    plug(monkeypatch, needs=Needs(hosts=("api.example.com",)), trust=trust)

    error = step_of(owner, {"url": stub.url("/x")}).error

    assert stub.count("/x") == 0
    assert error["code"] == "not_declared"
    assert "127.0.0.1 is not among the hosts" in error["message"]
    assert "api.example.com" in error["message"]


@pytest.mark.parametrize("trust", ["verified", "community"])
@pytest.mark.parametrize(("files", "status"), [(True, "completed"), (False, "failed")])
def test_files_are_only_for_those_that_declare_them(
    in_alpha, owner, monkeypatch, files, status, trust
):
    plug(monkeypatch, needs=Needs(files=files), trust=trust)

    assert step_of(owner, {"act": "store"}).status == status


def test_parameters_of_an_older_version_are_upgraded_when_they_are_read(
    in_alpha, owner, stub, monkeypatch
):
    """The stored document keeps what was written; the node of today sees today's form."""
    plug(monkeypatch, needs=Needs(hosts=("*",)))

    step = step_of(owner, {"address": stub.url("/old")}, version=1)

    assert step.status == "completed"
    assert stub.count("/old") == 1
