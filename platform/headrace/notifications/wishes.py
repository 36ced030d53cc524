"""By which ways a person wants to hear of what: a part of the person's preferences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from headrace_sdk.notifications import WAYS, Urgency, Way

NAME: Final = "notifications"
"""Among the preferences: `{"low": […], "normal": […], "high": […], "webhook": "https://…"}`.

`failures` beside them names ways for workflows that fail by themselves; an empty list is none."""

USUAL: Final[Mapping[Urgency, tuple[Way, ...]]] = {
    "low": ("in_app",),
    "normal": ("in_app",),
    "high": ("in_app", "email"),
}


AT_FAILURE: Final[tuple[Way, ...]] = ("in_app", "email")


def ways_of(preferences: Mapping[str, Any], urgency: Urgency) -> tuple[Way, ...]:
    """The ways for this urgency; the app where none was chosen at all."""
    wishes = preferences.get(NAME)
    chosen = wishes.get(urgency) if isinstance(wishes, dict) else None
    if not isinstance(chosen, list):
        return USUAL[urgency]
    has_webhook = bool(webhook_of(preferences))
    found = tuple(way for way in WAYS if way in chosen and (way != "webhook" or has_webhook))
    return found or ("in_app",)


def ways_at_failure(preferences: Mapping[str, Any]) -> tuple[Way, ...]:
    """The ways for a workflow that failed while nobody looked; the app where none was chosen."""
    wishes = preferences.get(NAME)
    chosen = wishes.get("failures") if isinstance(wishes, dict) else None
    if not isinstance(chosen, list):
        return AT_FAILURE[:1]
    return tuple(way for way in AT_FAILURE if way in chosen)


def webhook_of(preferences: Mapping[str, Any]) -> str:
    """Where a person's webhook is; empty where there is none."""
    wishes = preferences.get(NAME)
    address = wishes.get("webhook") if isinstance(wishes, dict) else None
    return address if isinstance(address, str) else ""
