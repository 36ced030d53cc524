"""Expressions that are evaluated while a node runs."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from headrace.executions.runner.late_expressions import evaluate
from headrace_sdk import UserError

NOW = datetime(2026, 1, 1, tzinfo=UTC)


async def value_of(template, json):
    return await evaluate(template, json, now=NOW, timezone="UTC")


async def test_it_sees_what_it_is_given():
    answer = {"body": {"next": 2}, "page": 1}

    assert (
        await value_of("{{ $json.body.next > $json.page ? $json.body.next : null }}", answer) == 2
    )
    assert await value_of("{{ $json.body.gone }}", answer) is None
    assert await value_of("/users?page={{ $json.page + 1 }}", answer) == "/users?page=2"


@pytest.mark.parametrize("template", ["{{ $json. }}", "{{ $json.a.b.c }}"])
async def test_what_cannot_be_evaluated_is_an_error_of_the_form(template):
    with pytest.raises(UserError):
        await value_of(template, {})
