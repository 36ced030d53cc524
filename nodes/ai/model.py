"""Tells an agent which model to ask."""

from __future__ import annotations

from headrace_sdk import Capability, Context, Example, JsonObject, Params, Port
from headrace_sdk.attached import ModelChoice
from headrace_sdk.summaries import shown
from nodes.ai import model_form
from nodes.ai.model_form import wish


class Form(Params):
    """Which model, and within which limits."""

    model: str = model_form.model()
    fallback: list[str] = model_form.fallback()
    task: str = model_form.task()
    max_tokens: int = model_form.max_tokens()
    max_cost: float = model_form.max_cost()
    timeout_s: float = model_form.timeout_s()
    temperature: float | None = model_form.temperature()


class Model(Capability[Form]):
    """Tells the agents that it is tied to which language model to ask.

    Without it an agent asks the model of its own form. One node can serve several agents, so that a
    change is made in one place. The names are those of the workspace's list (Settings, Models);
    `auto` leaves the choice to the router, for each question anew.
    """

    type = "ai.model"
    title = "Model"
    category = "ai"
    icon = "brain"
    synonyms = ("llm", "gpt", "claude", "chat model", "language model")
    outputs = (Port("model", "Model", kind="model"),)
    Params = Form
    examples = (
        Example("Leave it to the router", {"model": "auto"}),
        Example("The demo", {"model": "offline"}),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The model."""
        return shown(params.get("model", "auto"))

    async def provide(self, ctx: Context, params: Form) -> ModelChoice:
        """The choice."""
        del ctx
        wanted = wish(
            params.model,
            fallback=params.fallback,
            task=params.task,
            max_cost=params.max_cost,
            timeout_s=params.timeout_s,
        )
        return ModelChoice(wanted, params.max_tokens, params.temperature)
