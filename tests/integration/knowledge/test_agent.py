"""A collection that is lent to an agent: it looks there, and sees where each passage stands."""

from __future__ import annotations

import pytest

from headrace.executions import queries
from tests.support.agents import agent, with_tools
from tests.support.engine import begin, ended, working
from tests.support.workflows import node

pytestmark = pytest.mark.usefixtures("committed")


def test_an_agent_finds_passages_with_their_source(collection, give, index, owner):
    give(collection(), "Guarantee", "The guarantee period is two years from the day of purchase.")
    index()
    manual = node("manual", "knowledge.retriever", {"collection": "Manual", "name": "manual"})
    asks = agent(model="offline", prompt="What does the manual say of the guarantee period?")

    with working():
        execution = begin(owner, with_tools(asks, retriever=manual), {"id": 1})
        assert ended(execution) == "completed"

    (item,) = queries.answer(execution)["items"]
    _, looked, _ = item["json"]["agent"]["steps"]
    assert (looked["tool"], looked["is_error"]) == ("manual", False)
    assert "two years" in looked["result"]
    assert "Guarantee" in looked["result"]
