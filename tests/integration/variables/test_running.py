"""What executions see of variables: the values at their beginning."""

from __future__ import annotations

import pytest

from headrace.executions import queries
from headrace.executions.derivation.fork import Point, Wish, fork
from headrace.variables import actions as variables
from tests.support.engine import begin, ended, working
from tests.support.workflows import MANUAL, in_a_row, node, sets

pytestmark = pytest.mark.usefixtures("committed")

FLOW = in_a_row([MANUAL, node("set", "data.edit_fields", sets("to", "{{ $vars.SHOP_URL }}"))])


def told(execution):
    page = queries.step_items(execution, "set", "0", side="output", port="main", offset=0, limit=1)
    first = queries.events(execution)[0]
    return page.items[0].json["to"], first.data["variables"]


def test_a_run_sees_its_first_values_and_a_fork_those_of_its_own_beginning(owner, in_alpha):
    variable = variables.create(owner, name="SHOP_URL", value="old")
    variables.create(owner, name="UNREAD", value="stays out of the log")

    with working():
        first = begin(owner, FLOW)
        assert ended(first) == "completed"
        variables.update(owner, variable.id, value="new")
        second = fork(owner, first, Wish(points=[Point("set")])).ref.id
        assert ended(second) == "completed"

    assert told(first) == ("old", {"SHOP_URL": "old"})
    assert told(second) == ("new", {"SHOP_URL": "new"})
