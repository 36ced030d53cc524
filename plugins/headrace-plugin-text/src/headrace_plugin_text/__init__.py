"""Text nodes for Headrace. This module is the door: Headrace looks up the hooks in it."""

from __future__ import annotations

from collections.abc import Sequence

from headrace_plugin_text.slugify import slugify
from headrace_plugin_text.split_text import SplitText
from headrace_sdk import AnyNode, hookimpl


@hookimpl
def headrace_nodes() -> Sequence[AnyNode]:
    """The nodes of this package."""
    return [slugify, SplitText]
