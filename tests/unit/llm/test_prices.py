"""What tokens cost: integers, dated, in bands, with an operator's own prices first."""

from __future__ import annotations

import pytest

from headrace.llm.prices import known_models, price_list, price_of
from headrace.llm.types import ModelRow, Provider, Tier
from headrace_sdk.llm import Usage

DAY = "2026-11-21"


def row(model: str, provider: Provider = Provider.ANTHROPIC, **prices: int) -> ModelRow:
    return ModelRow(None, "x", provider, model, None, Tier.STANDARD, prices=prices)


def test_cached_and_written_tokens_have_prices_of_their_own():
    price = price_of(row("claude-sonnet-5-5"), DAY)

    # 500 plain at 2, 300 read at 0.1, 200 written at 2.5, 100 out at 10, in millionths.
    assert price.cost_micro(Usage(1000, 100, 300, 200)) == 1000 + 30 + 500 + 1000


def test_a_fraction_of_a_millionth_is_rounded_up():
    assert price_of(row("claude-haiku-5-5"), DAY).cost_micro(Usage(1, 0)) == 1


def test_long_inputs_are_dearer_where_the_list_says_so():
    price = price_of(row("gpt-6-luna", Provider.OPENAI), DAY)

    assert price.cost_micro(Usage(272_000, 0)) == 27_200
    assert price.cost_micro(Usage(272_001, 0)) == 54_401


@pytest.mark.parametrize(("day", "cached"), [("2026-10-06", 200), (DAY, 100), ("2020-01-01", 200)])
def test_the_price_of_the_day_counts(day, cached):
    assert price_of(row("claude-sonnet-5-5"), day).band(0).cached == cached


def test_a_dated_name_costs_what_its_model_costs():
    dated = price_of(row("gpt-6-luna-2026-09-22", Provider.OPENAI), DAY)

    assert dated == price_of(row("gpt-6-luna", Provider.OPENAI), DAY)


def test_a_model_that_nobody_knows_has_no_price():
    assert price_of(row("llama", Provider.OPENAI_COMPATIBLE), DAY) is None


def test_own_prices_go_before_the_list():
    price = price_of(row("claude-sonnet-5-5", input=7_000), DAY)

    assert price.cost_micro(Usage(100, 10)) == 700 + 100


def test_every_listed_model_has_one_price_a_day_from_the_first_token_on():
    assert all(one.bands[0].above == 0 for one in price_list())
    assert len({(one.provider, one.model) for one in known_models(DAY)}) == len(known_models(DAY))
