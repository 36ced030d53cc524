"""What expressions of one run can see: its input, earlier nodes, variables, and the execution."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from headrace.engine import StepInputs
from headrace.executions.blocks.ledger import Ledger, RunId
from headrace.expressions import ItemsView, NodeView, Scope
from headrace_sdk.items import Inputs, Item, JsonObject


class Visible:
    """Builds the scope of one run."""

    def __init__(
        self,
        ledger: Ledger,
        find: Callable[[RunId, str], RunId | None],
        ids_by_name: Mapping[str, str],
        *,
        variables: JsonObject,
        execution: JsonObject,
        workflow: JsonObject,
        timezone: str,
    ) -> None:
        self._ledger = ledger
        self._find = find
        self._ids_by_name = ids_by_name
        self._variables = variables
        self._execution = execution
        self._workflow = workflow
        self._timezone = timezone

    def scope(
        self, run: RunId, sources: StepInputs, inputs: Inputs, *, now: datetime, run_index: int
    ) -> Scope:
        """The scope with its first item in hand."""
        self._ledger.come_from(run, sources)
        items = leading(inputs)
        first = items[0] if items else Item({})
        return Scope(
            json=first.json,
            binary=binary_json(first),
            item_index=0,
            run_index=run_index,
            input=ItemsView(items),
            node=lambda name: self._node(run, name),
            now=now,
            variables=self._variables,
            execution=self._execution,
            workflow=self._workflow,
            timezone=self._timezone,
        )

    def _node(self, run: RunId, name: str) -> NodeView | None:
        node = self._ids_by_name.get(name)
        # Which run is meant depends on the graph and never on which branch was faster.
        seen = self._find(run, node) if node is not None else None
        if node is None or seen is None:
            return None
        linked = self._ledger.ancestor(run, 0, node)
        source = linked[0] if linked else self._ledger.output_of(seen)
        if source is None:
            return NodeView()

        def lineage(index: int) -> int | None:
            found = self._ledger.ancestor(run, index, node)
            return found[1] if found and found[0] == source else None

        return NodeView(self._ledger.items(source), lineage)


def leading(inputs: Inputs) -> Sequence[Item]:
    """The items that per-item parameters follow: those of the first port that has any."""
    return next((items for items in inputs.values() if items), ())


def binary_json(item: Item) -> JsonObject:
    """`$binary`: the files of an item by name."""
    return {name: ref.to_json() for name, ref in item.binary.items()} if item.binary else {}
