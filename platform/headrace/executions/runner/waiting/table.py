"""Every kind of waiting by its word. A new one is a module and a line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from headrace.executions.runner.waiting.kind import WaitKind
from headrace.executions.runner.waiting.token import TokenWait

KINDS: Final[Mapping[str, WaitKind]] = {kind.word: kind for kind in (WaitKind(), TokenWait())}
