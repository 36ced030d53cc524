"""Bodies that the API of derived executions takes, and the shapes that it gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NoReturn

from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.executions.derivation.bulk import ACTIONS, MOST
from headrace.executions.derivation.fork import Forked, Point, Version, Wish
from headrace.executions.serializers import items_of
from headrace.executions.shapes import ExecutionRowShape
from headrace.executions.types import Status


class ForkInput(Input):
    """`POST executions/{id}/fork/`. `from`: steps, or the number of an event."""

    items = serializers.ListField(child=serializers.JSONField(), required=False, max_length=10_000)
    version = serializers.JSONField(required=False)

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python, so it cannot be an attribute."""
        return {**super().get_fields(), "from": serializers.JSONField()}


class RunName(serializers.Serializer[Any]):
    """A run of a node."""

    node = serializers.CharField()
    run = serializers.CharField()


class RunAgain(RunName):
    """A run that is made again, and why."""

    reason = serializers.CharField()


class ForkShape(serializers.Serializer[Any]):
    """A fork that began."""

    execution = serializers.UUIDField()
    number = serializers.IntegerField()
    reused = RunName(many=True)
    again = RunAgain(many=True)


def wish_of(data: Mapping[str, Any]) -> Wish:
    """What a body asks for.

    Raises:
        ValidationError: with the path of the fault.
    """
    items = items_of(data["items"]) if "items" in data else None
    version = _version(data.get("version", "same"))
    start = data["from"]
    if isinstance(start, int) and not isinstance(start, bool):
        if not 0 < start < 2**53:
            _refuse("from", "The number of an event is positive.")
        if items is not None:
            _refuse("items", "Items replace the input of a step; name one in “from”.")
        return Wish(seq=start, version=version)
    if not isinstance(start, list) or not 0 < len(start) <= 100:
        _refuse("from", "Give steps as [{node, run}], or the number of an event.")
    return Wish([_point(one, index) for index, one in enumerate(start)], None, items, version)


def _point(value: Any, index: int) -> Point:
    if not isinstance(value, dict) or set(value) - {"node", "run"}:
        _refuse(f"from/{index}", "A step is {node, run}.")
    node, run = value.get("node"), value.get("run")
    if not isinstance(node, str) or not node:
        _refuse(f"from/{index}/node", "Name a node by its id.")
    if run is not None and not isinstance(run, str):
        _refuse(f"from/{index}/run", "A run is named by a text.")
    return Point(node[:100], run[:100] if run is not None else None)


def _version(value: Any) -> Version:
    if value in ("same", "latest", "draft"):
        return value  # type: ignore[no-any-return]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 2**31:
        _refuse("version", "Choose same, latest, draft or the number of a version.")
    return value


def _refuse(path: str, message: str) -> NoReturn:
    raise serializers.ValidationError({path: message})


def forked(found: Forked) -> dict[str, Any]:
    """`ForkShape`."""
    return {
        "execution": str(found.ref.id),
        "number": found.ref.number,
        "reused": [{"node": node, "run": run} for node, run in found.reused],
        "again": [
            {"node": node, "run": run, "reason": reason}
            for (node, run), reason in found.again.items()
        ],
    }


class StaleStep(RunName):
    """Whether a result of the execution still holds in the draft."""

    is_stale = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)


class StaleShape(serializers.Serializer[Any]):
    """Every run of the execution."""

    steps = StaleStep(many=True)


class CompareSide(serializers.Serializer[Any]):
    """A step in one of the two executions; `outputs` by port: number of items and their digest."""

    status = serializers.CharField()
    duration_ms = serializers.IntegerField(allow_null=True)
    outputs = serializers.DictField()
    input_digest = serializers.CharField()


class CompareStep(RunName):
    """A step of either execution."""

    name = serializers.CharField()
    state = serializers.ChoiceField(["same", "changed", "only_left", "only_right"])
    left = CompareSide(allow_null=True)
    right = CompareSide(allow_null=True)


class CompareShape(serializers.Serializer[Any]):
    """Two executions side by side."""

    executions = ExecutionRowShape(many=True)
    steps = CompareStep(many=True)


class BulkFilter(Input):
    """Which executions are meant, by the words of the list."""

    status = serializers.ListField(
        child=serializers.ChoiceField([*Status]), required=False, max_length=10
    )
    workflow = serializers.UUIDField(required=False)
    since = serializers.DateTimeField(required=False)
    until = serializers.DateTimeField(required=False)
    search = serializers.CharField(max_length=200, required=False)


class BulkInput(Input):
    """`POST executions/bulk/`: by ids, or by a filter."""

    action = serializers.ChoiceField([*ACTIONS])
    ids = serializers.ListField(child=serializers.UUIDField(), required=False, max_length=MOST)
    filter = BulkFilter(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Nobody means all executions by saying nothing.

        Raises:
            ValidationError: neither ids nor a filter, or both; or a filter that would delete.
        """
        if ("ids" in attrs) is ("filter" in attrs):
            raise serializers.ValidationError({"ids": "Give either ids or a filter."})
        if attrs["action"] == "delete" and "ids" not in attrs:
            # A filter may meanwhile find runs that nobody has seen.
            raise serializers.ValidationError({"ids": "Name each execution that is deleted."})
        return attrs


class BulkRefusal(serializers.Serializer[Any]):
    """One that was left as it is."""

    id = serializers.UUIDField()
    code = serializers.CharField()


class BulkShape(serializers.Serializer[Any]):
    """How many were found, and what became of the first thousand."""

    matched = serializers.IntegerField()
    accepted = serializers.IntegerField()
    refused = BulkRefusal(many=True)
