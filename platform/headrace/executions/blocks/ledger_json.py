"""The ledger as JSON, for snapshots: places only, no items."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from headrace.engine.log import inputs_from_json, inputs_to_json
from headrace.executions.blocks.ledger import Collecting, Ledger, Recorded
from headrace.executions.log import Ref


def dump(ledger: Ledger) -> dict[str, Any]:
    """Everything but what is at hand."""
    return {
        "runs": [
            [
                *run,
                inputs_to_json(one.inputs),
                one.seq,
                one.ports,
                one.batch_size,
                _refs(one.collected),
            ]
            for run, one in ledger.runs.items()
        ],
        "collecting": [
            [
                *loop,
                one.next_turn,
                one.turns,
                _refs(one.refs),
                [[turn, _refs(refs)] for turn, refs in one.early.items()],
            ]
            for loop, one in ledger.collecting.items()
        ],
        "turns": [
            [*loop, [[turn, sorted(runs)] for turn, runs in turns.items()]]
            for loop, turns in ledger.turns.items()
        ],
        "over": [[*loop, turns] for loop, turns in ledger.over.items()],
    }


def load(ledger: Ledger, found: Mapping[str, Any]) -> None:
    """Fill a new ledger from `dump`'s form."""
    for node, run, inputs, seq, ports, batch_size, collected in found["runs"]:
        ledger.runs[node, run] = Recorded(
            inputs_from_json(inputs), seq, dict(ports), batch_size, _read_refs(collected)
        )
    for node, run, next_turn, turns, refs, early in found["collecting"]:
        ledger.collecting[node, run] = Collecting(
            next_turn, turns, _read_refs(refs), {turn: _read_refs(one) for turn, one in early}
        )
    for node, run, by_turn in found["turns"]:
        ledger.turns[node, run] = {
            turn: {(one[0], one[1]) for one in runs} for turn, runs in by_turn
        }
    for node, run, ended in found["over"]:
        ledger.over[node, run] = list(ended)


def _refs(refs: Iterable[Ref]) -> list[list[Any]]:
    return [list(ref) for ref in refs]


def _read_refs(found: Iterable[Iterable[Any]]) -> list[Ref]:
    return [Ref(*ref) for ref in found]
