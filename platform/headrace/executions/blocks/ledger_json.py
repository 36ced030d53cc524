"""The ledger as JSON, for snapshots: places only, no items."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from headrace.engine.log import inputs_from_json, inputs_to_json
from headrace.executions.blocks.ledger import Collecting, Ledger, Recorded
from headrace.executions.log import Ref

Refs: TypeAlias = Mapping[str, list[Ref]]


def dump(ledger: Ledger) -> dict[str, Any]:
    """Everything but what is at hand."""
    return {
        "runs": [
            [
                *run,
                inputs_to_json(one.inputs),
                one.seq,
                one.ports,
                one.passes_on,
                _refs(one.collected),
            ]
            for run, one in ledger.runs.items()
        ],
        "collecting": [
            [*loop, _refs(one.ready), [[turn, _refs(refs)] for turn, refs in one.early.items()]]
            for loop, one in ledger.collecting.items()
        ],
    }


def load(ledger: Ledger, found: Mapping[str, Any]) -> None:
    """Fill a new ledger from `dump`'s form."""
    for node, run, inputs, seq, ports, passes_on, collected in found["runs"]:
        ledger.runs[node, run] = Recorded(
            inputs_from_json(inputs), seq, ports, passes_on, _read_refs(collected)
        )
    for node, run, ready, early in found["collecting"]:
        ledger.collecting[node, run] = Collecting(
            _read_refs(ready), {turn: _read_refs(refs) for turn, refs in early}
        )


def _refs(refs: Refs) -> dict[str, list[list[Any]]]:
    return {port: [list(ref) for ref in some] for port, some in refs.items()}


def _read_refs(found: Mapping[str, Sequence[Sequence[Any]]]) -> dict[str, list[Ref]]:
    return {port: [Ref(*ref) for ref in some] for port, some in found.items()}
