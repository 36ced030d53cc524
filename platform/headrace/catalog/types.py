"""The catalogue and what it is made of: immutable, the same for every tenant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from headrace.catalog.errors import UnknownNodeType
from headrace_sdk.credentials import CredentialType
from headrace_sdk.embedder import TextEmbedder
from headrace_sdk.items import JsonObject
from headrace_sdk.llm_provider import LlmProvider
from headrace_sdk.needs import Needs
from headrace_sdk.node import AnyNode

Trust = Literal["core", "verified", "community"]
"""`core` is ours; an operator names what is `verified`; the rest runs in processes of its own."""


@dataclass(frozen=True, slots=True)
class Package:
    """An installed distribution with an entry point of ours."""

    name: str
    distribution: str
    version: str


@dataclass(frozen=True, slots=True)
class Plugin:
    """A package whose contributions are all in use. Core is not held to `needs`."""

    package: Package
    nodes: tuple[AnyNode, ...]
    credential_types: tuple[type[CredentialType], ...]
    needs: Needs = field(default_factory=Needs)
    trust: Trust = "core"
    llm_providers: tuple[type[LlmProvider], ...] = ()
    embedders: tuple[type[TextEmbedder], ...] = ()

    @property
    def providers(self) -> tuple[type[LlmProvider] | type[TextEmbedder], ...]:
        """Both kinds: no two have the same id."""
        return (*self.llm_providers, *self.embedders)


@dataclass(frozen=True, slots=True)
class BrokenPlugin:
    """A package of which nothing is in use, and why: the end of its traceback."""

    package: Package
    error: str


@dataclass(frozen=True, slots=True)
class Category:
    """A group in the palette; `color` is a token of the editor's palette."""

    id: str
    label: str
    color: str


CATEGORIES: Final = (
    Category("trigger", "Triggers", "amber"),
    Category("flow", "Flow", "slate"),
    Category("data", "Data", "teal"),
    Category("web", "Web and APIs", "blue"),
    Category("ai", "AI", "violet"),
    Category("code", "Code", "green"),
    Category("message", "Messages", "pink"),
    Category("people", "People", "pink"),
)
OTHER_COLOR: Final = "blue"


def category_id(name: str) -> str:
    """A category's id from what a node declares, be it the id or a label of its own."""
    return "_".join(name.casefold().split())


class Catalog:
    """Everything that is installed. Types are looked up in a dictionary and nowhere else."""

    __slots__ = (
        "_credential_types",
        "_embedders",
        "_llm_providers",
        "_nodes",
        "_owners",
        "_specs",
        "broken",
        "plugins",
    )

    def __init__(
        self,
        plugins: tuple[Plugin, ...],
        broken: tuple[BrokenPlugin, ...],
        specs: Mapping[str, JsonObject],
    ) -> None:
        self.plugins = plugins
        self.broken = broken
        self._specs = specs
        self._nodes = {node.type: node for plugin in plugins for node in plugin.nodes}
        self._owners = {node.type: plugin for plugin in plugins for node in plugin.nodes}
        self._credential_types = {
            kind.id: kind for plugin in plugins for kind in plugin.credential_types
        }
        self._llm_providers = {
            kind.id: (kind, plugin) for plugin in plugins for kind in plugin.llm_providers
        }
        self._embedders = {
            kind.id: (kind, plugin) for plugin in plugins for kind in plugin.embedders
        }

    @property
    def nodes(self) -> tuple[AnyNode, ...]:
        """Every node class, in the order of `specs`."""
        return tuple(self._nodes[kind] for kind in self._specs)

    @property
    def specs(self) -> tuple[JsonObject, ...]:
        """The NodeSpec of every node: categories in the palette's order, then titles."""
        return tuple(self._specs.values())

    @property
    def credential_types(self) -> tuple[type[CredentialType], ...]:
        """Every credential type, by id."""
        return tuple(self._credential_types[kind] for kind in sorted(self._credential_types))

    @property
    def llm_providers(self) -> tuple[type[LlmProvider], ...]:
        """Every provider of language models that a package brings."""
        return tuple(kind for kind, _ in self._llm_providers.values())

    def llm_provider(self, kind: str) -> type[LlmProvider] | None:
        """A provider by its id."""
        found = self._llm_providers.get(kind)
        return found[0] if found is not None else None

    @property
    def embedders(self) -> tuple[type[TextEmbedder], ...]:
        """Every maker of vectors that a package brings."""
        return tuple(kind for kind, _ in self._embedders.values())

    def embedder(self, kind: str) -> type[TextEmbedder] | None:
        """A maker of vectors by its id."""
        found = self._embedders.get(kind)
        return found[0] if found is not None else None

    def provider_owner(self, kind: str) -> Plugin | None:
        """The package that brings a provider or an embedder; their ids differ."""
        found = self._llm_providers.get(kind) or self._embedders.get(kind)
        return found[1] if found is not None else None

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories in use; those that only plugins have come last."""
        own = {category_id(node.category): node.category for node in self.nodes}
        used = own.keys()
        known = [category for category in CATEGORIES if category.id in used]
        others = sorted(used - {category.id for category in known})
        return (*known, *(Category(name, own[name], OTHER_COLOR) for name in others))

    def find(self, kind: str, version: int | None = None) -> AnyNode | None:
        """The class for a stored node, whose version may be older than the class's.

        `None` where no package has the type, or only an older version of it.
        """
        found = self._nodes.get(kind)
        if found is None or (version is not None and version > found.version):
            return None
        return found

    def by_type(self, kind: str, version: int | None = None) -> AnyNode:
        """`find`, where there must be one.

        Raises:
            UnknownNodeType: there is none.
        """
        found = self.find(kind, version)
        if found is None:
            raise UnknownNodeType(kind)
        return found

    def plugin_of(self, kind: str) -> Plugin | None:
        """The package that brings a type."""
        return self._owners.get(kind)

    def spec(self, kind: str) -> JsonObject:
        """The NodeSpec of a type.

        Raises:
            UnknownNodeType: no package has it.
        """
        if kind not in self._specs:
            raise UnknownNodeType(kind)
        return self._specs[kind]

    def plugin_of_credential(self, kind: str) -> Plugin | None:
        """The package that brings a credential type."""
        found = self.credential_type(kind)
        return next((one for one in self.plugins if found in one.credential_types), None)

    def credential_type(self, kind: str) -> type[CredentialType] | None:
        """A credential type by its id."""
        return self._credential_types.get(kind)
