"""Registers the queue, whose tables are shared by all tenants."""

from __future__ import annotations

from django.apps import AppConfig


class QueueConfig(AppConfig):
    """The run queue and the worker leases."""

    name = "headrace.executions.queue"
    label = "run_queue"
