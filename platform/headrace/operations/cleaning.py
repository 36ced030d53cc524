"""The scheduler's cleaning: each tenant in turn, a batch of everything at a time."""

from __future__ import annotations

from headrace.chats import actions as chats
from headrace.executions import retention
from headrace.files import collector
from headrace.knowledge import memory, questions
from headrace.llm.sweep import sweep
from headrace.notifications.actions import forget_old
from headrace.state.purge import purge
from headrace.tenants import queries
from headrace.tenants.context import tenant


def clean() -> int:
    """Delete what may go in every active tenant; how many things went."""
    gone = 0
    for ref in queries.all_active():
        with tenant(ref):
            gone += retention.delete_old() + retention.tidy() + collector.collect() + purge()
            gone += forget_old() + chats.forget() + sweep()
            gone += memory.forget_expired() + questions.forget_expired()
    return gone
