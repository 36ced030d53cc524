"""The shapes of the plugins API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from headrace.accounts.http import Input


class SwitchInput(Input):
    """On or off."""

    is_on = serializers.BooleanField()


class NeedsShape(serializers.Serializer[Any]):
    """What a package reaches outside."""

    hosts = serializers.ListField(child=serializers.CharField())
    credentials = serializers.ListField(child=serializers.CharField())
    files = serializers.BooleanField()
    processes = serializers.ListField(child=serializers.CharField())
    tables = serializers.BooleanField()


class UserShape(serializers.Serializer[Any]):
    """A workflow that uses it."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class OutdatedShape(serializers.Serializer[Any]):
    """A node of a draft that an older version wrote; `upgrade` as `nodes/{type}/upgrade/` tells."""

    workflow = UserShape()
    node = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    upgrade = serializers.DictField()


class PluginShape(serializers.Serializer[Any]):
    """An installed package; of a broken one `error` is the end of its traceback."""

    name = serializers.CharField()
    distribution = serializers.CharField()
    version = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(["ready", "broken"])
    is_on = serializers.BooleanField()
    trust = serializers.ChoiceField(["core", "verified", "community"])
    nodes = serializers.ListField(child=serializers.CharField())
    credential_types = serializers.ListField(child=serializers.CharField())
    needs = NeedsShape()
    used_by = UserShape(many=True)
    outdated = OutdatedShape(many=True)
    error = serializers.CharField(allow_null=True)


class TypesOffShape(serializers.Serializer[Any]):
    """Node types whose package is switched off here."""

    types = serializers.ListField(child=serializers.CharField())


class WorkersShape(serializers.Serializer[Any]):
    """Live workers; `different` have other nodes than the server, `left` executions wait for one.

    They wait for a worker that has their nodes, for five minutes at most.
    """

    count = serializers.IntegerField()
    different = serializers.IntegerField()
    left = serializers.IntegerField()


class PluginsShape(serializers.Serializer[Any]):
    """All of them on one page."""

    results = PluginShape(many=True)
    next = serializers.CharField(allow_null=True)
    workers = WorkersShape()
