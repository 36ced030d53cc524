"""Finds what a package defines, so that adding a node is adding a file."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from inspect import isclass
from pkgutil import walk_packages
from types import ModuleType
from typing import TypeVar

from headrace_sdk.credentials import CredentialType
from headrace_sdk.node import AnyNode, Node

T = TypeVar("T")


def nodes_in(package: ModuleType, *, leaving_out: str = "") -> list[AnyNode]:
    """The node classes with a type of their own, in every module of a package.

    Modules whose names end with `leaving_out` are not loaded: what only `run_apart` names.
    """
    return [found for found in _classes(package, Node, leaving_out) if "type" in vars(found)]


def credential_types_in(
    package: ModuleType, *, leaving_out: str = ""
) -> list[type[CredentialType]]:
    """The credential types in every module of a package; see `nodes_in`."""
    found = _classes(package, CredentialType, leaving_out)
    return [kind for kind in found if "id" in vars(kind)]


def _classes(package: ModuleType, base: type[T], leaving_out: str) -> Iterator[type[T]]:
    for info in walk_packages(package.__path__, f"{package.__name__}."):
        if leaving_out and info.name.endswith(leaving_out):
            continue
        module = import_module(info.name)
        for value in vars(module).values():
            # `isclass` would ask a lazy module for its class, and so load it.
            if isinstance(value, ModuleType) or not isclass(value):
                continue
            if issubclass(value, base) and value.__module__ == info.name:
                yield value
