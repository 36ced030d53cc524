"""Redis and PostgreSQL gone or frozen under load: what was accepted runs, the rest is refused."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from headrace_bootstrap.programs import BROKER, DATABASE, WEB
from headrace_bootstrap.stack import Stack
from tests.support.running import ENDED, Client, rows, until, webhook
from tests.support.workflows import MANUAL, document, in_a_row, node

OUTAGE_S = 30.0 if os.environ.get("HEADRACE_LONG_FAULTS") else 8.0
EVERY_S = 0.2
POOL = 8
"""So many webhooks of one web process speak to PostgreSQL at one time."""


@dataclass
class Load:
    """One caller that posts again and again: statuses, durations, and what was accepted."""

    url: str
    statuses: list[int] = field(default_factory=list)
    durations_s: list[float] = field(default_factory=list)
    accepted: list[str] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Calls go out until the block ends."""
        stop = threading.Event()
        thread = threading.Thread(target=self._run, args=(stop,))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def _run(self, stop: threading.Event) -> None:
        with httpx.Client(timeout=60) as http:
            while not stop.is_set():
                began = time.monotonic()
                answer = http.post(self.url, json={"n": len(self.statuses)})
                self.durations_s.append(time.monotonic() - began)
                self.statuses.append(answer.status_code)
                if answer.is_success:
                    self.accepted.append(answer.json()["execution"])
                stop.wait(EVERY_S)


def publish(client: Client, path: str, **params: str) -> str:
    """A webhook workflow; its id."""
    flow = document([webhook(path, **params), node("end", "flow.no_op")], "hook -> end")
    return client.create(flow, publish=True)


def stopped(stack: Stack) -> tuple[Callable[[], None], Callable[[], None]]:
    """Refuses connections."""
    return lambda: stack.stop(BROKER), lambda: stack.start(BROKER)


def frozen(stack: Stack) -> tuple[Callable[[], None], Callable[[], None]]:
    """Accepts connections and never answers."""
    return lambda: stack.freeze(BROKER), lambda: stack.thaw(BROKER)


@pytest.mark.parametrize("fault", [stopped, frozen])
def test_without_redis_every_webhook_is_accepted_in_time_and_runs_by_itself(
    stack: Stack, client: Client, fault: Callable[..., tuple[Callable[[], None], ...]]
) -> None:
    """R-012, R-013, P-9: 2xx within 500 ms, and nobody has to call again."""
    path = f"outage-{fault.__name__}"
    workflow = publish(client, path)
    load = Load(f"{stack.url}/webhook/{path}")
    httpx.post(load.url, json={"warm": True})
    begin, end = fault(stack)

    with load.running():
        begin()
        try:
            time.sleep(OUTAGE_S)
        finally:
            # The load ends with the outage: no later request wakes anybody.
            during = len(load.statuses)
    end()

    assert during >= OUTAGE_S / EVERY_S / 4
    assert set(load.statuses) == {200}
    slow = sorted(load.durations_s)[-3:]
    assert slow[-1] < 0.5, slow
    until(
        lambda: all(row["status"] == "completed" for row in client.executions(workflow)),
        "every accepted webhook has run",
    )
    ran = {row["id"] for row in client.executions(workflow)}
    assert ran >= set(load.accepted)
    assert len(ran) == len(load.accepted) + 1


def test_a_caller_that_waits_for_an_answer_is_not_kept_without_redis(
    stack: Stack, client: Client
) -> None:
    """Engine-rules 36: the answer itself, or 202 with the execution, within half a second."""
    workflow = publish(client, "outage-answer", respond="last_node")
    url = f"{stack.url}/webhook/outage-answer"
    httpx.post(url, json={"n": 0}, timeout=60)
    stack.stop(BROKER)
    try:
        # The first failure is what opens the breaker.
        until(lambda: httpx.post(url, json={}, timeout=60).status_code == 202, "it is noticed")
        began = time.monotonic()
        answer = httpx.post(url, json={}, timeout=60)
        took_s = time.monotonic() - began
    finally:
        stack.start(BROKER)

    assert answer.status_code in {200, 202}
    assert took_s < 0.7
    until(
        lambda: all(row["status"] in ENDED for row in client.executions(workflow)), "all have run"
    )


def test_without_postgresql_nothing_is_accepted_and_then_all_works_again(
    stack: Stack, client: Client
) -> None:
    """R-015, P-1: 503 with Retry-After; nobody has to start anything again."""
    workflow = publish(client, "outage-database")
    url = f"{stack.url}/webhook/outage-database"
    assert httpx.post(url, json={}, timeout=60).status_code == 200
    web = stack.process_id(WEB)

    stack.stop(DATABASE)
    try:
        refused = [httpx.post(url, json={}, timeout=60) for _ in range(5)]
        page = client.http.get("/api/v1/workflows/")
        ready = httpx.get(f"{stack.url}/readyz", timeout=60)
    finally:
        stack.start(DATABASE)

    for answer in [*refused, page]:
        assert answer.status_code == 503, answer.text
        assert int(answer.headers["Retry-After"]) > 0
    assert ready.status_code == 503
    until(stack.is_ready, "it is ready again")
    until(lambda: httpx.post(url, json={}, timeout=60).status_code == 200, "accepted again")
    until(
        lambda: [row["status"] for row in client.executions(workflow)] == ["completed"] * 2,
        "the first and the last ran, and nothing between",
    )
    # Workers whose lease ran out end themselves, which the supervisor makes good.
    assert stack.process_id(WEB) == web


