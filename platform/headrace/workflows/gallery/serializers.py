"""Bodies and answers of the templates API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from headrace.accounts.http import Input


class SetUpInput(Input):
    """`POST templates/{slug}/workflows/`: answers by the question's id."""

    answers = serializers.DictField(
        child=serializers.CharField(allow_blank=True, max_length=2_000), required=False
    )
    folder = serializers.UUIDField(required=False, allow_null=True, default=None)


class TemplateRowShape(serializers.Serializer[Any]):
    """A template in the gallery. `nodes` are its node types, in order of appearance."""

    slug = serializers.CharField()
    title = serializers.CharField()
    summary = serializers.CharField()
    category = serializers.CharField()
    nodes = serializers.ListField(child=serializers.CharField())
    missing = serializers.ListField(child=serializers.CharField())
    credentials = serializers.ListField(child=serializers.CharField())


class TemplatesShape(serializers.Serializer[Any]):
    """All of them on one page."""

    results = TemplateRowShape(many=True)
    next = serializers.CharField(allow_null=True)


class QuestionShape(serializers.Serializer[Any]):
    """What is asked before it is used; of a credential, `types` are those that fit."""

    id = serializers.CharField()
    kind = serializers.ChoiceField(["text", "email", "number", "url", "time", "credential"])
    title = serializers.CharField()
    help = serializers.CharField(allow_blank=True)
    default = serializers.CharField(allow_blank=True)
    placeholder = serializers.CharField(allow_blank=True)
    types = serializers.ListField(child=serializers.CharField())


class TemplateShape(TemplateRowShape):
    """A template with its questions and its document."""

    description = serializers.CharField()
    questions = QuestionShape(many=True)
    document = serializers.DictField()


class MadeShape(serializers.Serializer[Any]):
    """The workflow that was made."""

    id = serializers.UUIDField()
    name = serializers.CharField()
