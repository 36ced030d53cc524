"""The engine's core: what runs next, decided from a graph and a log and nothing else.

A shell compiles a document (`compile_graph`), folds the log (`advance`, from `initial_state`), does
what is `pending`, and reports what happened as the next event. See the firing rules in `rules`.
"""

from __future__ import annotations

from headrace.engine.advance import UnknownTrigger, advance, initial_state
from headrace.engine.commands import Command, Finish, RunStep, StopStep, UsePin, WaitUntil
from headrace.engine.compile import check_graph, compile_graph
from headrace.engine.events import (
    EVENT_TYPES,
    CancelRequested,
    Event,
    Failure,
    StepCancelled,
    StepCompleted,
    StepEvent,
    StepFailed,
    StepQueued,
    StepResumed,
    StepRetrying,
    StepReused,
    StepSkipped,
    StepStarted,
    StepUnknown,
    StepWaiting,
    WorkflowCancelled,
    WorkflowCompensating,
    WorkflowCompleted,
    WorkflowFailed,
    WorkflowForked,
    WorkflowPaused,
    WorkflowResumed,
    WorkflowRetried,
    WorkflowStarted,
    WorkflowWaiting,
)
from headrace.engine.graph import (
    DONE_PORT,
    ERROR_PORT,
    LIMIT_PORT,
    LOOP_PORT,
    UNDO_PORT,
    Graph,
    Node,
    NodeShape,
    Socket,
    Tie,
)
from headrace.engine.log import (
    UnknownEvent,
    event_from_json,
    event_to_json,
    inputs_from_json,
    inputs_to_json,
)
from headrace.engine.lookup import find_run
from headrace.engine.pending import is_stopped, is_waiting, next_due, pending
from headrace.engine.problems import InvalidGraph, Problem
from headrace.engine.references import Source, StepInputs
from headrace.engine.reopening import can_retry, retryable
from headrace.engine.result import leaves, result
from headrace.engine.retry import retry_delay_s
from headrace.engine.run_key import RunId, RunKey
from headrace.engine.settings import Limits, NodeSettings, RetryPolicy, WorkflowSettings
from headrace.engine.snapshot import UnreadableSnapshot, state_from_json, state_to_json
from headrace.engine.state import EndedTurn, Skipped, State, Status

__all__ = [
    "DONE_PORT",
    "ERROR_PORT",
    "EVENT_TYPES",
    "LIMIT_PORT",
    "LOOP_PORT",
    "UNDO_PORT",
    "CancelRequested",
    "Command",
    "EndedTurn",
    "Event",
    "Failure",
    "Finish",
    "Graph",
    "InvalidGraph",
    "Limits",
    "Node",
    "NodeSettings",
    "NodeShape",
    "Problem",
    "RetryPolicy",
    "RunId",
    "RunKey",
    "RunStep",
    "Skipped",
    "Socket",
    "Source",
    "State",
    "Status",
    "StepCancelled",
    "StepCompleted",
    "StepEvent",
    "StepFailed",
    "StepInputs",
    "StepQueued",
    "StepResumed",
    "StepRetrying",
    "StepReused",
    "StepSkipped",
    "StepStarted",
    "StepUnknown",
    "StepWaiting",
    "StopStep",
    "Tie",
    "UnknownEvent",
    "UnknownTrigger",
    "UnreadableSnapshot",
    "UsePin",
    "WaitUntil",
    "WorkflowCancelled",
    "WorkflowCompensating",
    "WorkflowCompleted",
    "WorkflowFailed",
    "WorkflowForked",
    "WorkflowPaused",
    "WorkflowResumed",
    "WorkflowRetried",
    "WorkflowSettings",
    "WorkflowStarted",
    "WorkflowWaiting",
    "advance",
    "can_retry",
    "check_graph",
    "compile_graph",
    "event_from_json",
    "event_to_json",
    "find_run",
    "initial_state",
    "inputs_from_json",
    "inputs_to_json",
    "is_stopped",
    "is_waiting",
    "leaves",
    "next_due",
    "pending",
    "result",
    "retry_delay_s",
    "retryable",
    "state_from_json",
    "state_to_json",
]
