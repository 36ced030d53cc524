"""Running the code of a tenant: the only door to the sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from headrace.sandbox import code, running
from headrace.sandbox.calendar import calendar_of, zone_files
from headrace.sandbox.limits import CODE, Limits
from headrace_sdk.code import Language
from headrace_sdk.items import Item, JsonObject

NOTICED_S: Final = 3.0
"""Whoever waited longer for a compiler is told what it was."""

probe = running.probe
close = running.close


async def run_code(
    language: Language,
    tenant: str,
    source: str,
    items: Sequence[Item],
    say: code.Print,
    *,
    per_item: bool = False,
    variables: JsonObject | None = None,
    now: datetime,
    seed: int,
    timezone: str = "UTC",
    limits: Limits = CODE,
) -> list[Item]:
    """What `source` makes of `items`, in a machine that nobody else ever uses.

    Its clock begins at `now` in that zone, its random numbers follow `seed`. What it prints goes
    to `say`.

    Raises:
        NodeError: see `headrace_sdk.code.Code.run`.
    """
    body = code.body_of(
        source,
        items,
        per_item=per_item,
        variables=variables or {},
        seed=seed,
        zones=zone_files(timezone, source) if language == "python" else None,
    )
    job = running.Job(
        tenant,
        limits,
        now_ms=now.timestamp() * 1000,
        seed=seed,
        language=language,
        calendar=calendar_of(timezone, source) if language == "javascript" else None,
    )
    try:
        answer = await running.run(job, body)
    finally:
        if job.compiled_s > NOTICED_S:
            say(f"Made {language} ready on this computer, once: {job.compiled_s:.0f} s.", "info")
        for level, text in job.printed:
            say(text, code.LEVELS.get(level, "info"))
    return code.items_of(answer, items, say)
