"""What can go wrong when somebody asks for a node type."""

from __future__ import annotations

from typing import ClassVar

from headrace_sdk.errors import HeadraceError


class UnknownNodeType(HeadraceError):
    """No installed package has such a node."""

    code = "unknown_node_type"
    status: ClassVar[int] = 404

    def __init__(self, kind: str) -> None:
        super().__init__(
            f"There is no node type {kind[:100]!r}. Its package may be missing or broken; "
            "see the list of plugins.",
            facts={"type": kind[:100]},
        )


class NoOptions(HeadraceError):
    """The parameter does not take its options from the node."""

    code = "no_options"
    status: ClassVar[int] = 404

    def __init__(self, kind: str, parameter: str) -> None:
        super().__init__(f"The parameter {parameter[:100]!r} of {kind} has no options to list.")


class OptionsFailed(HeadraceError):
    """The remote side that knows the options did not give them."""

    code = "options_failed"
    status: ClassVar[int] = 502


class InvalidPlugin(HeadraceError):
    """A package declares something that cannot be used. Never leaves the loader."""

    code = "invalid_plugin"


class CannotStart(HeadraceError):
    """A new plugin cannot be written under this name or into this folder."""

    code = "cannot_start_plugin"
