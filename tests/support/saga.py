"""A trip of three bookings, each with its undo; the last one cannot be booked."""

from __future__ import annotations

from typing import Any

from tests.support.stub import Stub
from tests.support.workflows import MANUAL, document, node

BOOKED = ("hotel", "car")


def trip(stub: Stub, mark: str, *, delay_s: float = 0) -> dict[str, Any]:
    """The stub counts `/mark/book-hotel` and the like; `/mark/book-flight` fails."""

    def call(path: str, **more: Any) -> dict[str, Any]:
        query = f"?delay_s={delay_s}&" if delay_s else "?"
        url = stub.url(f"/{mark}/{path}{query}{more.pop('query', '')}")
        params = {"url": url, "method": "POST", "honours_key": True}
        return node(path, "web.http_request", params, **more)

    nodes = [MANUAL]
    wires = []
    before = "start"
    for name in BOOKED:
        nodes += [
            call(f"book-{name}"),
            node(f"saga-{name}", "flow.compensate"),
            call(f"undo-{name}"),
        ]
        wires += [
            f"{before} -> book-{name}",
            f"book-{name} -> saga-{name}",
            f"saga-{name}.undo -> undo-{name}",
        ]
        before = f"saga-{name}"
    nodes.append(call("book-flight", query="status=422"))
    return document(nodes, *wires, f"{before} -> book-flight")


def calls(stub: Stub, mark: str) -> list[str]:
    """What was called, in the order of the first time, without queries."""
    paths = [path.partition("?")[0] for path in stub.calls if path.startswith(f"/{mark}/")]
    return [path.removeprefix(f"/{mark}/") for path in paths]


def counts(stub: Stub, mark: str) -> set[int]:
    """How often each of them was called."""
    return {count for path, count in stub.calls.items() if path.startswith(f"/{mark}/")}
