"""How hard Hypothesis tries here: the same 50 examples of each property every time.

`HEADRACE_ENGINE_EXAMPLES=2000` tries so many others instead, chosen by chance.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# Drawing a graph takes its time, and some are not comparable: both are no fault.
_PATIENT = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
settings.register_profile("engine", _PATIENT, max_examples=50, derandomize=True)


_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Who wants many examples has the time for them."""
    if os.environ.get("HEADRACE_ENGINE_EXAMPLES"):
        for item in items:
            if item.path.is_relative_to(_HERE):
                item.add_marker(pytest.mark.timeout(0))


def pytest_configure(config: pytest.Config) -> None:
    """Try a little unless told otherwise."""
    wanted = os.environ.get("HEADRACE_ENGINE_EXAMPLES")
    if wanted:
        settings.register_profile("engine-many", _PATIENT, max_examples=int(wanted))
    chosen = config.getoption("--hypothesis-profile")
    settings.load_profile(chosen or ("engine-many" if wanted else "engine"))
