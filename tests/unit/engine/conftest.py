"""How hard Hypothesis tries here: `--hypothesis-profile=engine-ci` tries eight times harder."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# Drawing a graph takes its time, and some are not comparable: both are no fault.
_PATIENT = settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
settings.register_profile("engine-dev", _PATIENT, max_examples=25)
settings.register_profile("engine-ci", _PATIENT, max_examples=200)


def pytest_configure(config: pytest.Config) -> None:
    """Try a little unless told otherwise."""
    settings.load_profile(config.getoption("--hypothesis-profile") or "engine-dev")
