"""Tells people that a budget is nearly or wholly spent: once for each mark and period."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from headrace.llm.types import Scope
from headrace.notifications.notices import tell_admins
from headrace.outbox.types import Delivery
from headrace_sdk.items import JsonObject
from headrace_sdk.notifications import Note

WHOSE: Final = {
    Scope.TENANT: "the workspace",
    Scope.WORKFLOW: "a workflow",
    Scope.RUN: "one run",
}


def receive(delivery: Delivery) -> None:
    """Tell owners and admins, in the app and by the other ways they want."""
    facts = delivery.payload
    execution = facts.get("execution")
    tell_admins(note(facts), execution_id=UUID(execution) if isinstance(execution, str) else None)


def note(facts: JsonObject) -> Note:
    """What is said of a budget that has passed a mark."""
    percent, name = _number(facts.get("percent")), facts.get("name")
    spent, limit = _dollars(facts.get("spent_micro")), _dollars(facts.get("limit_micro"))
    whose = WHOSE[Scope(str(facts.get("scope")))]
    is_over = percent >= 100
    ending = "Calls of language models are refused until it is raised or its next period begins."
    text = f"{spent} of {limit} are spent, a budget of {whose}. {ending if is_over else ''}".strip()
    return Note(f'{percent} % of the budget "{name}" are spent', text, "high")


def _dollars(micro: object) -> str:
    return f"${_number(micro) / 1_000_000:,.2f}"


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0
