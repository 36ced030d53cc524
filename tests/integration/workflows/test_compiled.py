"""Versions made ready to run, and remembered."""

from __future__ import annotations

import pytest

from headrace.workflows.actions import freeze
from headrace.workflows.compiled import acompiled, compiled
from tests.support.workflows import MANUAL, document, node

FLOW = document([MANUAL, node("end", "flow.no_op")], "start -> end")


def test_a_remembered_version_is_given_without_waiting_for_a_thread(in_alpha, owner):
    version = freeze(owner, FLOW).ref.id
    first = compiled(version)

    # It ends before it has waited for anything.
    with pytest.raises(StopIteration) as again:
        acompiled(version).send(None)

    assert again.value.value is first