@contextmanager
def silent(stack: Stack) -> Iterator[None]:
    """PostgreSQL lives and says nothing: the server and each of its backends is stopped."""
    server = stack.process_id(DATABASE)
    os.kill(server, signal.SIGSTOP)
    # Nobody is born while the server itself is stopped.
    children = Path(f"/proc/{server}/task/{server}/children").read_text(encoding="ascii")
    stopped = [server, *map(int, children.split())]
    try:
        for one in stopped[1:]:
            os.kill(one, signal.SIGSTOP)
        yield
    finally:
        for one in stopped:
            os.kill(one, signal.SIGCONT)


def test_while_postgresql_is_silent_few_wait_and_nothing_is_lost(
    stack: Stack, client: Client
) -> None:
    """R-016, P-1: those beyond the pool get 503, health is told at once, and all is made good."""
    workflow = publish(client, "outage-silent")
    url = f"{stack.url}/webhook/outage-silent"
    assert httpx.post(url, json={}, timeout=60).status_code == 200
    pause = node("pause", "flow.wait", {"mode": "for", "duration_s": 2})
    under_way = client.start(client.create(in_a_row([MANUAL, pause])))
    callers = 2 * POOL
    answers: list[httpx.Response] = []

    def call() -> None:
        answers.append(httpx.post(url, json={}, timeout=200))

    with ThreadPoolExecutor(callers) as pool:
        with silent(stack):
            calls = [pool.submit(call) for _ in range(callers)]
            until(lambda: len(answers) >= callers - POOL, "those beyond the pool are refused")
            refused = [one.status_code for one in answers]
            alive = httpx.get(f"{stack.url}/healthz", timeout=60)
            ready = httpx.get(f"{stack.url}/readyz", timeout=60)
        for one in calls:
            one.result()

    assert set(refused) == {503}
    assert (alive.status_code, ready.status_code) == (200, 503)
    assert {one.status_code for one in answers} <= {200, 503}
    until(stack.is_ready, "it is ready again")
    until(lambda: httpx.post(url, json={}, timeout=60).status_code == 200, "accepted again")
    accepted = {one.json()["execution"] for one in answers if one.is_success}
    until(
        lambda: all(row["status"] == "completed" for row in client.executions(workflow)),
        "every accepted webhook has run",
    )
    ran = {row["id"] for row in client.executions(workflow)}
    # The first and the last are not among the answers.
    assert (ran >= accepted, len(ran)) == (True, len(accepted) + 2)
    assert client.ended(under_way)["status"] == "completed"


FILL = """
create function t_demo.test_full() returns trigger language plpgsql as $$
begin raise exception 'No space left on device' using errcode = 'disk_full'; end $$;
create trigger test_full before insert on t_demo.{table}
    for each row execute function t_demo.test_full();
"""


@contextmanager
def full(stack: Stack, table: str) -> Iterator[None]:
    """PostgreSQL has no room for further rows of a table, as it says on a full disk."""
    rows(stack, FILL.format(table=table))
    try:
        yield
    finally:
        rows(stack, "drop function t_demo.test_full() cascade")


def test_what_a_full_disk_cannot_keep_is_not_accepted(stack: Stack, client: Client) -> None:
    """R-028, P-1: 503 with Retry-After while it is full, and nothing but space is needed then."""
    workflow = publish(client, "outage-full")
    url = f"{stack.url}/webhook/outage-full"

    with full(stack, "executions_execution"):
        refused = httpx.post(url, json={}, timeout=60)
    accepted = httpx.post(url, json={}, timeout=60)

    assert (refused.status_code, accepted.status_code) == (503, 200)
    assert int(refused.headers["Retry-After"]) > 0
    until(
        lambda: [row["status"] for row in client.executions(workflow)] == ["completed"],
        "what was accepted has run, and nothing else",
    )


def test_an_execution_that_a_full_disk_stopped_goes_on_when_there_is_space(
    stack: Stack, client: Client
) -> None:
    """R-028: its worker cannot write the log; nothing is lost and no step counts twice."""
    ask = node("ask", "human.approval", {"title": "Is there space?"})
    flow = document([MANUAL, ask, node("end", "flow.no_op")], "start -> ask", "ask.approved -> end")
    execution = client.start(client.create(flow))
    client.reached(execution, "waiting")
    asked = client.get("approvals/", state="open")["results"]
    (approval,) = [one["id"] for one in asked if one["execution"]["id"] == execution]

    # Each claim has the next token.
    token = "select token from run_queue where execution_id = %s"
    ((before,),) = rows(stack, token, execution)
    with full(stack, "executions_logsegment"):
        client.post(f"approvals/{approval}/approve/")
        until(
            lambda: rows(stack, token, execution)[0][0] > before + 1,
            "a worker had to give it back, and it was claimed again",
        )
    ended = client.ended(execution)

    completed = [
        event["node"]
        for event in client.events(execution)
        if event["type"] == "workflow.step.completed"
    ]
    assert ended["status"] == "completed"
    assert completed == ["start", "ask", "end"]


def test_uploads_work_again_after_postgresql_was_restarted(stack: Stack, client: Client) -> None:
    """R-015: threads that store files do not keep their broken connections."""
    publish(client, "outage-upload", respond="last_node")
    url = f"{stack.url}/webhook/outage-upload"

    def upload() -> int:
        return httpx.post(url, files={"doc": ("a.txt", b"kept")}, timeout=60).status_code

    assert upload() == 200
    stack.stop(DATABASE)
    try:
        refused = {upload() for _ in range(3)}
    finally:
        stack.start(DATABASE)
    until(stack.is_ready, "it is ready again")
    until(lambda: httpx.get(f"{stack.url}/readyz").status_code == 200, "web has connections")
    statuses = [upload() for _ in range(30)]

    assert refused == {503}
    # The pool may hand out a broken connection once; that is a refusal, never a lost thread.
    assert set(statuses) <= {200, 202, 503}
    assert statuses[-10:] == [200] * 10
