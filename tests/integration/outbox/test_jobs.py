"""Celery tasks run for the tenant that sent them (T-012, T-013)."""

from __future__ import annotations

from typing import Any

import pytest
from celery import Celery
from celery.app.task import Context
from celery.contrib.testing.worker import start_worker
from celery.exceptions import Reject, Retry

from headrace.outbox.jobs import HEADER, TenantTask
from headrace.outbox.models import DeadLetter
from headrace.tenants import actions
from headrace.tenants.context import (
    TenantRef,
    current_or_none,
    public,
    schema_or_none,
    tenant,
)

app = Celery(
    "test",
    broker="memory://",
    backend="cache+memory://",
    task_cls=TenantTask,
    set_as_current=False,
)
seen: list[str | None] = []


@app.task(bind=True, max_retries=1)
def look(self: Any, *, fail: bool = False, again: bool = False) -> None:
    """Note the schema at work."""
    seen.append(schema_or_none())
    if fail:
        message = "as asked"
        raise RuntimeError(message)
    if again and self.request.retries == 0:
        raise self.retry(countdown=0)


@app.task(tenant="public")
def sweep() -> None:
    """A task of nobody."""
    seen.append(schema_or_none())


def run(task: Any, headers: dict[str, Any] | None, **kwargs: Any) -> None:
    """What a worker does with a message that carries these headers."""
    task.request_stack.push(_context(task, headers or {}, kwargs))
    try:
        task(**kwargs)
    finally:
        task.request_stack.pop()


def _context(task: Any, headers: dict[str, Any], kwargs: dict[str, Any]) -> Any:
    return Context(headers, task=task.name, kwargs=kwargs, args=[], called_directly=False)


def sent_headers(task: Any, **options: Any) -> dict[str, Any]:
    """The headers of the message that `apply_async` puts on the wire."""
    with app.connection_for_write() as connection, connection.SimpleQueue("celery") as queue:
        queue.clear()
        task.apply_async(**options)
        headers: dict[str, Any] = queue.get(block=False).headers
        return headers


@pytest.fixture(autouse=True)
def _fresh() -> None:
    seen.clear()


@pytest.mark.parametrize(
    "options", [{}, {"countdown": 5}, {"eta": None}, {"headers": {"other": 1}}]
)
def test_a_message_names_the_tenant_that_sent_it(
    in_alpha: TenantRef, options: dict[str, Any]
) -> None:
    """T-012: at send, from the context, with every way of sending."""
    assert sent_headers(look, **options)[HEADER] == str(in_alpha.id)


def test_what_is_sent_is_understood(in_alpha: TenantRef) -> None:
    """T-012: the worker finds the header where the sender put it."""
    headers = sent_headers(look)

    run(look, headers)

    assert seen == ["t_alpha"]


def test_a_task_runs_inside_the_senders_tenant_and_leaves_none(alpha: TenantRef) -> None:
    """T-012: restored after success and failure."""
    headers = {HEADER: str(alpha.id)}

    run(look, headers)
    with pytest.raises(RuntimeError):
        run(look, headers, fail=True)

    assert seen == ["t_alpha", "t_alpha"]
    assert current_or_none() is None


def test_a_retry_is_sent_for_the_same_tenant(alpha: TenantRef) -> None:
    """T-012: retry."""
    with pytest.raises(Retry):
        run(look, {HEADER: str(alpha.id)}, again=True)

    with app.connection_for_write() as connection, connection.SimpleQueue("celery") as queue:
        assert queue.get(block=False).headers[HEADER] == str(alpha.id)


@pytest.mark.parametrize("headers", [{}, {HEADER: "01a1fca8-3502-7baf-84f9-620d32fbc849"}])
def test_a_task_without_a_tenant_becomes_a_dead_letter(db: None, headers: dict[str, str]) -> None:
    """T-012: it never runs in public."""
    with pytest.raises(Reject):
        run(look, headers, fail=False)

    assert seen == []
    with public():
        assert DeadLetter.objects.get().name == look.name


def test_a_suspended_tenants_task_is_refused(alpha: TenantRef) -> None:
    """T-013: by a fresh read."""
    actions.suspend_tenant(alpha)

    with pytest.raises(Reject):
        run(look, {HEADER: str(alpha.id)})


def test_a_declared_public_task_sees_the_shared_tables(db: None, alpha: TenantRef) -> None:
    """T-012: unless declared public."""
    with tenant(alpha):
        run(sweep, {})

    assert seen == ["public"]


def test_a_real_worker_follows_the_header(committed: None, alpha: TenantRef) -> None:
    """T-012, through Celery's own machinery."""
    with start_worker(app, pool="solo", perform_ping_check=False), tenant(alpha):
        look.apply_async().get(timeout=10)

    assert seen == ["t_alpha"]
