"""Files that one step makes and the next one reads, through the tenant's store."""

from __future__ import annotations

import pytest

from headrace.executions import queries
from tests.support.engine import begin, ended, working
from tests.support.workflows import MANUAL, document, node

pytestmark = pytest.mark.usefixtures("committed")


def test_rows_come_back_from_the_file_they_were_put_into(in_alpha, owner):
    make = node("make", "files.make_file", {"kind": "csv", "name": "orders.csv"})
    read = node("read", "files.read_file", {})
    flow = document([MANUAL, make, read], "start -> make", "make -> read")

    with working():
        execution = begin(owner, flow, {"sku": "a", "count": 2}, {"sku": "b", "count": 3})
        status = ended(execution)

    assert status == "completed"
    page = queries.step_items(execution, "read", "0", side="output", port=None, offset=0, limit=10)
    assert [item.json for item in page.items] == [
        {"sku": "a", "count": "2"},
        {"sku": "b", "count": "3"},
    ]
