"""Every error that a node or the platform raises on purpose: one tree, one shape.

```
HeadraceError                 code: stable lower_snake word; facts: for code; message: for people
├── NodeError                 the node ran and could not do its job
│   ├── UserError             the author can fix it in the form (field=…)
│   ├── UpstreamError         the remote side failed (sent=…, retry_after_s=…)
│   └── SecretError           a credential is missing, expired or refused; never carries the secret
└── ContractError             a node broke the rules of the SDK: a bug in its package
```
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Literal

Sent = Literal["no", "maybe", "yes"]


class HeadraceError(Exception):
    """Says what is wrong and what to do.

    `code` never changes once released; interfaces and tests key on it.
    """

    code: str = "error"

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.facts: Mapping[str, object] = facts or {}


class NodeError(HeadraceError):
    """The node ran and could not do its job; `item` is the index of the input item at fault."""

    code = "node_error"
    retryable: ClassVar[bool] = False

    def __init__(
        self,
        message: str,
        *,
        code: str | None = None,
        item: int | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, code=code, facts=facts)
        self.item = item


class UserError(NodeError):
    """Something in the node's form is wrong; `field` is the dotted path of the parameter."""

    code = "invalid_parameter"

    def __init__(
        self,
        message: str,
        *,
        field: str | None = None,
        code: str | None = None,
        item: int | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, code=code, item=item, facts=facts)
        self.field = field


class UpstreamError(NodeError):
    """The remote side failed.

    `sent` tells whether the request can have had an effect there: only a request that was
    certainly not sent is repeated without asking when the node writes. `retry_after_s` is what
    the remote side asked for; `retryable` is whether trying again can help at all.
    """

    code = "upstream_error"

    def __init__(
        self,
        message: str,
        *,
        sent: Sent = "yes",
        retry_after_s: float | None = None,
        retryable: bool = True,
        status: int | None = None,
        code: str | None = None,
        item: int | None = None,
        facts: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(message, code=code, item=item, facts=facts)
        self.sent: Sent = sent
        self.retry_after_s = retry_after_s
        self.is_retryable = retryable
        self.status = status


class SecretError(NodeError):
    """A credential is missing, expired or refused. Never put the secret into the message."""

    code = "credential_error"


class ContractError(HeadraceError):
    """The package broke the SDK's rules: a bug to report to its author, not to the user."""

    code = "contract_broken"
