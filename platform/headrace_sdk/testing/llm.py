"""Language models in memory: scripted answers, and what was asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from headrace_sdk import offline_llm
from headrace_sdk.llm import OFFLINE, Answer, Hear, Prompt, Route, Text, Usage, Wish


@dataclass(slots=True)
class MemoryLlm:
    """Gives `answers` in their order, then those of the offline model. All else is kept.

    An answer may be a text, a whole `Answer`, or an error that is raised.
    """

    answers: list[Answer | str | Exception] = field(default_factory=list)
    asked: list[tuple[Prompt, Wish]] = field(default_factory=list)
    route: Route | None = None

    async def ask(
        self, prompt: Prompt, wish: Wish | None = None, *, item: int = 0, hear: Hear | None = None
    ) -> Answer:
        """The next answer."""
        del item
        self.asked.append((prompt, wish or Wish()))
        given = self.answers.pop(0) if self.answers else offline_llm.answer(prompt)
        if isinstance(given, Exception):
            raise given
        if isinstance(given, str):
            given = Answer((Text(given),), "end", Usage(1, 1), OFFLINE, OFFLINE)
        if hear is not None and given.text:
            hear(given.text)
        return given

    async def choose(self, prompt: Prompt, wish: Wish | None = None) -> Route:
        """The prepared route, else the offline model."""
        wanted = wish or Wish()
        self.asked.append((prompt, wanted))
        complexity = wanted.complexity or 1
        return self.route or Route(OFFLINE, OFFLINE, "local", complexity, "Nothing else is here.")
