"""What each request to a provider needs: who asks, the credential, the guarded way out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID, uuid5

from headrace.credentials import actions as credentials
from headrace.egress.client import refuse_foreign_host
from headrace.egress.client_transport import GuardedTransport
from headrace.llm.providers import OWN, credential_type, plugged
from headrace.llm.providers.faults import ProviderFault
from headrace.llm.providers.protocol import Access
from headrace.llm.types import Caller, ModelRow
from headrace.tenants.threads import in_thread
from headrace_sdk.credentials import Credential
from headrace_sdk.errors import SecretError, UpstreamError

CheckSend = Callable[[], None]
Learn = Callable[[Credential], None]


@dataclass(slots=True)
class Asking:
    """Of one attempt of a run: who asks, and how often it asked the same already.

    `check` runs before each request and raises where nothing may be sent any more; `learn` is told
    of every credential that is opened.
    """

    caller: Caller
    check: CheckSend
    learn: Learn
    asked: Counter[tuple[int, bytes]] = field(default_factory=Counter)

    def key(self, item: int, digest: bytes) -> UUID:
        """The name of a question: the same in every attempt of the run."""
        nth = self.asked[item, digest]
        self.asked[item, digest] += 1
        text = "\x1f".join((self.caller.node, self.caller.run, str(item), digest.hex(), str(nth)))
        return uuid5(self.caller.execution_id, text)


async def credential_for(asking: Asking, model: ModelRow) -> Credential | None:
    """The credential of a model, opened; `None` where its provider needs none.

    Raises:
        ProviderFault: its provider is of a package that may not be asked.
        SecretError: it has none, or it cannot be used.
    """
    if model.provider not in OWN:
        await in_thread(plugged.require_usable, model.provider)
    kind = credential_type(model.provider)
    if kind is None:
        return None
    if model.credential_id is None:
        message = f'The model "{model.name}" has no credential. Choose one in its settings.'
        raise SecretError(message, code="credential_missing")
    opened = await in_thread(credentials.open_for_node, model.credential_id)
    if opened.type != kind:
        message = f'The credential of the model "{model.name}" is for another provider.'
        raise SecretError(message, code="credential_not_accepted")
    asking.learn(opened)
    return opened


def access_to(
    transport: GuardedTransport, asking: Asking, model: ModelRow, credential: Credential | None
) -> Access:
    """What the provider is given; before each request its host is checked once more."""

    async def before_send(host: str) -> None:
        asking.check()
        refuse_foreign_host(credential, f"https://{host}/")
        plugged.check_host(model.provider, host)

    http = transport.client(before_send)
    if credential is None:
        return Access(model.model, http)
    values = credential.values
    key = credential.secrets.get("api_key")
    return Access(
        model.model,
        http,
        base_url=values.get("base_url", ""),
        key=key.reveal() if key else "",
        organization=values.get("organization", ""),
        credential=credential,
    )


def failure_for_nodes(error: Exception | None) -> Exception:
    """The last failure, as nodes know it."""
    if not isinstance(error, ProviderFault):
        return error or UpstreamError("No model answered.", code="llm_provider_failed")
    if error.code == "llm_key_refused":
        message = f"{error.message} Check the key of the model's credential."
        return SecretError(message, code=error.code)
    return UpstreamError(
        error.message,
        code=error.code,
        status=error.status or None,
        retry_after_s=error.retry_after_s,
        retryable=error.is_repeatable,
        sent="no" if error.code == "connect_failed" else "yes",
    )
