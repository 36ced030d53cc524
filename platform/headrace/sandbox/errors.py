"""Why a tenant's code gave no result. Every code here is stable."""

from __future__ import annotations

from headrace_sdk.errors import NodeError


class SandboxMissing(NodeError):
    """There is nothing here that could run code safely; so it is not run."""

    code = "sandbox_missing"


class SandboxCrashed(NodeError):
    """The process that ran the code ended, or was ended because it did not stop by itself."""

    code = "sandbox_crashed"


class CodeStopped(NodeError):
    """The code failed or reached a limit; `code` says which."""

    code = "code_failed"
