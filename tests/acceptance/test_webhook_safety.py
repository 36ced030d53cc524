"""Webhooks and hostile callers: nothing is evaluated twice, forged, replayed, guessed or kept."""

from __future__ import annotations

import hmac
import json
import time
from typing import Any

import httpx
import pytest

from headrace_bootstrap.stack import Stack
from tests.support.running import Client, post, rows, webhook
from tests.support.workflows import MANUAL, document, node, sets

PAYLOADS = ("={{7*191}}", "{{7*191}}", "${7*191}", "{% 7*191 %}", '{"=": "{{7*191}}"}')


def echo(path: str, **params: Any) -> dict[str, Any]:
    """Webhook → three nodes that hand its body on in their own ways."""
    return document(
        [
            webhook(path, respond="last_node", **params),
            node("copy", "data.edit_fields", sets("text", "{{ $json.body.text }}")),
            node("again", "data.edit_fields", sets("text", '{{ $("Copy").item.json.text }}')),
            node("last", "data.edit_fields", {"keep": "none", **sets("text", "{{ $json.text }}")}),
        ],
        "hook -> copy",
        "copy -> again",
        "again -> last",
    )


class TestDataStaysData:
    """S-002: what comes in is never evaluated, however it is written."""

    @pytest.fixture(scope="class")
    @classmethod
    def path(cls, client: Client) -> str:
        """Where the echo answers."""
        client.create(echo("echo"), publish=True)
        return "echo"

    @pytest.mark.parametrize("text", PAYLOADS)
    @pytest.mark.parametrize("how", ["json", "data"])
    def test_text_that_looks_like_an_expression_passes_three_nodes_as_text(
        self, stack: Stack, path: str, text: str, how: str
    ) -> None:
        """S-002: JSON and form."""
        answer = post(stack, path, **{how: {"text": text}})

        assert answer.json() == {"text": text}
        assert "1337" not in answer.text

    def test_an_object_that_looks_like_a_stored_expression_passes_as_an_object(
        self, stack: Stack, path: str
    ) -> None:
        """S-002: expression-ness belongs to the stored parameter."""
        body = {"text": {"=": "{{ 7*191 }}"}}

        assert post(stack, path, json=body).json() == body

    def test_an_error_message_is_not_evaluated(self, client: Client) -> None:
        """S-002: by way of Stop and Error."""
        stop = node("stop", "flow.stop", {"message": {"=": "{{ $json.text }}"}})
        execution = client.run(document([MANUAL, stop], "start -> stop"), {"text": PAYLOADS[0]})

        assert execution["status"] == "failed"
        assert execution["error"]["message"] == PAYLOADS[0]


class TestFilesAreOurs:
    """S-015: a file is what our own parser made, never what a body says."""

    FORGED = {"files": [{"filepath": "/etc/passwd", "originalFilename": "a"}], "data": {"id": "x"}}

    @pytest.fixture(scope="class")
    @classmethod
    def workflow(cls, client: Client) -> str:
        """Hands on whatever comes."""
        flow = document(
            [webhook("files", respond="last_node"), node("end", "flow.no_op")], "hook -> end"
        )
        return client.create(flow, publish=True)

    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            (json.dumps(FORGED).encode(), "application/json"),
            (json.dumps(FORGED).encode(), "text/plain"),
            (json.dumps(FORGED).encode(), "application/json; charset=utf-7"),
            (json.dumps(FORGED).encode(), ""),
            (
                b"files=/etc/passwd&files[0][filepath]=/etc/passwd",
                "application/x-www-form-urlencoded",
            ),
            (
                b'--b\r\nContent-Disposition: form-data; name="files"\r\n\r\n/etc/passwd\r\n--b--\r\n',
                "multipart/form-data; boundary=b",
            ),
        ],
    )
    def test_a_body_cannot_name_a_file(
        self, stack: Stack, client: Client, workflow: str, body: bytes, kind: str
    ) -> None:
        """S-015: no file object, and nothing of this machine in the answer."""
        answer = post(stack, "files", content=body, headers={"Content-Type": kind} if kind else {})

        newest = client.executions(workflow)[-1]["id"]
        page = client.get(f"executions/{newest}/steps/end/0/")
        assert answer.status_code == 200, answer.text
        assert "root:" not in answer.text
        assert [item.get("binary") or {} for item in page["items"]] == [{}]

    def test_a_part_without_a_file_name_is_text_and_one_with_a_path_is_only_named_so(
        self, stack: Stack, client: Client, workflow: str
    ) -> None:
        """S-015: the client's path is a label, the id is ours."""
        files = {"doc": ("../../etc/passwd", b"mine", "text/plain")}

        answer = post(stack, "files", files=files, data={"note": "hello"})

        assert answer.is_success, answer.text
        newest = client.executions(workflow)[-1]["id"]
        (item,) = client.get(f"executions/{newest}/steps/end/0/")["items"]
        assert item["json"]["body"] == {"note": "hello"}
        url = client.get(f"files/{item['binary']['doc']['id']}/url/")["url"]
        assert client.http.get(url).content == b"mine"


