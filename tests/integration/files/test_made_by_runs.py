"""Files that nodes make stay as long as anything names them, and not a day longer."""

from __future__ import annotations

import pytest
from django.db import connection

from headrace.executions import queries, retention
from headrace.executions.actions import run_version
from headrace.files import actions, collector, storage
from headrace.files.errors import FileNotFound
from headrace.files.models import File
from headrace.files.queries import get
from headrace.workflows.actions import freeze
from headrace_sdk.items import Item
from nodes.flow.no_op import NoOp
from tests.support.called import published
from tests.support.engine import begin, ended, working
from tests.support.workflows import MANUAL, document, in_a_row, node

pytestmark = pytest.mark.usefixtures("committed")

FLOW = in_a_row([MANUAL, node("make", "flow.no_op"), node("end", "data.limit")])


def make_old():
    with connection.cursor() as cursor:
        cursor.execute("update files_file set created_at = now() - interval '2 days'")
        cursor.execute("update files_blob set touched_at = now() - interval '2 days'")


def collected():
    """Whatever may go has gone."""
    make_old()
    return collector.collect()


@pytest.fixture
def making(monkeypatch):
    """No Operation puts a file on its item."""

    async def run(self, ctx, params, inputs):
        file = await ctx.files.put(b"made by a run", name="a.txt", mime="text/plain")
        return {"main": [Item({}, {"data": file})]}

    monkeypatch.setattr(NoOp, "run", run)


@pytest.fixture
def made(making, in_alpha, owner):
    """An execution that has made a file, and the file."""
    with working():
        execution = begin(owner, FLOW, {})
        assert ended(execution) == "completed"
    return execution, get(File.objects.get().pk)


def is_there(ref):
    try:
        get(ref.id)
    except FileNotFound:
        return False
    return storage.read(ref.sha256) == b"made by a run"


def test_a_file_goes_with_its_execution_and_its_bytes_with_it(made):
    execution, ref = made
    assert (collected(), is_there(ref)) == (0, True)

    retention.delete([execution])

    assert collected() == 1
    assert not File.objects.exists()
    with pytest.raises(FileNotFoundError):
        storage.read(ref.sha256)


def test_a_file_of_an_attempt_that_came_to_nothing_goes_after_a_day(in_alpha):
    actions.put(b"nobody's", name="a.txt", mime="text/plain", is_loose=True)
    assert collector.collect() == 0, "it is young"

    assert collected() == 1


def test_a_file_that_a_person_uploaded_stays_when_the_run_that_used_it_is_deleted(in_alpha, owner):
    ref = actions.put(b"made by a run", name="a.txt", mime="text/plain")
    flow = in_a_row([MANUAL, node("end", "flow.no_op")])
    with working():
        execution = run_version(
            owner, freeze(owner, flow).ref, mode="manual", items=[Item({}, {"data": ref})]
        ).id
        ended(execution)

    retention.delete([execution])

    assert (collected(), is_there(ref)) == (0, True)


def test_a_file_in_what_an_execution_is_to_begin_with_is_held_before_anybody_takes_it_up(
    in_alpha, owner
):
    ref = actions.put(b"made by a run", name="a.txt", mime="text/plain", is_loose=True)

    run_version(owner, freeze(owner, FLOW).ref, mode="manual", items=[Item({}, {"data": ref})])

    assert (collected(), is_there(ref)) == (0, True)


def test_a_called_workflow_hands_its_file_over(making, in_alpha, owner):
    called = published(
        in_a_row([node("in", "triggers.workflow_input"), FLOW["nodes"][1]]), "Called"
    )
    call = {"workflow": str(called)}
    with working():
        caller = begin(owner, in_a_row([MANUAL, node("call", "flow.run_workflow", call)]), {})
        assert ended(caller) == "completed"
    (child,) = queries.rows().filter(parent_id=caller)
    ref = get(File.objects.get().pk)

    retention.delete([child.pk])

    assert (collected(), is_there(ref)) == (0, True)
    retention.delete([caller])
    assert collected() == 1


def test_a_fork_goes_on_to_hold_what_it_took_over(api, made):
    execution, ref = made
    fork = api().post(f"executions/{execution}/fork/", {"from": [{"node": "end"}]})
    assert fork.status_code == 201, fork.json()

    retention.delete([execution])

    assert (collected(), is_there(ref)) == (0, True)


def test_what_is_pinned_stays(api, made):
    execution, ref = made
    pins = {"make": [{"json": {}, "binary": {"data": ref.to_json()}}]}
    flow = document(FLOW["nodes"], "start -> make", "make -> end", pins=pins)
    assert api().post("workflows/", {"document": flow}).status_code == 201

    retention.delete([execution])

    assert (collected(), is_there(ref)) == (0, True)


def test_a_test_keeps_the_files_of_its_recording_until_it_is_deleted(api, made):
    execution, ref = made
    address = f"workflows/{queries.get(execution).workflow_id}/tests/"
    test = api().post(address, {"execution": str(execution)}).json()["id"]

    retention.delete([execution])

    assert (collected(), is_there(ref)) == (0, True)
    api().delete(f"{address}{test}/")
    assert collected() == 1
