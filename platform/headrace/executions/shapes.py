"""What the executions API answers, as its OpenAPI document says it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from headrace.executions.types import Status


class RunWorkflowShape(serializers.Serializer[Any]):
    """A workflow by its name at that time."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class RunVersionShape(serializers.Serializer[Any]):
    """The version that an execution runs; a draft has no number."""

    id = serializers.UUIDField()
    number = serializers.IntegerField(allow_null=True)
    kind = serializers.ChoiceField(["published", "draft"])


class NoticeShape(serializers.Serializer[Any]):
    """What people should know about the end of an execution."""

    code = serializers.CharField()
    message = serializers.CharField()


class ExecutionRowShape(serializers.Serializer[Any]):
    """A line of the list of executions. `error` is `{"code", "message", "node", …}`."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    workflow = RunWorkflowShape()
    version = RunVersionShape()
    status = serializers.ChoiceField([*Status])
    mode = serializers.CharField()
    trigger_type = serializers.CharField()
    trigger_node = serializers.CharField()
    queued_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    duration_ms = serializers.IntegerField(allow_null=True)
    error = serializers.DictField(allow_null=True)
    notice = NoticeShape(allow_null=True)
    waiting_for = serializers.CharField(allow_null=True)


class PricedRowShape(ExecutionRowShape):
    """A line with what its own calls of language models cost, in millionths of a dollar."""

    cost_micro = serializers.IntegerField()


class CostShape(serializers.Serializer[Any]):
    """What a run has cost so far, in millionths of a dollar, and at which nodes."""

    cost_micro = serializers.IntegerField()
    nodes = serializers.DictField(child=serializers.IntegerField())


class WaitShape(serializers.Serializer[Any]):
    """What a step waits for, and until when at most."""

    until = serializers.DateTimeField(allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        """`for` is a word of Python, so it cannot be an attribute."""
        return {"for": serializers.CharField(), **super().get_fields()}


class InDoubtShape(serializers.Serializer[Any]):
    """Items whose effect is unknown: the first indexes, how many, and how many went through."""

    items = serializers.ListField(child=serializers.IntegerField())
    count = serializers.IntegerField()
    done = serializers.IntegerField()


class StepShape(serializers.Serializer[Any]):
    """One run of a node. `items_in` and `items_out` count by port; `from` names outputs."""

    node = serializers.CharField()
    run = serializers.CharField()
    run_index = serializers.IntegerField()
    status = serializers.CharField()
    attempt = serializers.IntegerField()
    queued_at = serializers.DateTimeField(allow_null=True)
    started_at = serializers.DateTimeField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    duration_ms = serializers.IntegerField(allow_null=True)
    items_in = serializers.DictField(child=serializers.IntegerField())
    items_out = serializers.DictField(child=serializers.IntegerField())
    error = serializers.DictField(allow_null=True)
    waiting = WaitShape(allow_null=True)
    failed_items = serializers.IntegerField()
    in_doubt = InDoubtShape(allow_null=True)
    log = serializers.ListField(child=serializers.JSONField())

    def get_fields(self) -> dict[str, Any]:
        """`from`, like `for`, is a word of Python."""
        sources = serializers.ListField(child=serializers.ListField(child=serializers.JSONField()))
        return {**super().get_fields(), "from": sources}


class LateShape(serializers.Serializer[Any]):
    """A result that arrived after the execution had gone on without it."""

    node = serializers.CharField()
    run = serializers.CharField()
    attempt = serializers.IntegerField()
    status = serializers.CharField()
    arrived_at = serializers.DateTimeField()
    items_out = serializers.DictField(child=serializers.IntegerField())
    error = serializers.DictField(allow_null=True)


class CallerShape(serializers.Serializer[Any]):
    """The step that called an execution."""

    execution = serializers.UUIDField()
    node = serializers.CharField()
    run = serializers.CharField()


class CalledShape(CallerShape):
    """An execution that a step of this one called."""

    number = serializers.IntegerField()
    workflow_id = serializers.UUIDField()
    workflow_name = serializers.CharField()
    item = serializers.IntegerField()
    status = serializers.ChoiceField([*Status])


class ForkPointShape(serializers.Serializer[Any]):
    """A step at which a fork began."""

    node = serializers.CharField()
    run = serializers.CharField()


class ForkedFromShape(serializers.Serializer[Any]):
    """Where a fork began: behind an event, or at steps."""

    execution = serializers.UUIDField()
    seq = serializers.IntegerField(allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python, so it cannot be an attribute."""
        return {**super().get_fields(), "from": ForkPointShape(many=True, allow_null=True)}