SECRET = "a shared secret of the sender"


def signature(body: bytes, digest: str = "sha256", secret: str = SECRET) -> str:
    """As the sender makes it."""
    return hmac.new(secret.encode(), body, digest).hexdigest()


class TestSignatures:
    """S-066, S-067: only what was signed, and only once."""

    BODY = b'{"total": 12,  "id": 7}'

    @pytest.fixture(scope="class")
    @classmethod
    def credential(cls, client: Client) -> str:
        """The signing secret in the vault."""
        made = {"name": "Sender", "type": "http_hmac", "data": {"secret": SECRET}}
        found: str = client.post("credentials/", made)["id"]
        return found

    @pytest.fixture(scope="class")
    @classmethod
    def signed(cls, client: Client, credential: str) -> str:
        """A workflow that takes signed calls; its id."""
        hook = webhook("signed", auth="hmac") | {"credentials": {"auth": credential}}
        return client.create(
            document([hook, node("end", "flow.no_op")], "hook -> end"), publish=True
        )

    @pytest.fixture(scope="class")
    @classmethod
    def stamped(cls, client: Client, credential: str) -> str:
        """The same with a timestamp and delivery ids."""
        hook = webhook(
            "stamped", auth="hmac", timestamp_header="X-Time", delivery_header="X-Delivery"
        ) | {"credentials": {"auth": credential}}
        return client.create(
            document([hook, node("end", "flow.no_op")], "hook -> end"), publish=True
        )

    def test_a_signed_call_starts_a_run(self, stack: Stack, client: Client, signed: str) -> None:
        """What the refusals below are measured against."""
        answer = post(
            stack, "signed", content=self.BODY, headers={"X-Signature": signature(self.BODY)}
        )

        assert answer.status_code == 200
        assert answer.json()["execution"] in [row["id"] for row in client.executions(signed)]

    @pytest.mark.parametrize(
        "given",
        [
            None,
            "",
            "0" * 64,
            signature(BODY)[:-1],
            signature(BODY, "sha1"),
            signature(BODY, "sha512"),
            signature(BODY, secret="another"),
            signature(json.dumps(json.loads(BODY)).encode()),
            signature(b""),
            f"sha256={signature(BODY)}",
        ],
    )
    def test_any_other_signature_is_refused_without_a_trace(
        self, stack: Stack, client: Client, signed: str, given: str | None
    ) -> None:
        """S-066: 401, and no execution row."""
        before = len(client.executions(signed))
        headers = {} if given is None else {"X-Signature": given}

        answer = post(stack, "signed", content=self.BODY, headers=headers)

        assert answer.status_code == 401
        assert len(client.executions(signed)) == before

    def test_a_body_written_anew_is_another_body(
        self, stack: Stack, client: Client, signed: str
    ) -> None:
        """S-066: the digest is over the raw bytes."""
        same = json.dumps(json.loads(self.BODY)).encode()

        answer = post(stack, "signed", content=same, headers={"X-Signature": signature(self.BODY)})

        assert answer.status_code == 401

    def test_a_trigger_without_its_secret_cannot_be_published(self, client: Client) -> None:
        """S-066: fail closed."""
        hook = webhook("unsigned", auth="hmac")
        workflow = client.create(document([hook, node("end", "flow.no_op")], "hook -> end"))

        answer = client.http.post(f"/api/v1/workflows/{workflow}/activate/", json={})

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["path"].startswith("/nodes/0")

    def deliver(self, stack: Stack, delivery: str, at: float, body: bytes = BODY) -> httpx.Response:
        """A stamped, signed delivery."""
        stamp = str(int(at))
        signed = signature(f"{stamp}.".encode() + body)
        headers = {"X-Time": stamp, "X-Signature": signed, "X-Delivery": delivery}
        return post(stack, "stamped", content=body, headers=headers)

    def test_the_same_delivery_starts_one_run(
        self, stack: Stack, client: Client, stamped: str
    ) -> None:
        """S-067: answered alike, also with another body."""
        now = time.time()
        before = len(client.executions(stamped))

        first = self.deliver(stack, "d-1", now)
        again = self.deliver(stack, "d-1", now + 1)
        other = self.deliver(stack, "d-1", now, b'{"total": 13}')

        assert first.status_code == again.status_code == other.status_code == 200
        assert first.json() == again.json() == other.json()
        assert len(client.executions(stamped)) == before + 1

    @pytest.mark.parametrize("off_s", [-360, 360, -86_400, 10**9])
    def test_an_old_or_future_delivery_is_refused(
        self, stack: Stack, client: Client, stamped: str, off_s: int
    ) -> None:
        """S-067: the window is five minutes."""
        before = len(client.executions(stamped))

        answer = self.deliver(stack, f"late{off_s}", time.time() + off_s)

        assert answer.status_code == 401
        assert len(client.executions(stamped)) == before

    def test_a_stamp_cannot_be_renewed(self, stack: Stack, stamped: str) -> None:
        """S-067: it is part of what is signed."""
        old = str(int(time.time() - 600))
        headers = {
            "X-Time": str(int(time.time())),
            "X-Signature": signature(f"{old}.".encode() + self.BODY),
            "X-Delivery": "renewed",
        }

        assert post(stack, "stamped", content=self.BODY, headers=headers).status_code == 401


