"""What tokens cost: a dated list from the providers' own pages, which an operator may override.

All amounts are integers: prices in thousandths of a millionth of a dollar for a token, costs in
millionths of a dollar, rounded up once for each call.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from headrace.llm.types import ModelRow, Provider, Tier
from headrace_sdk.llm import Usage

LIST: Final = Path(__file__).with_name("prices.json")
NANO_IN_MICRO: Final = 1_000


@dataclass(frozen=True, slots=True)
class Band:
    """Prices of calls whose input has more than `above` tokens."""

    above: int
    input: int
    output: int
    cached: int
    cache_write: int

    def cost_micro(self, usage: Usage) -> int:
        """What these tokens cost, rounded up."""
        plain = max(0, usage.input - usage.cached - usage.cache_write)
        nano = (
            plain * self.input
            + usage.cached * self.cached
            + usage.cache_write * self.cache_write
            + usage.output * self.output
        )
        return -(-nano // NANO_IN_MICRO)


@dataclass(frozen=True, slots=True)
class Price:
    """The prices of a model from a day on (`YYYY-MM-DD`)."""

    provider: str
    model: str
    tier: Tier
    context: int
    since: str
    bands: Sequence[Band]

    def band(self, input_tokens: int) -> Band:
        """The prices of a call with so much input."""
        beyond = [band for band in self.bands if band.above < input_tokens]
        return max(beyond or self.bands[:1], key=lambda band: band.above)

    def cost_micro(self, usage: Usage) -> int:
        """What a call costs."""
        return self.band(usage.input).cost_micro(usage)


@cache
def price_list() -> Sequence[Price]:
    """Every dated price, as the file has them."""
    return [_price(one) for one in json.loads(LIST.read_text(encoding="utf-8"))["models"]]


@cache
def read_on() -> str:
    """The day on which the providers' pages were read."""
    return str(json.loads(LIST.read_text(encoding="utf-8"))["read_on"])


def known_models(today: str) -> Sequence[Price]:
    """The price of each listed model that holds on a day; before its first, that one."""
    newest: dict[tuple[str, str], Price] = {}
    for one in sorted(price_list(), key=lambda one: one.since):
        if one.since <= today:
            newest[one.provider, one.model] = one
        else:
            newest.setdefault((one.provider, one.model), one)
    return [*newest.values()]


def price_of(row: ModelRow, today: str) -> Price | None:
    """What a model costs on a day; `None` if nobody knows, which counts as nothing.

    An operator's own prices go before the list; what they leave out is the list's. A dated name
    such as `gpt-6-luna-2026-09-22` costs what the name that it begins with costs.
    """
    listed = _listed(row, today)
    own = row.prices
    if not own:
        return listed
    base = listed.band(0) if listed else Band(0, 0, 0, 0, 0)
    band = Band(
        0,
        own.get("input", base.input),
        own.get("output", base.output),
        own.get("cached", own.get("input", base.cached)),
        own.get("input", base.cache_write),
    )
    return Price(row.provider, row.model, row.tier, 0, today, [band])


def _listed(row: ModelRow, today: str) -> Price | None:
    fitting = [
        one
        for one in known_models(today)
        if one.provider == row.provider
        and (row.model == one.model or row.model.startswith(f"{one.model}-20"))
    ]
    return max(fitting, key=lambda one: len(one.model), default=None)


def _price(given: dict[str, Any]) -> Price:
    bands = [
        Band(b["above"], b["input"], b["output"], b["cached"], b.get("cache_write", b["input"]))
        for b in given["bands"]
    ]
    return Price(
        Provider(given["provider"]),
        given["model"],
        Tier(given["tier"]),
        given["context"],
        given["from"],
        bands,
    )
