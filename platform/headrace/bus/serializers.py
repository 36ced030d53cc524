"""Events as the API shows them, and the bodies that it takes."""

from __future__ import annotations

from typing import Any

import orjson
from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.bus.models import Event
from headrace.bus.types import BusChoices

MAX_DATA: int = 256 * 1024
"""Bytes of an event's data; what is larger belongs into a file."""


class EventInput(Input):
    """`POST events/`."""

    type = serializers.CharField(max_length=200)
    data = serializers.DictField(required=False, default=dict)  # type: ignore[assignment]
    ordering_key = serializers.CharField(
        max_length=200, required=False, allow_blank=True, default=""
    )

    def validate_data(self, value: dict[str, Any]) -> dict[str, Any]:
        """Refuse what is too large."""
        if len(orjson.dumps(value)) > MAX_DATA:
            message = f"The data of an event may have {MAX_DATA} bytes."
            raise serializers.ValidationError(message)
        return value


class SettingsInput(Input):
    """`PUT events/settings/`."""

    error_workflow = serializers.UUIDField(allow_null=True, default=None)
    keep_days = serializers.IntegerField(min_value=1, max_value=3650, default=30)


class EmittedShape(serializers.Serializer[Any]):
    """The answer to `POST events/`."""

    id = serializers.UUIDField()
    subscribers = serializers.IntegerField()


class EventShape(serializers.Serializer[Any]):
    """A line of the list."""

    id = serializers.UUIDField()
    type = serializers.CharField()
    data = serializers.DictField()  # type: ignore[assignment]
    ordering_key = serializers.CharField()
    source = serializers.DictField()  # type: ignore[assignment]
    subscribers = serializers.IntegerField(allow_null=True)
    problem = serializers.CharField(allow_null=True)
    at = serializers.DateTimeField()


class SettingsShape(serializers.Serializer[Any]):
    """The settings."""

    error_workflow = serializers.UUIDField(allow_null=True)
    keep_days = serializers.IntegerField()


def row(event: Event) -> dict[str, Any]:
    """A line of the list. `subscribers` is null until it was delivered."""
    return {
        "id": str(event.id),
        "type": event.kind,
        "data": orjson.loads(bytes(event.data)),
        "ordering_key": event.ordering_key,
        "source": event.source,
        "subscribers": event.started,
        "problem": event.problem or None,
        "at": event.created_at.isoformat(),
    }


def settings_json(chosen: BusChoices) -> dict[str, Any]:
    """The settings."""
    workflow = chosen.error_workflow
    return {"error_workflow": str(workflow) if workflow else None, "keep_days": chosen.keep_days}
