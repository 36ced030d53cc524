"""The shapes of the chats API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers


class ConversationShape(serializers.Serializer[Any]):
    """A conversation at one trigger of a workflow."""

    session = serializers.CharField()
    node = serializers.CharField()
    turns = serializers.IntegerField()
    last_at = serializers.DateTimeField()


class ConversationsShape(serializers.Serializer[Any]):
    """The latest of them, on one page."""

    results = ConversationShape(many=True)
    next = serializers.CharField(allow_null=True)


class TurnShape(serializers.Serializer[Any]):
    """What was said, and what the execution answered: `null` until it is known."""

    id = serializers.UUIDField()
    node = serializers.CharField()
    message = serializers.CharField()
    reply = serializers.CharField(allow_null=True)
    execution_id = serializers.UUIDField()
    created_at = serializers.DateTimeField()
