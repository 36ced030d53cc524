"""Runs a node without the platform, in memory. Works with any test runner."""

from __future__ import annotations

from headrace_sdk.testing.attached import MemoryAttached, MemoryConversation, MemoryTool
from headrace_sdk.testing.context import LogLine, MemoryContext
from headrace_sdk.testing.coordination import MemoryCoordination
from headrace_sdk.testing.files import MemoryFiles
from headrace_sdk.testing.http import Answers, MemoryHttp, SentRequest, answer, make_credential
from headrace_sdk.testing.knowledge import MemoryKnowledge
from headrace_sdk.testing.live import live_http
from headrace_sdk.testing.net import LocalNet
from headrace_sdk.testing.notifications import MemoryNotifications
from headrace_sdk.testing.options import list_options, try_credential
from headrace_sdk.testing.polling import PollResult, poll_node
from headrace_sdk.testing.run import RunResult, run_node, run_node_async
from headrace_sdk.testing.state import MemoryState
from headrace_sdk.testing.tables import MemoryTables

__all__ = [
    "Answers",
    "LocalNet",
    "LogLine",
    "MemoryAttached",
    "MemoryContext",
    "MemoryConversation",
    "MemoryCoordination",
    "MemoryFiles",
    "MemoryHttp",
    "MemoryKnowledge",
    "MemoryNotifications",
    "MemoryState",
    "MemoryTables",
    "MemoryTool",
    "PollResult",
    "RunResult",
    "SentRequest",
    "answer",
    "list_options",
    "live_http",
    "make_credential",
    "poll_node",
    "run_node",
    "run_node_async",
    "try_credential",
]
