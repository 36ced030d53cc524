"""What the router saves on a recorded mix of questions, and whether it saves at the wrong place.

The mix names, for each question, the least tier that a person held to be enough. The saving is
computed from list prices; the check is how many questions went to a tier below what they need.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from headrace.llm import measure
from headrace.llm.prices import known_models, price_of
from headrace.llm.routing import DEFAULT_RULES, ORDER, Situation, decide
from headrace.llm.types import ModelRow, Provider, RoutingRules, Tier
from headrace_sdk.llm import Prompt, Usage, Wish

WORD: Final = "lorem "


@dataclass(frozen=True, slots=True)
class MixReport:
    """Amounts in millionths of a dollar. `too_weak` names questions below their tier."""

    calls: int
    routed_micro: int
    premium_micro: int
    by_tier: Mapping[str, int]
    too_weak: Sequence[str]
    too_able: int

    @property
    def saved_percent(self) -> float:
        """The share of the price of the all-premium way that is not spent."""
        return round(100 * (1 - self.routed_micro / self.premium_micro), 1)

    @property
    def adequate_percent(self) -> float:
        """The share of questions that went to a tier that is enough for them."""
        return round(100 * (1 - len(self.too_weak) / self.calls), 1)


def listed(provider: Provider, today: str) -> Sequence[ModelRow]:
    """One model for each tier of a provider, the first of the price list."""
    found: dict[Tier, ModelRow] = {}
    for one in known_models(today):
        if one.provider == provider:
            row = ModelRow(None, one.model, one.provider, one.model, None, one.tier)
            found.setdefault(one.tier, row)
    return [*found.values()]


def report(file: Path, models: Sequence[ModelRow], today: str) -> MixReport:
    """The mix of a file, routed to these models, of which one must be premium."""
    premium = next(one for one in models if one.tier is Tier.PREMIUM)
    situation = Situation(models, RoutingRules(DEFAULT_RULES, 80))
    routed = all_premium = too_able = 0
    tiers: Counter[str] = Counter()
    weak: list[str] = []
    calls: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["calls"]
    for call in calls:
        prompt = Prompt.of(f"{call['prompt']}\n\n{WORD * call['attached_words']}")
        chosen = decide(prompt, Wish(task=call["task"]), situation).models[0]
        usage = Usage(measure.worst(prompt).input, call["output_tokens"])
        routed += _cost(chosen, usage, today)
        all_premium += _cost(premium, usage, today)
        tiers[chosen.tier] += 1
        distance = ORDER.index(chosen.tier) - ORDER.index(Tier(call["needs"]))
        too_able += distance < 0
        if distance > 0:
            weak.append(call["prompt"])
    return MixReport(len(calls), routed, all_premium, tiers, weak, too_able)


def _cost(model: ModelRow, usage: Usage, today: str) -> int:
    price = price_of(model, today)
    return price.cost_micro(usage) if price else 0
