"""Chooses models: by name, or by what a question needs, what is healthy and what is left to spend.

From a complexity of 8 on a premium model, from 5 on a standard one, else an efficient or a local
one. A rule for the kind of task goes before the score; a budget that is nearly spent saves a tier.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from headrace.llm.complexity import Estimate, estimate
from headrace.llm.errors import NoSuchModel
from headrace.llm.learned import LEARNED, Corrected, corrected
from headrace.llm.types import Decision, ModelRow, Provider, RoutingRules, Tier
from headrace_sdk.items import JsonObject
from headrace_sdk.llm import AUTO, OFFLINE, Prompt, Wish

PREMIUM_FROM: Final = 8
STANDARD_FROM: Final = 5
ORDER: Final = (Tier.PREMIUM, Tier.STANDARD, Tier.EFFICIENT, Tier.LOCAL)
"""From the ablest to the cheapest."""

DEFAULT_RULES: Final[Mapping[str, Tier]] = {
    "classify": Tier.EFFICIENT,
    "extract": Tier.EFFICIENT,
    "translate": Tier.EFFICIENT,
    "summarize": Tier.EFFICIENT,
    "code": Tier.STANDARD,
    "plan": Tier.PREMIUM,
    "legal": Tier.PREMIUM,
}

OFFLINE_MODEL: Final = ModelRow(None, OFFLINE, Provider.OFFLINE, "scripted", None, Tier.LOCAL)


@dataclass(frozen=True, slots=True)
class Situation:
    """What is known when a model is chosen. `spent_percent` is that of the tightest budget."""

    models: Sequence[ModelRow]
    rules: RoutingRules
    down: Collection[str] = ()
    spent_percent: int = 0
    corrections: Sequence[Corrected] = ()


def decide(prompt: Prompt, wish: Wish, situation: Situation) -> Decision:
    """The models to ask, best first.

    Raises:
        NoSuchModel: one was named that is not there, or there is none at all.
    """
    if wish.model not in (AUTO, ""):
        named = [_named(name, situation.models) for name in (wish.model, *wish.fallback)]
        return Decision(tuple(dict.fromkeys(named)), reason=f"Named by the node: {wish.model}.")
    found = _scored(prompt, wish, situation.corrections)
    tier, why = _tier(found.score, wish, situation, _learned(found))
    order = _by_nearness(tier)
    usable = [one for one in situation.models if one.is_on]
    ranked = sorted(usable, key=lambda one: (order.index(one.tier), one.position, one.name))
    healthy = [one for one in ranked if one.account not in situation.down]
    skipped = [one.name for one in ranked if one.account in situation.down]
    last = [_named(name, situation.models) for name in wish.fallback]
    chosen = tuple(dict.fromkeys([*(healthy or ranked), *last]))
    if not chosen:
        raise NoSuchModel("")
    if chosen[0].tier != tier:
        why += f" There is no {tier} model that answers, so {chosen[0].tier} is taken."
    if skipped and healthy:
        why += f" Left out, since their provider is failing: {', '.join(skipped)}."
    return Decision(chosen, found.score, why, found.features)


def tier_of(score: int) -> Tier:
    """The tier that a complexity wants, by itself."""
    if score >= PREMIUM_FROM:
        return Tier.PREMIUM
    return Tier.STANDARD if score >= STANDARD_FROM else Tier.EFFICIENT


def _scored(prompt: Prompt, wish: Wish, known: Sequence[Corrected]) -> Estimate:
    if wish.complexity is None:
        return corrected(estimate(prompt), known)
    given: JsonObject = {"given": wish.complexity}
    return Estimate(max(1, min(10, wish.complexity)), given)


def _learned(found: Estimate) -> int:
    moved = found.features.get(LEARNED)
    return moved if isinstance(moved, int) else 0


def _tier(score: int, wish: Wish, situation: Situation, learned: int) -> tuple[Tier, str]:
    rule = situation.rules.rules.get(wish.task.strip().lower()) if wish.task else None
    if rule is not None:
        tier, why = rule, f'The task "{wish.task}" is answered by {rule} models.'
    else:
        tier = tier_of(score)
        why = f"Complexity {score} of 10 is answered by {tier} models."
        if learned:
            why += f" Corrections of questions like it moved it by {learned:+d}."
    if situation.spent_percent >= situation.rules.saves_from_percent and tier in ORDER[:2]:
        cheaper = ORDER[ORDER.index(tier) + 1]
        why += f" {situation.spent_percent} % of a budget is spent, so {cheaper} is taken."
        return cheaper, why
    return tier, why


def _by_nearness(tier: Tier) -> Sequence[Tier]:
    """This tier, then cheaper ones, then the next abler one: rather a weaker answer than none."""
    place = ORDER.index(tier)
    if tier is Tier.EFFICIENT:
        return (Tier.EFFICIENT, Tier.LOCAL, Tier.STANDARD, Tier.PREMIUM)
    return (*ORDER[place:], *reversed(ORDER[:place]))


def _named(name: str, models: Sequence[ModelRow]) -> ModelRow:
    found = next((one for one in models if one.name == name and one.is_on), None)
    if found is not None:
        return found
    if name == OFFLINE:
        return OFFLINE_MODEL
    raise NoSuchModel(name)
