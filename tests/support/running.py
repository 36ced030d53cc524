"""A running stack as somebody outside sees it: by HTTP, by commands, and by its database."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpx
import psycopg

from headrace_bootstrap import ports
from headrace_bootstrap.programs import WORKERS
from headrace_bootstrap.project import PYTHON, ROOT
from headrace_bootstrap.stack import Stack
from tests.support.workflows import node

ENDED: Final = frozenset({"completed", "failed", "cancelled", "crashed"})
WAIT_S: Final = 60.0


def until(condition: Callable[[], object], what: str, within_s: float = WAIT_S) -> None:
    """Wait until something holds, however busy the machine is."""
    deadline = time.monotonic() + within_s
    pause_s = 0.02
    while not condition():
        assert time.monotonic() < deadline, f"never happened: {what}"
        # Whoever asks takes time from whom he waits for.
        time.sleep(pause_s)
        pause_s = min(1.25 * pause_s, 0.2)


@dataclass
class Client:
    """Somebody signed in, in a browser."""

    http: httpx.Client

    @classmethod
    def sign_in(cls, url: str, email: str, password: str, host: str | None = None) -> Client:
        """A session of that person, at the tenant of that host."""
        headers = {"Host": host} if host else {}
        http = httpx.Client(base_url=url, timeout=60, headers=headers)
        answer = http.post("/api/v1/auth/sign-in/", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        http.headers["X-CSRFToken"] = answer.json()["csrf_token"]
        return cls(http)

    def call(self, method: str, path: str, **options: Any) -> Any:
        """The JSON of an answer that must be a success."""
        answer = self.http.request(method, f"/api/v1/{path}", **options)
        assert answer.is_success, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer.json() if answer.content else None

    def get(self, path: str, **query: Any) -> Any:
        """GET."""
        return self.call("GET", path, params=query)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        """POST."""
        return self.call("POST", path, json=body if body is not None else {}, headers=headers)

    def create(self, document: dict[str, Any], *, publish: bool = False) -> str:
        """A new workflow; its id."""
        workflow: str = self.post("workflows/", {"document": document})["id"]
        if publish:
            self.post(f"workflows/{workflow}/activate/")
        return workflow

    def start(self, workflow: str, *items: dict[str, Any], **options: Any) -> str:
        """Run the draft; the execution's id."""
        body = {"items": list(items) or [{}], **options}
        execution: str = self.post(f"workflows/{workflow}/run/", body)["execution"]
        return execution

    def run(self, document: dict[str, Any], *items: dict[str, Any]) -> dict[str, Any]:
        """The execution of a document, when it has ended."""
        return self.ended(self.start(self.create(document), *items))

    def execution(self, execution: str) -> dict[str, Any]:
        """An execution with its steps."""
        found: dict[str, Any] = self.get(f"executions/{execution}/")
        return found

    def reached(self, execution: str, *statuses: str, within_s: float = WAIT_S) -> dict[str, Any]:
        """The execution, once it has one of these statuses."""
        found: dict[str, Any] = {}

        def has() -> bool:
            nonlocal found
            found = self.execution(execution)
            return found["status"] in statuses

        until(has, f"{execution} is {statuses}", within_s)
        return found

    def ended(self, execution: str, within_s: float = WAIT_S) -> dict[str, Any]:
        """The execution, once it has ended."""
        return self.reached(execution, *ENDED, within_s=within_s)

    def executions(self, workflow: str) -> list[dict[str, Any]]:
        """All executions of a workflow, oldest first."""
        found: list[dict[str, Any]] = []
        cursor = ""
        while True:
            options = {"cursor": cursor} if cursor else {}
            page = self.get("executions/", workflow=workflow, limit=200, **options)
            found += page["results"]
            if not page["next"]:
                return found[::-1]
            cursor = page["next"]

    def items(self, execution: str, step: str, **query: Any) -> list[Any]:
        """The JSON of what came out of a step."""
        page = self.get(f"executions/{execution}/steps/{step}/0/", **query)
        return [item["json"] for item in page["items"]]

    def events(self, execution: str) -> list[dict[str, Any]]:
        """The whole log."""
        found: list[dict[str, Any]] = self.get(f"executions/{execution}/events/", limit=2000)[
            "results"
        ]
        return found


def webhook(path: str, **params: Any) -> dict[str, Any]:
    """A webhook trigger with the id `hook`."""
    return node("hook", "triggers.webhook", {"path": path, "method": ["POST"], **params})


def post(stack: Stack, path: str, **options: Any) -> httpx.Response:
    """One call of a webhook."""
    return httpx.post(f"{stack.url}/webhook/{path}", timeout=60, **options)


def rows(stack: Stack, statement: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """What the stack's database answers; nothing for a statement without an answer."""
    with psycopg.connect(stack.environment["DATABASE_URL"], autocommit=True) as connection:
        cursor = connection.execute(statement, parameters)  # type: ignore[arg-type]
        return cursor.fetchall() if cursor.description else []


def command(stack: Stack, *arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """`manage.py …` beside the stack."""
    return subprocess.run(
        [str(PYTHON), str(ROOT / "manage.py"), *arguments],
        env={**stack.environment, **settings},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def beside(stack: Stack, *arguments: str, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    """One more program over the stack's servers, ended on leaving."""
    log = stack.home.logs / f"beside-{time.monotonic_ns()}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(PYTHON), *arguments],
            cwd=ROOT,
            env={**stack.environment, **settings},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def another_web(stack: Stack, **settings: str) -> Iterator[str]:
    """One more web process with other settings; its address."""
    port = ports.any_free()
    url = f"http://127.0.0.1:{port}"
    own = {"HEADRACE_PORT": str(port), "HEADRACE_PUBLIC_URL": f"http://localhost:{port}"}
    daphne = ("-m", "daphne", "-v", "0", "-b", "127.0.0.1", "-p", str(port))
    with beside(stack, *daphne, "headrace.conf.asgi:application", **own, **settings):
        until(lambda: _answers(url), "the other web process answers")
        yield url


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


def worker_of(stack: Stack, execution: str) -> str:
    """The name of the worker that has the execution now."""
    statement = (
        "select w.pid from run_queue q join run_worker w on w.id = q.worker "
        "where q.execution_id = %s and q.state = 'leased' and w.lease_until > clock_timestamp()"
    )
    found: list[str] = []

    def look() -> bool:
        alive = {pid for (pid,) in rows(stack, statement, execution)}
        found[:] = [name for name in WORKERS if stack.process_id(name) in alive]
        return bool(found)

    until(look, "a worker has it")
    return found[0]
