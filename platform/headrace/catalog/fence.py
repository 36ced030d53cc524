"""Holds packages to what they declared: where they may call, and what they are not given."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, TypeAlias
from urllib.parse import urlsplit

from headrace.catalog.types import Plugin
from headrace_sdk.errors import NodeError

CheckTarget: TypeAlias = Callable[[str], None]
"""Told the address of each hop; raises `NotDeclared` where it must not go."""


class NotDeclared(NodeError):
    """A package reached for what it had not declared. Only its author can mend that."""

    code = "not_declared"


class NotNeeded:
    """Stands where the file store or the tables would, for a package that did not ask for them."""

    def __init__(self, plugin: Plugin, what: Literal["files", "tables", "programs"]) -> None:
        self._distribution = plugin.package.distribution
        self._what = what

    def __getattr__(self, name: str) -> Any:
        """Refuses, whatever is wanted of it."""
        if name.startswith("__"):
            raise AttributeError(name)
        message = (
            f"The package {self._distribution} does not declare that it uses {self._what}. Its "
            f"author has to add {self._what}=True to headrace_needs."
        )
        raise NotDeclared(message, facts={"needs": self._what})


def target_check(plugin: Plugin | None) -> CheckTarget | None:
    """Where a package may call; `None` for core, which may call whatever the guard lets through."""
    if plugin is None or plugin.trust == "core":
        return None

    def check(url: str) -> None:
        if plugin.needs.allows(url):
            return
        declared = ", ".join(plugin.needs.hosts) or "none"
        message = (
            f"{_shown(url)} is not among the hosts that the package {plugin.package.distribution} "
            f"declares ({declared}), so nothing was sent. Its author has to add it to "
            "headrace_needs."
        )
        raise NotDeclared(message, facts={"needs": "hosts"})

    return check


def _shown(url: str) -> str:
    try:
        return urlsplit(url).hostname or "This address"
    except ValueError:
        return "This address"
