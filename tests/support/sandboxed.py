"""The real sandbox for nodes that tests run without the platform."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from headrace.sandbox import actions
from headrace_sdk.code import Language
from headrace_sdk.items import Item, JsonObject
from headrace_sdk.testing.context import NOON


class Sandboxed:
    """`ctx.code` as the platform has it; nobody hears what is printed."""

    async def run(
        self,
        language: Language,
        source: str,
        items: Sequence[Item],
        *,
        per_item: bool = False,
        variables: JsonObject | None = None,
    ) -> Sequence[Item]:
        told: list[Any] = []
        return await actions.run_code(
            language,
            "tests",
            source,
            items,
            lambda *line: told.append(line),
            per_item=per_item,
            variables=variables,
            now=NOON,
            seed=1,
        )
