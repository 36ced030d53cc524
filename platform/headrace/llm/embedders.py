"""Who makes vectors through the gateway, for those who keep vectors."""

from __future__ import annotations

from headrace.llm.errors import InvalidLlmInput
from headrace.llm.providers import credential_type, plugged
from headrace.llm.providers.offered import OWN_EMBEDDERS


def wanted_credential(kind: str) -> str | None:
    """The id of the credential type that an embedder needs; `None` where it needs none.

    Raises:
        InvalidLlmInput: nobody makes vectors under this name.
    """
    if kind not in OWN_EMBEDDERS and plugged.find_embedder(kind) is None:
        message = f'Nobody makes vectors under the name "{kind}".'
        raise InvalidLlmInput(message, "/embedder", "unknown_embedder")
    return credential_type(kind)
