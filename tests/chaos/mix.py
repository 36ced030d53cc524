"""The workflows that run while everything breaks: each calls a stub that counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tests.support.running import webhook
from tests.support.workflows import document, node, sets, when

LIMIT: Final = 2
"""So many runs of the kind `limited` may go at once."""

Url = Callable[[str], dict[str, str]]


@dataclass(frozen=True)
class Kind:
    """A workflow. `asks` is the write that a crash leaves to a person."""

    name: str
    document: dict[str, Any]
    asks: str | None = None


def kinds(base: str) -> list[Kind]:
    """All of them, calling the stub at `base`."""
    makers = (
        _chain,
        _join,
        _fan,
        _keyed,
        _retry,
        _ask,
        _flaky,
        _wait,
        _person,
        _limited,
        _answer,
        _loop,
    )
    found = []
    for make in makers:
        name = make.__name__.removeprefix("_")
        found.append(make(name, _urls(base, name)))
    return found


def _urls(base: str, kind: str) -> Url:
    """The stub's address for a node: its calls are counted run by run."""

    def url(text: str) -> dict[str, str]:
        return {"=": f'{base}/{kind}/{{{{ $("Hook").first().json.body.mark }}}}/{text}'}

    return url


def _hook(kind: str, **params: Any) -> dict[str, Any]:
    return webhook(f"chaos-{kind}", delivery_header="x-delivery", **params)


def _call(node_id: str, url: dict[str, str], method: str = "GET", **more: Any) -> dict[str, Any]:
    return node(node_id, "web.http_request", {"url": url, "method": method}, **more)


def _chain(kind: str, url: Url) -> Kind:
    flow = document(
        [
            _hook(kind),
            node("edit", "data.edit_fields", sets("n", 1)),
            _call("a", url("a"), "PUT"),
            node("more", "data.edit_fields", sets("m", "{{ $json.call + 1 }}")),
            _call("b", url("b"), "PUT"),
        ],
        "hook -> edit",
        "edit -> a",
        "a -> more",
        "more -> b",
    )
    return Kind(kind, flow)


def _join(kind: str, url: Url) -> Kind:
    flow = document(
        [
            _hook(kind),
            node("even", "flow.if", when('{{ $("Hook").first().json.body.n % 2 }}', "equals", 0)),
            _call("yes", url("yes")),
            node("no", "data.edit_fields", sets("n", 2)),
            node("side", "data.edit_fields", sets("s", 3)),
            node("merge", "flow.merge", {"mode": "append", "inputs": ["1", "2", "3"]}),
            _call("end", url("end"), "PUT"),
        ],
        "hook -> even",
        "hook -> side",
        "even.true -> yes",
        "even.false -> no",
        "yes -> merge.1",
        "no -> merge.2",
        "side -> merge.3",
        "merge -> end",
    )
    return Kind(kind, flow)


def _fan(kind: str, url: Url) -> Kind:
    names = ["1", "2", "3"]
    flow = document(
        [
            _hook(kind),
            *(_call(f"c{name}", url(f"c{name}?delay_s=0.1")) for name in names),
            node("merge", "flow.merge", {"mode": "append", "inputs": names}),
        ],
        *(f"hook -> c{name}" for name in names),
        *(f"c{name} -> merge.{name}" for name in names),
    )
    return Kind(kind, flow)


def _keyed(kind: str, url: Url) -> Kind:
    flow = document(
        [_hook(kind), _call("pay", url("pay?delay_s=0.1"), "PUT"), node("end", "flow.no_op")],
        "hook -> pay",
        "pay -> end",
    )
    return Kind(kind, flow)


def _retry(kind: str, url: Url) -> Kind:
    pay = _call("pay", url("pay?delay_s=0.1"), "POST", settings={"on_crash": "retry"})
    flow = document([_hook(kind), pay, node("end", "flow.no_op")], "hook -> pay", "pay -> end")
    return Kind(kind, flow)


def _ask(kind: str, url: Url) -> Kind:
    pay = _call("pay", url("pay?delay_s=0.1"), "POST", settings={"on_crash": "stop_and_ask"})
    flow = document([_hook(kind), pay, node("end", "flow.no_op")], "hook -> pay", "pay -> end")
    return Kind(kind, flow, asks="pay")


def _flaky(kind: str, url: Url) -> Kind:
    retry = {"max_attempts": 4, "initial_s": 0.2}
    call = _call("get", url("get?status=503&times=2"), settings={"retry": retry})
    return Kind(kind, document([_hook(kind), call], "hook -> get"))


def _wait(kind: str, url: Url) -> Kind:
    pause = node("pause", "flow.wait", {"mode": "for", "duration_s": 6})
    flow = document(
        [_hook(kind), pause, _call("then", url("then"), "PUT")], "hook -> pause", "pause -> then"
    )
    return Kind(kind, flow)


def _person(kind: str, url: Url) -> Kind:
    """Nobody calls: the time runs out."""
    call = node("wait", "flow.wait", {"mode": "call", "timeout_s": 7})
    flow = document(
        [_hook(kind), call, _call("late", url("late"), "PUT")],
        "hook -> wait",
        "wait.timeout -> late",
    )
    return Kind(kind, flow)


def _limited(kind: str, url: Url) -> Kind:
    settings = {"timezone": "UTC", "max_concurrency": LIMIT}
    call = _call("slow", url("slow?delay_s=0.2"))
    return Kind(kind, document([_hook(kind), call], "hook -> slow", settings=settings))


def _answer(kind: str, url: Url) -> Kind:
    """The caller waits for what comes out, or is told the execution where that takes too long."""
    hook = _hook(kind, respond="last_node")
    keep = sets("mark", '{{ $("Hook").first().json.body.mark }}')
    flow = document(
        [hook, _call("get", url("get")), node("end", "data.edit_fields", keep)],
        "hook -> get",
        "get -> end",
    )
    return Kind(kind, flow)


def _loop(kind: str, url: Url) -> Kind:
    flow = document(
        [
            _hook(kind),
            node("split", "data.split_out", {"field": "body.rows"}),
            node("each", "flow.for_each", {}),
            node("edit", "data.edit_fields", sets("twice", "{{ $json.rows * 2 }}")),
            _call("end", url("end"), "PUT"),
        ],
        "hook -> split",
        "split -> each",
        "each.loop -> edit",
        "edit -> each",
        "each.done -> end",
    )
    return Kind(kind, flow)
