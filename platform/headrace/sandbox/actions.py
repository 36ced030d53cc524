"""Running the code of a tenant: the only door to the sandbox."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from headrace.sandbox import javascript, running
from headrace.sandbox.batch import Batch, Evaluated
from headrace.sandbox.limits import BATCH_TIME_S, CODE, EXPRESSION, Limits
from headrace_sdk.items import Item, JsonObject

probe = running.probe
close = running.close


async def run_javascript(
    tenant: str,
    source: str,
    items: Sequence[Item],
    say: javascript.Print,
    *,
    per_item: bool = False,
    variables: JsonObject | None = None,
    now: datetime,
    seed: int,
    limits: Limits = CODE,
) -> list[Item]:
    """What `source` makes of `items`, in a machine that nobody else ever uses.

    Its clock begins at `now`, its random numbers follow `seed`. What it prints goes to `say`.

    Raises:
        NodeError: see `headrace_sdk.code.Code.run`.
    """
    body = javascript.body_of(
        source, items, per_item=per_item, variables=variables or {}, seed=seed
    )
    job = running.Job(tenant, limits, now_ms=now.timestamp() * 1000, seed=seed)
    return javascript.items_of(await running.run(job, body), items, say)


async def evaluate(tenant: str, batch: Batch, *, now: datetime, seed: int) -> Evaluated:
    """Every expression of `batch` for every item, in one crossing and one fresh machine.

    Raises:
        NodeError: all of them together took too much, or there is no sandbox.
    """
    parts = max(1, len(batch.sources) * len(batch.items))
    limits = replace(EXPRESSION, time_s=min(BATCH_TIME_S, EXPRESSION.time_s * parts))
    job = running.Job(tenant, limits, now_ms=now.timestamp() * 1000, seed=seed, kind="expressions")
    return batch.evaluated(await running.run(job, batch.body()))
