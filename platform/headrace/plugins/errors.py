"""What can go wrong with packages."""

from __future__ import annotations

from typing import ClassVar

from headrace_sdk.errors import HeadraceError


class PluginNotFound(HeadraceError):
    """No such package is installed."""

    code = "plugin_not_found"
    status: ClassVar[int] = 404

    def __init__(self, distribution: str) -> None:
        super().__init__(f"There is no package {distribution[:100]!r}. Is it installed?")


class PluginIsCore(HeadraceError):
    """The built-in nodes cannot be switched off."""

    code = "plugin_is_core"
    status: ClassVar[int] = 409

    def __init__(self) -> None:
        super().__init__("The built-in nodes are always on.")