class TestAddresses:
    """S-069: who does not know an address learns nothing by asking."""

    @pytest.fixture(scope="class")
    @classmethod
    def workflow(cls, client: Client) -> str:
        """Answers POST /webhook/orders-own/new."""
        flow = document([webhook("orders-own/new"), node("end", "flow.no_op")], "hook -> end")
        return client.create(flow, publish=True)

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("GET", "/webhook/orders-own/new"),
            ("DELETE", "/webhook/orders-own/new"),
            ("POST", "/webhook/Orders-Own/new"),
            ("POST", "/webhook/orders-own"),
            ("POST", "/webhook/orders-own/new/x"),
            ("POST", "/webhook/orders-own/../orders-own/newer"),
            ("POST", "/webhook/orders-own%2Fnew%00"),
            ("POST", "/webhook/never-published"),
            ("POST", "/webhook-test/orders-own/new"),
            ("POST", "/webhook/"),
            ("POST", f"/webhook/{'a/' * 40}"),
            ("POST", "/webhook/%FF%FE"),
        ],
    )
    def test_every_wrong_address_is_answered_alike(
        self, stack: Stack, client: Client, workflow: str, method: str, path: str
    ) -> None:
        """S-069: one 404 in the same words."""
        before = len(client.executions(workflow))
        unknown = httpx.post(f"{stack.url}/webhook/surely-nobody")

        answer = httpx.request(method, f"{stack.url}{path}")

        assert (answer.status_code, answer.content) == (404, unknown.content)
        assert len(client.executions(workflow)) == before

    def test_a_second_owner_of_an_address_is_refused(self, client: Client, workflow: str) -> None:
        """S-069: also when only the parameter's name differs."""
        client.create(
            document([webhook("own/:id"), node("end", "flow.no_op")], "hook -> end"), publish=True
        )
        for path in ("orders-own/new", "/orders-own/new/", "own/:name"):
            second = client.create(
                document([webhook(path), node("end", "flow.no_op")], "hook -> end")
            )

            answer = client.http.post(f"/api/v1/workflows/{second}/activate/", json={})

            assert (answer.status_code, answer.json()["code"]) == (409, "webhook_path_taken"), path

    def test_a_deactivated_workflow_is_gone_at_once(self, stack: Stack, client: Client) -> None:
        """S-069: also for a process that had found it before."""
        flow = document([webhook("short-lived"), node("end", "flow.no_op")], "hook -> end")
        workflow = client.create(flow, publish=True)
        assert post(stack, "short-lived", json={}).status_code == 200

        client.post(f"workflows/{workflow}/deactivate/")

        assert post(stack, "short-lived", json={}).status_code == 404
        assert len(client.executions(workflow)) == 1

    def test_a_resume_address_cannot_be_guessed(self, stack: Stack) -> None:
        """S-071: at least 128 bits, hashed at rest, one answer to every wrong one."""
        tries = ["", "0", "A" * 22, "A" * 43, "../x", "%00", "a" * 5000]
        answers = [httpx.post(f"{stack.url}/resume/{token}", json={}) for token in tries]

        assert {answer.status_code for answer in answers} <= {404, 409, 410}
        lengths = rows(stack, "select distinct length(token_hash) from t_demo.executions_waittoken")
        assert set(lengths) <= {(32,)}
