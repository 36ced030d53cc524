"""What is installed: the catalogue of this process, and questions to it."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict
from functools import cache
from typing import cast

import orjson
from django.conf import settings

from headrace.catalog.documentation import page
from headrace.catalog.fence import CheckTarget, target_check
from headrace.catalog.loading import load_catalog
from headrace.catalog.parameters import Fault, faults_of
from headrace.catalog.ports import ports
from headrace.catalog.shapes import shapes_in, stored_params
from headrace.catalog.specification import credential_type_json
from headrace.catalog.types import Catalog, Plugin
from headrace.engine import NodeShape
from headrace_sdk.credentials import CredentialType
from headrace_sdk.items import JsonObject, JsonValue
from headrace_sdk.node import AnyNode

__all__ = ["stored_params"]
"""What is asked for here and answered elsewhere in this app."""


@cache
def catalog() -> Catalog:
    """The catalogue of this process, loaded on first use."""
    return load_catalog(verified=settings.HEADRACE_VERIFIED_PLUGINS)


@cache
def fingerprint() -> str:
    """Names the set of nodes of this process, with their versions: equal sets, equal names."""
    kinds = sorted(f"{node.type} {node.version}" for node in catalog().nodes)
    return hashlib.sha256("\n".join(kinds).encode()).hexdigest()[:16]


def switched_off(kinds: Iterable[str]) -> frozenset[str]:
    """Those of these types whose package this tenant has switched off."""
    brought = foreign(kinds)
    off = ports.switches.off() if brought else frozenset()
    return frozenset(kind for kind, one in brought.items() if one.package.distribution in off)


def foreign(kinds: Iterable[str]) -> dict[str, Plugin]:
    """Those of these types that are not built in, with their package."""
    found = {kind: catalog().plugin_of(kind) for kind in kinds}
    return {kind: one for kind, one in found.items() if one is not None and one.trust != "core"}


def spec(kind: str) -> JsonObject:
    """The NodeSpec of a type.

    Raises:
        UnknownNodeType: no package has it.
    """
    return catalog().spec(kind)


def shapes_for(document: Mapping[str, JsonValue]) -> dict[str, NodeShape | None]:
    """For each node id of a document its ports and join; `None` for an unknown type."""
    return shapes_in(catalog(), document)


def check_params(node_class: AnyNode, params: Mapping[str, JsonValue]) -> list[Fault]:
    """Everything wrong with stored parameters, as JSON pointers into them and messages."""
    return faults_of(node_class, params)


def catalog_json() -> JsonObject:
    """The palette: `{"nodes", "broken", "categories"}`, in an order that does not change."""
    known = catalog()
    return {
        "nodes": list(known.specs),
        "broken": [
            {
                "name": broken.package.name,
                "distribution": broken.package.distribution,
                "error": broken.error,
            }
            for broken in known.broken
        ],
        "categories": [cast("JsonObject", asdict(category)) for category in known.categories],
    }


@cache
def catalog_body() -> tuple[bytes, str]:
    """`catalog_json` as bytes, and their digest."""
    body = orjson.dumps(catalog_json())
    return body, hashlib.sha256(body).hexdigest()[:32]


def credential_types_json() -> list[JsonObject]:
    """Every credential type with the form to fill in."""
    return [credential_type_json(kind) for kind in catalog().credential_types]


def documentation() -> dict[str, str]:
    """Markdown pages on all nodes, by file name."""
    return {f"{spec['type']}.md": page(spec) for spec in catalog().specs}


class InstalledCredentialTypes:
    """What the vault asks about credential types."""

    def find(self, kind: str) -> type[CredentialType] | None:
        """A type by its id."""
        return catalog().credential_type(kind)

    def accepted_by(self, node_type: str) -> Collection[str]:
        """The ids of the types that a node type has a slot for; none for an unknown type."""
        node_class = catalog().find(node_type)
        slots = node_class.credentials if node_class else ()
        return {kind for slot in slots for kind in slot.types}

    def target_check(self, kind: str) -> CheckTarget | None:
        """What holds the test of a credential to the hosts that its package declared."""
        return target_check(catalog().plugin_of_credential(kind))
