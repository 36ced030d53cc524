"""`ctx.code`: an author's source in the sandbox, with the step's log as its console."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from headrace.sandbox import actions as sandbox
from headrace.tenants.context import current
from headrace_sdk.code import Language
from headrace_sdk.context import LogLevel
from headrace_sdk.items import Item, JsonObject


class RunCode:
    """The sandbox as one attempt sees it: the same clock and chance in every attempt."""

    def __init__(
        self, log: Callable[[str, LogLevel], None], now: datetime, timezone: str, seed: int
    ) -> None:
        self._log = log
        self._now = now
        self._timezone = timezone
        self._seed = seed

    async def run(
        self,
        language: Language,
        source: str,
        items: Sequence[Item],
        *,
        per_item: bool = False,
        variables: JsonObject | None = None,
    ) -> Sequence[Item]:
        """See `headrace_sdk.code.Code.run`."""
        return await sandbox.run_code(
            language,
            str(current().id),
            source,
            items,
            self._log,
            per_item=per_item,
            variables=variables,
            now=self._now,
            timezone=self._timezone,
            seed=self._seed,
        )
