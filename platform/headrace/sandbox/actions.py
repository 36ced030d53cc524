"""Running the code of a tenant: the only door to the sandbox."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from headrace.sandbox import code, running
from headrace.sandbox.calendar import calendar_of, zone_files
from headrace.sandbox.limits import CODE, Limits
from headrace.sandbox.ports import ports
from headrace_sdk.code import Language
from headrace_sdk.items import Item, JsonObject

IMPROVED_AFTER_S: Final = 60.0
"""A worker that has just begun, and the tests that start one, have better things to do."""

NOTICED_S: Final = 3.0
"""Whoever waited longer for a compiler is told what it was."""

probe = running.probe
prove = running.prove
improve = running.improve
close = running.close


def settle() -> None:
    """Prove what holds, and later make it better; for a thread of a worker that has just begun."""
    prove()
    threading.Event().wait(IMPROVED_AFTER_S)
    improve()


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
    limits: Limits | None = None,
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
        limits or replace(CODE, memory_bytes=ports.memory_bytes),
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
        if job.level:
            say(f"Ran in the sandbox for {language}: {job.level}.", "debug")
        for level, text in job.printed:
            say(text, code.LEVELS.get(level, "info"))
    return code.items_of(answer, items, say)
