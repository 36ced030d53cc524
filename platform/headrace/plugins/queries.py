"""Packages as a tenant sees them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import cast

from headrace.catalog.queries import catalog
from headrace.catalog.types import BrokenPlugin, Plugin
from headrace.catalog.upgrades import is_outdated, upgrade_of
from headrace.executions.queries import workers
from headrace.plugins.errors import PluginNotFound
from headrace.plugins.models import Switch
from headrace.workflows.queries import nodes_with, workflows_with
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.node import AnyNode

__all__ = ["workers"]
"""What is asked for here and answered by others."""


class Switches:
    """Implements `headrace.catalog.ports.Switches`."""

    def off(self) -> frozenset[str]:
        """The distributions that this tenant has switched off."""
        rows = Switch.objects.filter(is_on=False).values_list("distribution", flat=True)
        return frozenset(rows)


def every() -> list[JsonObject]:
    """All of them, built-in nodes first, broken ones last."""
    known, off = catalog(), Switches().off()
    kinds = [node.type for plugin in known.plugins for node in _shown_nodes(plugin)]
    uses = workflows_with(kinds)
    old = _outdated([kind for kind in kinds if known.by_type(kind).version > 1])
    return [
        *(_ready(plugin, off, uses, old) for plugin in known.plugins),
        *(_broken(broken, off) for broken in known.broken),
    ]


def types_off() -> list[str]:
    """The node types that this tenant cannot use, since their package is switched off."""
    off = Switches().off()
    plugins = catalog().plugins if off else ()
    brought = (plugin.nodes for plugin in plugins if plugin.package.distribution in off)
    return sorted(node.type for nodes in brought for node in nodes)


def switchable() -> list[str]:
    """The distributions that can be switched off, broken ones among them."""
    known = catalog()
    packages = [one.package for one in known.plugins if one.trust != "core"]
    packages += [one.package for one in known.broken]
    return sorted({package.distribution for package in packages})


def one(distribution: str) -> JsonObject:
    """A package by its distribution.

    Raises:
        PluginNotFound: it is not installed.
    """
    for found in every():
        if found["distribution"] == distribution:
            return found
    raise PluginNotFound(distribution)


def _shown_nodes(plugin: Plugin) -> Sequence[AnyNode]:
    """Who uses the built-in nodes is no news."""
    return () if plugin.trust == "core" else plugin.nodes


def _outdated(kinds: Collection[str]) -> Mapping[str, Sequence[JsonObject]]:
    """By type, the nodes in drafts that an older version wrote, with what would become of them."""
    found: dict[str, list[JsonObject]] = {kind: [] for kind in kinds}
    for workflow, node in nodes_with(kinds):
        node_class = catalog().by_type(str(node["type"]))
        if is_outdated(node_class, node):
            params = cast("JsonObject", node.get("params") or {})
            told = upgrade_of(node_class, cast("int", node["version"]), params)
            of: JsonObject = {
                "workflow": workflow,
                "node": node["id"],
                "name": node.get("name", ""),
            }
            found[node_class.type].append({**of, "upgrade": told})
    return found


def _ready(
    plugin: Plugin,
    off: frozenset[str],
    uses: Mapping[str, Sequence[JsonObject]],
    old: Mapping[str, Sequence[JsonObject]],
) -> JsonObject:
    users = {str(ref["id"]): ref for node in plugin.nodes for ref in uses.get(node.type, ())}
    used_by: list[JsonValue] = [*users.values()]
    return {
        **asdict(plugin.package),
        "status": "ready",
        "is_on": plugin.package.distribution not in off,
        "trust": plugin.trust,
        "nodes": sorted(node.type for node in plugin.nodes),
        "credential_types": sorted(kind.id for kind in plugin.credential_types),
        "needs": {
            "hosts": [*plugin.needs.hosts],
            "credentials": [*plugin.needs.credentials],
            "files": plugin.needs.files,
            "processes": [*plugin.needs.processes],
            "tables": plugin.needs.tables,
        },
        "used_by": used_by,
        "outdated": [one for node in plugin.nodes for one in old.get(node.type, ())],
        "error": None,
    }


def _broken(broken: BrokenPlugin, off: frozenset[str]) -> JsonObject:
    return {
        **asdict(broken.package),
        "status": "broken",
        "is_on": broken.package.distribution not in off,
        "trust": "community",
        "nodes": [],
        "credential_types": [],
        "needs": {"hosts": [], "credentials": [], "files": False, "processes": [], "tables": False},
        "used_by": [],
        "outdated": [],
        "error": broken.error,
    }
