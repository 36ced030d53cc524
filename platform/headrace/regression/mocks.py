"""Says which calls of a tested run had no recording, or one for another input."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from headrace.engine import RunId, inputs_from_json
from headrace.executions.derivation.items import RecordedItems
from headrace.executions.history import Step
from headrace.executions.recording import Match, Recording, digest_of_inputs
from headrace.executions.runner.rehearsal import UNRECORDED
from headrace_sdk.items import JsonObject

MISSING: Final = "missing"
OTHER_INPUT: Final = "other_input"
MOST: Final = 100
MESSAGES: Final = {
    MISSING: "It has no recording, so it was not made and the step failed.",
    OTHER_INPUT: "It was given other items than in the recorded run, and was told the answer that "
    "was recorded for those.",
}


def unrecorded_calls(
    steps: Iterable[Step],
    recorded: RecordedItems,
    recording: Recording,
    names: Mapping[str, str],
) -> list[JsonObject]:
    """`{"node", "name", "run", "reason", "message"}` of each, in log order; `MOST` at most."""
    found: list[JsonObject] = []
    for step in steps:
        reason = _reason(step, recorded, recording)
        if reason is not None:
            name = names.get(step.node, step.node)
            told: JsonObject = {"node": step.node, "name": name, "run": step.run}
            found.append({**told, "reason": reason, "message": MESSAGES[reason]})
    return found[:MOST]


def _reason(step: Step, recorded: RecordedItems, recording: Recording) -> str | None:
    if (step.error or {}).get("code") == UNRECORDED:
        return MISSING
    if not recording.has(step.node) or step.status not in {"completed", "failed"}:
        return None
    given = recorded.inputs(RunId(step.node, step.run), inputs_from_json(step.inputs))
    found = recording.find(step.node, step.run, digest_of_inputs(given))
    return OTHER_INPUT if found is not None and found[1] is Match.OTHER_INPUT else None