class ExecutionShape(ExecutionRowShape):
    """An execution with its steps, its family, and the document that it runs.

    `calls` are those of agents, as runs of what they called; `costs` are millionths of a dollar.
    """

    parent = CallerShape(allow_null=True)
    children = CalledShape(many=True)
    children_total = serializers.IntegerField()
    document = serializers.DictField()
    forked_from = ForkedFromShape(allow_null=True)
    last_seq = serializers.IntegerField()
    steps = StepShape(many=True)
    calls = StepShape(many=True)
    costs = serializers.DictField(child=serializers.IntegerField())
    late_results = LateShape(many=True)


class LogEventShape(serializers.Serializer[Any]):
    """An event of the log without its items. Those of steps name node and run."""

    seq = serializers.IntegerField()
    type = serializers.CharField()
    at_ms = serializers.IntegerField()
    node = serializers.CharField(required=False)
    run = serializers.CharField(required=False, allow_null=True)
    run_index = serializers.IntegerField(required=False, allow_null=True)
    attempt = serializers.IntegerField(required=False)

    def get_fields(self) -> dict[str, Any]:
        """`data` means something else to a serializer."""
        return {**super().get_fields(), "data": serializers.DictField()}


class LogEventsShape(serializers.Serializer[Any]):
    """Events in order; `last_seq` is the number of the newest one there is."""

    results = LogEventShape(many=True)
    last_seq = serializers.IntegerField()


class StepItemsShape(serializers.Serializer[Any]):
    """A page of items. `ports` counts all of them by port."""

    items = serializers.ListField(child=serializers.DictField())
    total = serializers.IntegerField()
    ports = serializers.DictField(child=serializers.IntegerField())


class BegunShape(serializers.Serializer[Any]):
    """An execution that began; with `wait`, and ended in time, also its result."""

    execution = serializers.UUIDField()
    number = serializers.IntegerField()


class RanShape(BegunShape):
    """An execution with its result: items, an error, or the reply of a Respond node."""

    status = serializers.ChoiceField([*Status])
    result = serializers.ListField(child=serializers.DictField(), allow_null=True)
    error = serializers.DictField(allow_null=True)
    reply = serializers.JSONField()


class ExpressionFaultShape(serializers.Serializer[Any]):
    """Why an expression has no value; the place is given where it is known."""

    code = serializers.CharField()
    message = serializers.CharField()
    path = serializers.CharField(allow_blank=True)
    line = serializers.IntegerField(required=False)
    column = serializers.IntegerField(required=False)
    offset = serializers.IntegerField(required=False)


class PreviewShape(serializers.Serializer[Any]):
    """The value of a parameter, also as text, or the fault."""

    ok = serializers.BooleanField()
    value = serializers.JSONField(required=False)
    text = serializers.CharField(required=False, allow_blank=True)
    type = serializers.CharField(required=False)
    error = ExpressionFaultShape(required=False)


class WordShape(serializers.Serializer[Any]):
    """Something that can be written in an expression."""

    name = serializers.CharField()
    kind = serializers.ChoiceField(["variable", "function", "method", "property", "constant"])
    owner = serializers.CharField(allow_blank=True)
    signature = serializers.CharField()
    help = serializers.CharField()
    example = serializers.CharField()


class WordsShape(serializers.Serializer[Any]):
    """Everything that can be written in an expression."""

    results = WordShape(many=True)
