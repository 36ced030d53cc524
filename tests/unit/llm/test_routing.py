"""Which model answers: by name, by task, by complexity, by health and by what is left to spend."""

from __future__ import annotations

from pathlib import Path

import pytest

from headrace.llm import mix
from headrace.llm.errors import NoSuchModel
from headrace.llm.routing import DEFAULT_RULES, Situation, decide, tier_of
from headrace.llm.types import ModelRow, Provider, RoutingRules, Tier
from headrace_sdk.llm import Prompt, Wish

ROOT = Path(__file__).parents[3]


def row(name: str, tier: Tier, position: int = 0, **given) -> ModelRow:
    return ModelRow(None, name, Provider.OPENAI, name, None, tier, position, **given)


ALL = [row(tier.value, tier) for tier in Tier]


def chosen(prompt: str = "Hi.", models=ALL, *, down=(), spent=0, rules=None, **wish):
    known = RoutingRules({**DEFAULT_RULES, **(rules or {})}, 80)
    situation = Situation(models, known, down, spent)
    return decide(Prompt.of(prompt), Wish(**wish), situation)


@pytest.mark.parametrize(
    ("complexity", "task", "tier"),
    [
        *[(score, "", "efficient") for score in (1, 2, 3, 4)],
        *[(score, "", "standard") for score in (5, 6, 7)],
        *[(score, "", "premium") for score in (8, 9, 10)],
        (-3, "", "efficient"),
        (99, "", "premium"),
        *[(10, task, "efficient") for task in ("classify", "extract", "translate", "summarize")],
        *[(1, task, "premium") for task in ("plan", "legal")],
        *[(score, "code", "standard") for score in (1, 5, 10)],
        (9, " Classify ", "efficient"),
        (6, "something of our own", "standard"),
        (8, "something of our own", "premium"),
    ],
)
def test_a_rule_for_the_task_goes_before_the_complexity(complexity, task, tier):
    found = chosen(complexity=complexity, task=task)

    assert (found.models[0].name, found.models[0].tier) == (tier, tier)
    assert (f'"{task}"' in found.reason) is (task.strip().lower() in DEFAULT_RULES)


def test_a_tenants_rule_takes_the_place_of_the_default():
    assert chosen(task="classify", rules={"classify": Tier.PREMIUM}).models[0].name == "premium"


@pytest.mark.parametrize(
    ("spent", "complexity", "tier"),
    [(79, 9, "premium"), (80, 9, "standard"), (95, 6, "efficient"), (95, 2, "efficient")],
)
def test_a_budget_that_is_nearly_spent_saves_a_tier(spent, complexity, tier):
    found = chosen(spent=spent, complexity=complexity)

    assert found.models[0].name == tier
    assert ("of a budget is spent" in found.reason) is (spent >= 80 and complexity >= 5)


def test_the_others_stand_ready_the_cheaper_ones_first():
    assert [one.name for one in chosen(complexity=6).models] == [
        "standard",
        "efficient",
        "local",
        "premium",
    ]


def test_the_first_in_the_list_answers_among_equals():
    models = [row("b", Tier.STANDARD, 2), row("c", Tier.STANDARD, 1), row("a", Tier.STANDARD, 2)]

    assert [one.name for one in chosen(models=models, complexity=5).models] == ["c", "a", "b"]


def test_a_failing_provider_is_left_out_and_named():
    models = [
        row("dear", Tier.PREMIUM),
        ModelRow(None, "own", Provider.OFFLINE, "m", None, Tier.LOCAL),
    ]

    found = chosen(models=models, complexity=9, down={"openai:"})

    assert [one.name for one in found.models] == ["own"]
    assert "failing: dear" in found.reason
    assert "no premium model that answers" in found.reason


def test_where_all_are_failing_they_are_asked_all_the_same():
    found = chosen(complexity=9, down={"openai:"})

    assert found.models[0].name == "premium"


def test_a_model_that_is_off_is_neither_chosen_nor_named():
    models = [row("off", Tier.STANDARD, is_on=False), row("on", Tier.LOCAL)]

    assert [one.name for one in chosen(models=models, complexity=6).models] == ["on"]
    with pytest.raises(NoSuchModel):
        chosen(models=models, model="off")


def test_a_name_is_asked_then_its_fallbacks():
    found = chosen(model="local", fallback=["premium", "local", "offline"])

    assert [one.name for one in found.models] == ["local", "premium", "offline"]


@pytest.mark.parametrize("wish", [{"model": "gone"}, {"model": "local", "fallback": ["gone"]}])
def test_a_name_that_is_not_there_is_refused(wish):
    with pytest.raises(NoSuchModel) as raised:
        chosen(**wish)

    assert "gone" in raised.value.message


def test_without_any_model_the_message_says_what_to_do():
    with pytest.raises(NoSuchModel) as raised:
        chosen(models=[])

    assert "Settings, Models" in raised.value.message


@pytest.mark.parametrize(
    ("prompt", "feature"),
    [
        ("Compare both and explain why.", "reasoning"),
        ("```print(1)```", "code"),
        ("What does the clause on liability say?", "expert"),
        ("It must be short, must rhyme, and never boast.", "constraints"),
        ("word " * 3_000, "length"),
    ],
)
def test_the_score_is_explained_by_its_features(prompt, feature):
    found = chosen(prompt)

    assert found.features[feature] > 0
    assert found.complexity == min(10, max(1, sum(found.features.values())))


@pytest.mark.parametrize(("score", "tier"), [(4, "efficient"), (5, "standard"), (8, "premium")])
def test_tiers_begin_where_the_design_says(score, tier):
    assert tier_of(score) == tier


@pytest.mark.parametrize("provider", [Provider.ANTHROPIC, Provider.OPENAI])
def test_the_recorded_mix_is_cheaper_than_all_premium_and_good_enough(provider):
    file, day = ROOT / "fixtures/llm/mix.json", "2026-11-21"

    found = mix.report(file, mix.listed(provider, day), day)

    assert found.calls == sum(found.by_tier.values()) == 36
    assert found.saved_percent >= 25
    assert found.adequate_percent >= 90
