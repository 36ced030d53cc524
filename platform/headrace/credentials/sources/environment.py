"""Secrets in the environment of our processes, each under the prefix of its tenant.

`HEADRACE_SECRET_<TENANT>__<NAME>`: a name holds no double underscore, so that no tenant can spell
the name of another's secret (S-061, S-062).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from headrace.tenants.context import current
from headrace_sdk.errors import SecretError

PREFIX: Final = "HEADRACE_SECRET_"
_NAME: Final = re.compile(r"(?!.*__)[A-Z][A-Z0-9_]{0,99}")


class EnvironmentSecrets:
    """Implements `headrace.credentials.ports.SecretSource` over what `conf` read."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def read(self, reference: str) -> str:
        """The value of a name such as `CRM_TOKEN`.

        Raises:
            SecretError: the name is none, or has no value for this tenant.
        """
        tenant = current().slug.upper().replace("-", "_")
        variable = f"{PREFIX}{tenant}__{reference}"
        value = self._variables.get(variable) if _NAME.fullmatch(reference) else None
        if not value:
            message = (
                f"The environment has no secret {reference[:100]!r} for this workspace. Names "
                "are capitals, digits and single underscores; the operator sets "
                f"{PREFIX}{tenant}__NAME."
            )
            raise SecretError(message, code="secret_not_found")
        return value
