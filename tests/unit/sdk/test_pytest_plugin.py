"""The fixtures for node packages."""

from __future__ import annotations

import pytest

from headrace_sdk.pytest_plugin import assert_conforms, memory_context, memory_files
from headrace_sdk.testing import run_node
from nodes.flow.no_op import NoOp

__all__ = ["assert_conforms", "memory_context", "memory_files"]


def test_a_node_that_conforms_passes(assert_conforms):
    assert_conforms(NoOp)


def test_a_node_that_does_not_fails_with_every_reason(assert_conforms):
    class Nameless(NoOp):
        """Short."""

        type = "Nameless"

    with pytest.raises(AssertionError, match=r"(?s)pack\.node.*docstring"):
        assert_conforms(Nameless)


def test_the_context_is_over_the_file_store(memory_context, memory_files):
    assert memory_context.files is memory_files
    assert run_node(NoOp, {}, [{}], context=memory_context).context is memory_context
