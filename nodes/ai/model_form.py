"""Fields that several nodes share: which model, and within which limits."""

from __future__ import annotations

from typing import Any, Final

from headrace_sdk import UserError, fields
from headrace_sdk.llm import AUTO, Wish

MICRO: Final = 1_000_000
"""Of a dollar."""


def model(default: str = AUTO) -> Any:
    """The name of a model, as the workspace's list has it."""
    return fields.text(
        "Model",
        default,
        help="A name from Settings, Models. auto: the router chooses by what the prompt needs. "
        "offline: a scripted demo that needs no key.",
        placeholder="auto",
        max_length=100,
    )


def fallback() -> Any:
    """Who is asked next."""
    return fields.tags(
        "If it cannot answer, ask",
        help="Names of other models, in this order.",
        advanced=True,
        at_most=10,
    )


def task() -> Any:
    """What kind of task it is."""
    return fields.text(
        "Kind of task",
        "",
        help="For auto: classify, extract, translate, summarize, code, plan, legal, or one of your "
        "own under Settings, Models. Empty: the prompt decides.",
        advanced=True,
        max_length=60,
    )


def max_cost() -> Any:
    """The most that one call may cost."""
    return fields.number(
        "One call costs at most",
        0,
        minimum=0,
        maximum=1_000,
        unit="$",
        help="At its worst, before it is made. 0: no limit but the budgets.",
        advanced=True,
        half=True,
    )


def max_tokens() -> Any:
    """The longest answer."""
    return fields.number(
        "Longest answer",
        4_096,
        minimum=1,
        maximum=128_000,
        unit="tokens",
        advanced=True,
        half=True,
    )


def temperature() -> Any:
    """How freely it writes."""
    return fields.number(
        "Temperature",
        None,
        minimum=0,
        maximum=2,
        help="Empty: the model's own. Many newer models refuse another.",
        advanced=True,
        half=True,
    )


def timeout_s() -> Any:
    """How long one request may take."""
    return fields.number(
        "Wait at most", 120, minimum=1, maximum=3_600, unit="s", advanced=True, half=True
    )


def wish(
    model_name: str,
    *,
    fallback: list[str],
    task: str,
    max_cost: float,
    timeout_s: float = 120,
    cache_s: float = 0,
    cache_similarity: float = 0,
    complexity: int | None = None,
) -> Wish:
    """What the form wants of the gateway.

    Raises:
        UserError: no model is named.
    """
    if not model_name.strip():
        message = "Name a model, or write auto."
        raise UserError(message, field="model")
    return Wish(
        model=model_name.strip(),
        fallback=[one.strip() for one in fallback if one.strip()],
        task=task,
        complexity=complexity,
        cache_s=cache_s,
        cache_similarity=cache_similarity,
        max_cost_micro=round(max_cost * MICRO) if max_cost else None,
        timeout_s=timeout_s,
    )
