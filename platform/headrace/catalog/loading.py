"""Loads every package behind the entry-point group `headrace`, each on its own.

A package that cannot be imported, declares nonsense or takes another's type is listed as broken
with the end of its traceback, and nothing of it is used; the others never notice.
"""

from __future__ import annotations

import re
import traceback
from collections.abc import Collection, Iterable
from importlib.metadata import EntryPoint, entry_points
from pathlib import PurePath
from typing import Any, Final

from pluggy import PluginManager

from headrace.catalog.errors import InvalidPlugin
from headrace.catalog.specification import Specifications, credential_type_json, spec_json
from headrace.catalog.types import BrokenPlugin, Catalog, Package, Plugin, Trust
from headrace_sdk import hooks
from headrace_sdk.credentials import CredentialType
from headrace_sdk.embedder import TextEmbedder
from headrace_sdk.llm_provider import LlmProvider
from headrace_sdk.needs import Needs
from headrace_sdk.node import AnyNode, Node

BUILT_IN: Final = "headrace"
SHOWN_FRAMES: Final = 6
MAX_ERROR_LENGTH: Final = 4_000

OWN_PROVIDERS: Final = ("anthropic", "openai", "openai_compatible", "offline", "local")
"""Ids that the platform answers to by itself."""

_WORD: Final = re.compile(r"[a-z][a-z0-9_]{0,29}")
_TYPE: Final = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


def load_catalog(
    found: Iterable[EntryPoint] | None = None, verified: Collection[str] = ()
) -> Catalog:
    """Everything that is installed now: built-in nodes first, then packages by name.

    `verified` are the distributions whose nodes may run in the process of a worker.
    """
    if found is None:
        found = entry_points(group=hooks.ENTRY_POINT_GROUP)
    loader = _Loader(verified)
    for entry_point in sorted(found, key=_load_order):
        loader.load(entry_point)
    return loader.catalog()


def _load_order(entry_point: EntryPoint) -> tuple[bool, str, str]:
    package = _package(entry_point)
    return package.distribution != BUILT_IN, package.distribution, package.name


def _package(entry_point: EntryPoint) -> Package:
    distribution = entry_point.dist
    if distribution is None:
        return Package(entry_point.name, entry_point.module, "")
    return Package(entry_point.name, distribution.name, distribution.version)


class _Loader:
    """What was loaded so far. A pack and a type belong to whoever came first."""

    def __init__(self, verified: Collection[str]) -> None:
        self._verified = verified
        self._plugins: list[Plugin] = []
        self._broken: list[BrokenPlugin] = []
        self._nodes: dict[str, tuple[AnyNode, Package]] = {}
        self._packs: dict[str, str] = {}
        self._credential_types: set[str] = set()
        self._llm_providers = set(OWN_PROVIDERS)

    def load(self, entry_point: EntryPoint) -> None:
        """Take in one package, or list it as broken."""
        package = _package(entry_point)
        try:
            plugin = _contributions(entry_point, package, self._trust(package))
            kinds = self._checked(plugin)
        except (Exception, SystemExit) as error:  # noqa: BLE001 - foreign code may raise anything
            self._broken.append(BrokenPlugin(package, _trimmed(error)))
            return
        self._plugins.append(plugin)
        self._nodes |= {kind: (node_class, package) for kind, node_class in kinds.items()}
        self._packs |= {_pack(kind): package.distribution for kind in kinds}
        self._credential_types |= {kind.id for kind in plugin.credential_types}
        self._llm_providers |= {kind.id for kind in plugin.providers}

    def _trust(self, package: Package) -> Trust:
        if package.distribution == BUILT_IN:
            return "core"
        return "verified" if package.distribution in self._verified else "community"

    def catalog(self) -> Catalog:
        """The result, in an order that does not depend on the order of loading."""
        specs = Specifications(self._nodes)
        return Catalog(tuple(self._plugins), tuple(self._broken), specs)

    def _checked(self, plugin: Plugin) -> dict[str, AnyNode]:
        kinds: dict[str, AnyNode] = {}
        for node_class in plugin.nodes:
            kind = _checked_type(node_class)
            owner = self._packs.get(_pack(kind), plugin.package.distribution)
            if kind in kinds or kind in self._nodes:
                raise InvalidPlugin(f"The node type {kind!r} is declared twice.")
            if owner != plugin.package.distribution:
                raise InvalidPlugin(
                    f"The pack of {kind!r} belongs to {owner}; use one of your own."
                )
            _check_slots(node_class, plugin)
            kinds[kind] = node_class
        for credential_type in plugin.credential_types:
            if credential_type.id in self._credential_types:
                raise InvalidPlugin(f"The credential type {credential_type.id!r} exists already.")
        for provider in plugin.providers:
            self._check_provider(provider, plugin)
        if plugin.trust != "core":
            _check_forms(plugin)
        return kinds

    def _check_provider(
        self, provider: type[LlmProvider] | type[TextEmbedder], plugin: Plugin
    ) -> None:
        name = getattr(provider, "id", None)
        if not isinstance(name, str) or not _WORD.fullmatch(name):
            raise InvalidPlugin(f"{provider.__qualname__} needs an id: a word in lower case.")
        if name in self._llm_providers:
            raise InvalidPlugin(f"The provider {name!r} exists already.")
        if not isinstance(getattr(provider, "title", None), str):
            raise InvalidPlugin(f"The provider {name!r} needs a title.")
        wanted = provider.credential_type
        if wanted and wanted not in plugin.needs.credentials and plugin.trust != "core":
            raise InvalidPlugin(
                f"The provider {name!r} needs {wanted}, which headrace_needs does not declare: "
                "add it to Needs(credentials=…)."
            )


