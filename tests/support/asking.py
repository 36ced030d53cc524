"""Runs that ask language models, without an engine around them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from headrace.egress.client_transport import GuardedTransport
from headrace.egress.policy import EgressPolicy
from headrace.executions.worker.threads import DatabaseThreads
from headrace.llm.access import Asking
from headrace.llm.gateway import Gateway
from headrace.llm.types import Caller
from headrace_sdk.llm import Answer, Hear, Prompt, Wish

WORKFLOW = uuid4()


@dataclass
class Run:
    """One attempt of a run; a new one with the same execution is the next attempt."""

    execution: UUID
    workflow: UUID | None = WORKFLOW
    node: str = "chat"

    async def asks(
        self, *questions: Prompt, together: bool = False, hear: Hear | None = None, **wish: Any
    ) -> list[Answer]:
        threads = DatabaseThreads()
        asyncio.get_running_loop().set_default_executor(threads)
        gateway = Gateway(GuardedTransport(EgressPolicy.from_settings()))
        caller = Caller(self.workflow, self.execution, self.node, "0")
        asking = Asking(caller, lambda: None, lambda opened: None)
        given = Wish(**{"model": "able", **wish})
        calls = [
            gateway.ask(asking, prompt, given, item=index, hear=hear)
            for index, prompt in enumerate(questions)
        ]
        try:
            if together:
                return await asyncio.gather(*calls, return_exceptions=True)  # type: ignore[return-value]
            return [await call for call in calls]
        finally:
            for call in calls:
                call.close()
            await gateway.close()
            threads.close()

    def ask(self, text: str = "Hello?", **wish: Any) -> Answer:
        (answer,) = asyncio.run(self.asks(Prompt.of(text, max_tokens=100), **wish))
        return answer
