"""Fixtures for node packages: `pytest_plugins = ["headrace_sdk.pytest_plugin"]`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from headrace_sdk.conformance import check_node
from headrace_sdk.node import AnyNode
from headrace_sdk.testing.context import MemoryContext
from headrace_sdk.testing.files import MemoryFiles


@pytest.fixture
def memory_files() -> MemoryFiles:
    """An empty file store."""
    return MemoryFiles()


@pytest.fixture
def memory_context(memory_files: MemoryFiles) -> MemoryContext:
    """A context over that store, whose remote side answers nothing."""
    return MemoryContext(files=memory_files)


@pytest.fixture
def assert_conforms() -> Callable[[AnyNode], None]:
    """`assert_conforms(MyNode)` fails with every convention that the node breaks."""

    def check(node_class: AnyNode) -> None:
        violations = check_node(node_class)
        assert not violations, "\n".join(str(violation) for violation in violations)

    return check