def _contributions(entry_point: EntryPoint, package: Package, trust: Trust) -> Plugin:
    manager = PluginManager(hooks.PROJECT)
    manager.add_hookspecs(hooks)
    manager.register(entry_point.load(), name=package.distribution)
    manager.check_pending()
    needs = manager.hook.headrace_needs() or Needs()
    if not isinstance(needs, Needs):
        raise InvalidPlugin(f"headrace_needs returned {needs!r}, which is no Needs.")
    return Plugin(
        package,
        tuple(_classes(manager.hook.headrace_nodes(), Node)),
        tuple(_classes(manager.hook.headrace_credential_types(), CredentialType)),
        needs,
        trust,
        tuple(_classes(manager.hook.headrace_llm_providers(), LlmProvider)),
        tuple(_classes(manager.hook.headrace_embedders(), TextEmbedder)),
    )


def _check_forms(plugin: Plugin) -> None:
    """A form that cannot be shown breaks its package now. Ours are held by tests."""
    for node_class in plugin.nodes:
        spec_json(node_class, plugin.package)
    for credential_type in plugin.credential_types:
        credential_type_json(credential_type)


def _check_slots(node_class: AnyNode, plugin: Plugin) -> None:
    """A slot for a secret that the package does not own up to is none."""
    wanted = {kind for slot in node_class.credentials for kind in slot.types}
    undeclared = sorted(wanted - set(plugin.needs.credentials))
    if undeclared and plugin.trust != "core":
        raise InvalidPlugin(
            f"{node_class.type!r} has a slot for {', '.join(undeclared)}, which headrace_needs "
            "does not declare: add it to Needs(credentials=…)."
        )


def _classes(contributed: Iterable[Iterable[Any]], base: type) -> Iterable[Any]:
    for found in (found for each in contributed for found in each):
        if not isinstance(found, type) or not issubclass(found, base):
            raise InvalidPlugin(f"{found!r} is not a subclass of {base.__name__}.")
        yield found


def _checked_type(node_class: AnyNode) -> str:
    kind = getattr(node_class, "type", None)
    if not isinstance(kind, str) or not _TYPE.fullmatch(kind):
        raise InvalidPlugin(
            f"{node_class.__qualname__} has the type {kind!r}; write pack.node in lower case."
        )
    return kind


def _pack(kind: str) -> str:
    return kind.partition(".")[0]


def _trimmed(error: BaseException) -> str:
    """The last frames, by file name only, and the error: nothing about the machine's folders."""
    frames = traceback.extract_tb(error.__traceback__)[-SHOWN_FRAMES:]
    lines = [
        f"{'/'.join(PurePath(frame.filename).parts[-2:])}, line {frame.lineno}, in {frame.name}"
        for frame in frames
    ]
    last = "".join(traceback.format_exception_only(error)).strip()
    return "\n".join([*lines, last])[-MAX_ERROR_LENGTH:]
