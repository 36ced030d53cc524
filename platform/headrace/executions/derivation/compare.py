"""Two executions side by side, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from headrace.engine import RunId, Source, inputs_from_json
from headrace.executions import log, queries
from headrace.executions.derivation.items import RecordedItems
from headrace.executions.derivation.recorded import Past, read
from headrace.executions.digests import combined
from headrace.executions.history import Step, steps
from headrace.executions.models import Execution
from headrace.workflows import queries as workflows


@dataclass(slots=True)
class _Side:
    """One of the two, read."""

    past: Past
    steps: Mapping[RunId, Step]
    names: Mapping[str, str]
    items: RecordedItems

    def of(self, id_: RunId) -> dict[str, Any] | None:
        """The step as this side has it."""
        step = self.steps.get(id_)
        if step is None:
            return None
        return {
            "status": step.status,
            "duration_ms": step.duration_ms,
            "outputs": self._outputs(id_, step),
            "input_digest": self._input(step),
        }

    def _outputs(self, id_: RunId, step: Step) -> dict[str, Any]:
        has_ended = self.past.of(id_) is not None
        return {
            port: {
                "items": count,
                "digest": self.items.digest(Source(*id_, port, count)) if has_ended else "",
            }
            for port, count in step.items_out.items()
        }

    def _input(self, step: Step) -> str:
        given = [
            [port, [self.items.digest(source) for source in sources]]
            for port, sources in inputs_from_json(step.inputs)
        ]
        return combined(given) if given else ""


def compare(left: Execution, right: Execution) -> list[dict[str, Any]]:
    """Every step of either, in the order of the left log, then of the right one.

    Raises:
        NothingRecorded: one of them has not begun.
    """
    sides = _side(left), _side(right)
    order = dict.fromkeys([*sides[0].steps, *sides[1].steps])
    return [_row(id_, *sides) for id_ in order]


def _side(execution: Execution) -> _Side:
    found: list[log.Event] = queries.events(execution.pk)
    document: Any = workflows.version(execution.version_id).document
    names = {str(node["id"]): str(node["name"]) for node in document["nodes"]}
    by_run = {RunId(one.node, one.run): one for one in steps(found)}
    past = read(execution.pk, found)
    return _Side(past, by_run, names, RecordedItems(past))


def _row(id_: RunId, left: _Side, right: _Side) -> dict[str, Any]:
    sides = left.of(id_), right.of(id_)
    return {
        "node": id_.node,
        "name": right.names.get(id_.node) or left.names.get(id_.node) or id_.node,
        "run": id_.run,
        "state": _state(*sides),
        "left": sides[0],
        "right": sides[1],
    }


def _state(left: dict[str, Any] | None, right: dict[str, Any] | None) -> str:
    if left is None or right is None:
        return "only_right" if left is None else "only_left"
    same_end = _end(left) == _end(right)
    return "same" if same_end and left["outputs"] == right["outputs"] else "changed"


def _end(side: Mapping[str, Any]) -> str:
    """A result that was taken over is as good as one that was computed."""
    status = str(side["status"])
    return "completed" if status == "cached" else status
