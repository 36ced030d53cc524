"""Running what an author wrote, without trusting it: `ctx.code`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol

from headrace_sdk.items import Item, JsonObject

Language = Literal["javascript", "python"]


class Code(Protocol):
    """A sandbox for source text. What it prints goes to the step's log."""

    async def run(
        self,
        language: Language,
        source: str,
        items: Sequence[Item],
        *,
        per_item: bool = False,
        variables: JsonObject | None = None,
    ) -> Sequence[Item]:
        """The items that the source returns, called once for all items or once for each.

        An item that was given, or that holds the JSON of one that was, comes with its lineage.
        Files are only those of the items given. `variables` are further names that it can use.

        Raises:
            NodeError: it failed or reached a limit (`code_failed`, `code_syntax`,
                `code_result_invalid`, `code_never_ends`, `code_timeout`, `code_memory`,
                `code_output_too_large`, `code_too_deep`), the sandbox broke (`sandbox_crashed`),
                or there is none (`sandbox_missing`).
        """
        ...
