"""The test button: opens a credential, lets its type try it, and says what is wrong."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from headrace.accounts.permissions import require
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.audit.types import Outcome
from headrace.credentials import rows
from headrace.credentials.models import Credential
from headrace.credentials.opening import opened
from headrace.credentials.ports import ports
from headrace.credentials.types import Level, TestResult
from headrace.egress.client import EgressClient
from headrace.egress.policy import EgressPolicy
from headrace_sdk.context import HttpResponse
from headrace_sdk.credentials import Credential as OpenedCredential
from headrace_sdk.credentials import CredentialType
from headrace_sdk.errors import HeadraceError
from headrace_sdk.masking import Mask
from headrace_sdk.net import Speaker

logger = logging.getLogger(__name__)

LIMIT_S: Final = 30.0


def test(actor: Actor, credential_id: UUID) -> TestResult:
    """Try a credential without changing anything on the other side.

    Raises:
        Forbidden, CredentialNotFound: as they say (S-054: it takes the right to edit).
    """
    require(actor, "credential.edit")
    row = rows.reachable(actor, credential_id, Level.EDIT)
    result = _result(row.type, row)
    facts = {"name": row.name, "type": row.type, "ok": result.is_ok, "code": result.code}
    outcome = Outcome.DONE if result.is_ok else Outcome.FAILED
    audit.record(actor.value, "credential.tested", "credential", row.id, facts, outcome=outcome)
    return result


def _result(kind_id: str, row: Credential) -> TestResult:
    kind = ports.types.find(kind_id)
    if kind is None:
        message = f'The type "{kind_id}" is not installed, so that nothing can be tried.'
        return TestResult(is_ok=False, was_tried=False, message=message, code="type_missing")
    mask = Mask()
    try:
        credential = opened(row)
        mask.learn(credential)
        told = asyncio.run(_tried(kind, credential))
    except Exception as error:  # noqa: BLE001 - the code of a package
        code, message = _explained(error, kind_id)
        return TestResult(is_ok=False, was_tried=True, message=mask.text(message), code=code)
    message = "It can be opened. Nothing more is known without trying it in a workflow."
    was_tried = told is not None
    return TestResult(is_ok=True, was_tried=was_tried, message=mask.text(told or message))


def _explained(error: Exception, kind_id: str) -> tuple[str, str]:
    """Code and message; the text of an error that was not foreseen may hold secrets."""
    if isinstance(error, HeadraceError):
        return error.code, error.message
    if isinstance(error, TimeoutError):
        return "timeout", f"There was no result within {LIMIT_S:g} s. Check host and port."
    logger.warning("The test of a %s failed with %s.", kind_id, type(error).__name__)
    return "test_failed", f"The test itself failed with {type(error).__name__}."


async def _tried(kind: type[CredentialType], credential: OpenedCredential) -> str | None:
    client = EgressClient(EgressPolicy.from_settings(), kind.apply)
    try:
        async with asyncio.timeout(LIMIT_S):
            return await kind.test(_Probe(client, ports.types.target_check(kind.id)), credential)
    finally:
        await client.close()


class _Probe:
    """Implements `headrace_sdk.probing.Probe`, `Http` and `Net` for one test.

    A package that is not built in reaches the hosts that it declared, and no other.
    """

    def __init__(self, client: EgressClient, check: Callable[[str], None] | None) -> None:
        self._client = client
        self._check = check

    @property
    def http(self) -> _Probe:
        """See `Probe.http`."""
        return self

    @property
    def net(self) -> _Probe:
        """See `Probe.net`."""
        return self

    async def request(self, method: str, url: str, *, item: int = 0, **given: Any) -> HttpResponse:
        """See `headrace_sdk.context.Http.request`."""
        del item
        return await self._client.request(method, url, check_target=self._check, **given)

    async def pin(self, host: str, port: int) -> str:
        """See `headrace_sdk.net.Net.pin`."""
        if self._check is not None:
            self._check(f"tcp://[{host}]:{port}" if ":" in host else f"tcp://{host}:{port}")
        return await self._client.pin(host, port)

    async def meet(self, speaker: Speaker, identity: str) -> None:
        """See `headrace_sdk.net.Net.meet`."""
        await self._client.meet(speaker, identity)
