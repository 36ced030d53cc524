"""Every node that is installed keeps the conventions of the SDK (S-023)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from headrace.catalog.queries import catalog
from headrace_sdk.conformance import check_node
from headrace_sdk.testing.code import lent
from tests.support.sandboxed import Sandboxed

NODES = catalog().nodes


@pytest.fixture(autouse=True)
def sandbox() -> Iterator[None]:
    """Examples of code run where code of tenants runs."""
    with lent(Sandboxed()):
        yield


@pytest.mark.parametrize("node_class", NODES, ids=lambda node_class: node_class.type)
def test_every_node_keeps_every_convention(node_class):
    assert [str(violation) for violation in check_node(node_class)] == []


def test_the_first_nodes_are_all_there():
    assert {node.type for node in NODES} >= {
        "triggers.manual",
        "triggers.webhook",
        "triggers.schedule",
        "web.http_request",
        "web.respond",
        "data.edit_fields",
        "data.filter",
        "data.split_out",
        "data.sort",
        "data.limit",
        "data.aggregate",
        "flow.if",
        "flow.switch",
        "flow.merge",
        "flow.wait",
        "flow.stop",
        "flow.no_op",
    }


@pytest.mark.parametrize("node_class", NODES, ids=lambda node_class: node_class.type)
def test_a_built_in_node_is_named_after_its_file(node_class):
    package, *path = node_class.__module__.split(".")

    assert package != "nodes" or node_class.type == ".".join(path).removesuffix("_")
