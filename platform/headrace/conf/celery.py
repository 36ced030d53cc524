"""The Celery application. Celery carries doorbells and side jobs; PostgreSQL remembers."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headrace.conf.settings")

from celery import Celery
from celery.signals import worker_ready
from django.conf import settings

from headrace.conf import process

app = Celery("headrace", task_cls="headrace.outbox.jobs:TenantTask")
app.conf.update(
    broker_url=settings.REDIS_URL,
    accept_content=["json"],
    task_serializer="json",
    task_acks_late=False,
    task_ignore_result=True,
    task_time_limit=None,
    task_default_queue="headrace",
    worker_prefetch_multiplier=1,
    worker_send_task_events=False,
    worker_enable_remote_control=False,
    worker_hijack_root_logger=False,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"socket_keepalive": True},
)
# Celery's Django fix-up reads this name from its own configuration only, and would otherwise
# close the database connection around every task.
app.conf["CELERY_DB_REUSE_MAX"] = 100_000
if process.role() != "worker":
    # A publisher must not wait for a broker that hangs; a worker's consumer must wait in BRPOP.
    app.conf.broker_transport_options = {
        "socket_keepalive": True,
        "socket_timeout": 0.2,
        "socket_connect_timeout": 0.2,
        "max_retries": 0,
    }
app.autodiscover_tasks()
# The engine lives in every worker process, beside Celery's own loop.
app.steps["worker"].add("headrace.executions.worker.bootstep:EngineStep")


@worker_ready.connect  # type: ignore[untyped-decorator] # untyped library
def _settle_down(**_: object) -> None:
    process.settle_down()
