"""The shapes of the chats API."""

from __future__ import annotations

from typing import Any, Final

from rest_framework import serializers

from headrace.accounts.http import Input
from headrace.executions.types import Status

MAX_MESSAGE: Final = 20_000


class SayingInput(Input):
    """`POST workflows/{id}/chats/{session}/`. `key` is the same when a message is sent again."""

    message = serializers.CharField(max_length=MAX_MESSAGE)
    key = serializers.RegexField(r"^[A-Za-z0-9_-]{8,64}$")
    node = serializers.CharField(max_length=100, required=False, default="", allow_blank=True)
    live = serializers.BooleanField(required=False, default=False)
    fresh = serializers.BooleanField(required=False, default=False)
    file = serializers.UUIDField(required=False, allow_null=True, default=None)


class DoorShape(serializers.Serializer[Any]):
    """A Chat trigger, as it presents itself."""

    node = serializers.CharField()
    title = serializers.CharField()
    greeting = serializers.CharField(allow_blank=True)
    placeholder = serializers.CharField(allow_blank=True)
    takes_files = serializers.BooleanField()


class DoorsShape(serializers.Serializer[Any]):
    """Where a workflow can be spoken to."""

    workflow = serializers.CharField()
    results = DoorShape(many=True)


class ConversationShape(serializers.Serializer[Any]):
    """A conversation at one trigger of a workflow."""

    session = serializers.CharField()
    node = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    turns = serializers.IntegerField()
    last_at = serializers.DateTimeField()


class ConversationsShape(serializers.Serializer[Any]):
    """The latest of them, on one page."""

    results = ConversationShape(many=True)
    next = serializers.CharField(allow_null=True)


class SourceShape(serializers.Serializer[Any]):
    """What an answer rests on. `url` is empty or begins with http."""

    title = serializers.CharField(allow_blank=True)
    text = serializers.CharField(allow_blank=True)
    url = serializers.CharField(allow_blank=True)


class TurnShape(serializers.Serializer[Any]):
    """What was said, and what the execution answered: `null` until it is known.

    Turns of an earlier `era` than the last are forgotten. `status` is that of the run.
    """

    id = serializers.UUIDField()
    node = serializers.CharField()
    message = serializers.CharField()
    reply = serializers.CharField(allow_null=True)
    sources = SourceShape(many=True)
    file = serializers.CharField(allow_blank=True)
    era = serializers.IntegerField()
    execution_id = serializers.UUIDField()
    number = serializers.IntegerField(allow_null=True)
    status = serializers.ChoiceField(choices=[one.value for one in Status], allow_null=True)
    created_at = serializers.DateTimeField()
