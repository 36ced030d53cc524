"""Models of alpha behind a scripted server, and runs that ask them."""

# ruff: noqa: PLC0415 - what needs Django is imported once its environment is complete
from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest

from tests.support.model_servers import ModelServer, model_server


@pytest.fixture
def server(settings: Any) -> Iterator[ModelServer]:
    with model_server() as found:
        settings.HEADRACE_EGRESS_ALLOW = (found.place,)
        yield found


@pytest.fixture
def model(server: ModelServer, owner: Any, in_alpha: Any) -> Callable[..., Any]:
    """A model of the scripted server; a million tokens cost a dollar in and ten out."""
    from headrace.credentials import actions as credentials
    from headrace.llm.models import LanguageModel

    def make(name: str = "able", wire: str = "openai_compatible", **given: Any) -> Any:
        data = {"api_key": "key-canary", "base_url": server.base(wire)}
        credential = credentials.create(owner, name=name, kind=wire, data=data)
        values = {"tier": "standard", "input_nano": 1_000, "output_nano": 10_000, "parallel": 0}
        return LanguageModel.objects.create(
            **{
                "name": name,
                "provider": wire,
                "model": "m",
                "credential_id": credential.id,
                **values,
                **given,
            }
        )

    return make


@pytest.fixture
def run() -> Callable[..., Any]:
    """One attempt of a run that asks."""
    from tests.support.asking import Run

    def make(**given: Any) -> Any:
        return Run(**{"execution": uuid4(), **given})

    return make
