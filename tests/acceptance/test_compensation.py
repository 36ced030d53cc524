"""A trip whose last booking fails, while the workers that undo it are killed."""

from __future__ import annotations

from functools import partial

import pytest

from headrace_bootstrap.programs import WORKERS
from headrace_bootstrap.stack import Stack
from tests.support.running import Client, until
from tests.support.saga import BOOKED, calls, counts, trip
from tests.support.stub import Stub

DELAY = "?delay_s=0.5&"


@pytest.mark.parametrize("under_way", ["book-car", "undo-car", "undo-hotel"])
def test_every_booking_is_undone_once_whenever_the_workers_die(
    stack: Stack, client: Client, stub: Stub, under_way: str
) -> None:
    """P-3, P-4: a call that was cut off is repeated under its key, no other one is."""
    mark = f"trip-{under_way}"
    for worker in WORKERS:
        until(partial(stack.process_id, worker), "the worker is there")
    execution = client.start(client.create(trip(stub, mark, delay_s=0.5)))
    until(lambda: stub.count(f"/{mark}/{under_way}{DELAY}") == 1, "the call")
    for worker in WORKERS:
        stack.kill(worker)

    ended = client.ended(execution)

    assert (ended["status"], ended["error"]["node"]) == ("failed", "book-flight")
    booked = [f"book-{name}" for name in BOOKED]
    undone = [f"undo-{name}" for name in reversed(BOOKED)]
    assert calls(stub, mark) == [*booked, "book-flight", *undone]
    repeated = {path: count for path, count in stub.calls.items() if count > 1 and mark in path}
    assert set(repeated) <= {f"/{mark}/{under_way}{DELAY}"}
    assert counts(stub, mark) <= {1, 2}
    keys = [keys for path, keys in stub.keys.items() if path.startswith(f"/{mark}/")]
    assert {len(one) for one in keys} == {1}
