"""What webhooks do with bodies that cannot be kept: refused with a place, never a 500."""

from __future__ import annotations

import json
from typing import Any

import pytest

from headrace_bootstrap.stack import Stack
from tests.support.running import Client, post, webhook
from tests.support.workflows import document, node, sets

DEEP = 1_000
UNREADABLE = {
    "NUL": b'{"a": "x\\u0000"}',
    "NUL in a key": b'{"x\\u0000": 1}',
    "NaN": b'{"a": NaN}',
    "Infinity": b'{"a": [-Infinity]}',
    "1e400": b'{"a": 1e400}',
    "lone surrogate": b'{"a": "\\ud800"}',
    "reversed pair": b'{"a": "\\udc00\\ud800"}',
    "depth 1,000": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "list depth 1,000": b"[" * DEEP + b"]" * DEEP,
    "5,000-digit int": b'{"a": ' + b"9" * 5_000 + b"}",
    "invalid UTF-8": b'{"a": "\xff\xfe"}',
    "overlong UTF-8": b'{"a": "\xc0\xaf"}',
    "cut off": b'{"a": ',
    "UTF-16": '{"a": 1}'.encode("utf-16"),
}
KEPT = {
    "2^53 + 1": b'{"a": 9007199254740993}',
    "minus zero": b'{"a": -0.0}',
    "long decimal": b'{"a": 0.1000000000000000055511151231257827}',
    "astral": '{"a": "\U0001f600"}'.encode(),
    "right to left": '{"a": "\u202e\u200d\u200f"}'.encode(),
    "depth 60": b'{"a":' * 60 + b"1" + b"}" * 60,
    "a line of 2 MB": b'{"a": "' + b"x" * 2_000_000 + b'"}',
}


class TestBodies:
    """R-048 to R-053 at the gate."""

    @pytest.fixture(scope="class")
    @classmethod
    def workflow(cls, client: Client) -> str:
        """Answers with the body."""
        body = node("body", "data.edit_fields", {"keep": "none", **sets("got", "{{ $json.body }}")})
        flow = document([webhook("bodies", respond="last_node"), body], "hook -> body")
        return client.create(flow, publish=True)

    @pytest.mark.parametrize("name", UNREADABLE)
    def test_what_cannot_be_kept_is_refused_with_its_place(
        self, stack: Stack, client: Client, workflow: str, name: str
    ) -> None:
        """R-049 to R-053: 400, a path, and no execution."""
        before = len(client.executions(workflow))

        answer = post(
            stack,
            "bodies",
            content=UNREADABLE[name],
            headers={"Content-Type": "application/json"},
        )

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["path"].startswith("/body")
        assert len(client.executions(workflow)) == before

    @pytest.mark.parametrize("name", KEPT)
    def test_what_can_be_kept_comes_back_as_it_was(
        self, stack: Stack, workflow: str, name: str
    ) -> None:
        """R-052, R-053: through log, expressions and answer."""
        answer = post(
            stack, "bodies", content=KEPT[name], headers={"Content-Type": "application/json"}
        )

        assert answer.status_code == 200, answer.text[:300]
        assert answer.json() == {"got": json.loads(KEPT[name])}

    @pytest.mark.parametrize("declared", [True, False])
    def test_twenty_megabytes_are_refused(
        self, stack: Stack, client: Client, workflow: str, declared: bool
    ) -> None:
        """R-048: by the declared length, and by counting where none is declared."""
        before = len(client.executions(workflow))
        pieces = [b"x" * 1_000_000] * 20
        content: Any = b"".join(pieces) if declared else iter(pieces)

        answer = post(stack, "bodies", content=content, headers={"Content-Type": "text/plain"})

        assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
        assert len(client.executions(workflow)) == before

    @pytest.mark.parametrize(
        ("kind", "body"),
        [
            ("application/x-www-form-urlencoded", b"a=%00"),
            ("application/x-www-form-urlencoded", b"a=%FF"),
            ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(1_001))),
            ("multipart/form-data; boundary=b", b"--b\r\nbroken"),
            ("multipart/form-data; boundary=b", b"--b\r\n" * 2_000),
            ("text/plain", b"\xff"),
            ("text/plain", b"\x00"),
        ],
    )
    def test_other_kinds_of_bodies_are_refused_alike(
        self, stack: Stack, workflow: str, kind: str, body: bytes
    ) -> None:
        """R-051, R-052."""
        answer = post(stack, "bodies", content=body, headers={"Content-Type": kind})

        assert answer.status_code == 400
        assert answer.json()["errors"][0]["path"] == "/body"
