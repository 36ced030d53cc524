"""`ctx.code` in tests: a refusal, until a real sandbox is lent to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

from headrace_sdk.code import Code, Language
from headrace_sdk.errors import NodeError
from headrace_sdk.items import Item, JsonObject

_LENT: Final[ContextVar[Code | None]] = ContextVar("sandbox", default=None)


@contextmanager
def lent(sandbox: Code) -> Iterator[None]:
    """Have nodes that tests run within the block use this sandbox."""
    token = _LENT.set(sandbox)
    try:
        yield
    finally:
        _LENT.reset(token)


class MemoryCode:
    """Says that there is no sandbox, as the platform does where it has none."""

    async def run(
        self,
        language: Language,
        source: str,
        items: Sequence[Item],
        *,
        per_item: bool = False,
        variables: JsonObject | None = None,
    ) -> Sequence[Item]:
        """What the sandbox lent by `lent` makes of it.

        Raises:
            NodeError: none is lent.
        """
        sandbox = _LENT.get()
        if sandbox is None:
            raise NodeError("There is no sandbox in this test.", code="sandbox_missing")
        return await sandbox.run(language, source, items, per_item=per_item, variables=variables)
