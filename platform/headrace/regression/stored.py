"""A test's sample as bytes: what every step put out, and the recording that it is run with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

import orjson

from headrace.executions import log
from headrace.executions.recording import decode, encode
from headrace.regression.errors import SampleTooLarge
from headrace.regression.types import Sample, SampleStep
from headrace_sdk.items import Item

MOST_BYTES: Final = 8 * 1024 * 1024


def encode_sample(sample: Sample) -> bytes:
    """The sample as bytes.

    Raises:
        SampleTooLarge: it has more than a test may have.
    """
    body: dict[str, Any] = {
        "execution": str(sample.execution),
        "number": sample.number,
        "status": sample.status,
        "trigger": sample.trigger,
        "items": orjson.Fragment(log.encode_block(sample.items)),
        "steps": [
            {
                "node": one.node,
                "name": one.name,
                "run": one.run,
                "error": one.error,
                "mock": one.is_mock,
                "outputs": _encoded(one.outputs),
            }
            for one in sample.steps
        ],
    }
    # The items of calls stand in the steps already.
    bare = replace(
        sample.recording, calls=[replace(one, outputs={}) for one in sample.recording.calls]
    )
    packed = log.pack(orjson.dumps(body)), encode(bare)
    if sum(map(len, packed)) > MOST_BYTES:
        raise SampleTooLarge(f"more than {MOST_BYTES // 1024 // 1024} MiB")
    return len(packed[0]).to_bytes(8, "big") + b"".join(packed)


def decode_sample(stored: bytes | memoryview) -> Sample:
    """Reads `encode_sample`'s form."""
    data = bytes(stored)
    length = int.from_bytes(data[:8], "big")
    body: dict[str, Any] = orjson.loads(log.unpack(data[8 : 8 + length]))
    bare = decode(data[8 + length :])
    steps = [
        SampleStep(
            one["node"],
            one["name"],
            one["run"],
            {port: log.decode_block(orjson.dumps(b)) for port, b in one["outputs"].items()},
            one["error"],
            one["mock"],
        )
        for one in body["steps"]
    ]
    outputs = {(one.node, one.run): one.outputs for one in steps if one.error is None}
    calls = [replace(one, outputs=outputs.get((one.node, one.run), {})) for one in bare.calls]
    return Sample(
        UUID(body["execution"]),
        body["number"],
        body["status"],
        body["trigger"],
        log.decode_block(orjson.dumps(body["items"])),
        steps,
        replace(bare, calls=calls),
    )


def _encoded(outputs: Mapping[str, Sequence[Item]]) -> dict[str, Any]:
    return {port: orjson.Fragment(log.encode_block(items)) for port, items in outputs.items()}
