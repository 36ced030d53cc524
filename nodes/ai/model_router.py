"""Chooses the model that a question needs."""

from __future__ import annotations

from headrace_sdk import (
    Context,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    Outputs,
    Params,
    ParamSet,
    Port,
    fields,
)
from headrace_sdk.errors import UserError
from headrace_sdk.llm import AUTO, Prompt, Route, Wish
from headrace_sdk.summaries import shown

REFUSED = frozenset(("budget_spent", "no_such_model"))


class Form(Params):
    """What is to be answered."""

    prompt: str = fields.textarea("Prompt", rows=6, placeholder="{{ $json.question }}")
    system: str = fields.textarea("Instructions", "", rows=2, advanced=True)
    task: str = fields.text(
        "Kind of task",
        "",
        help="classify, extract, translate, summarize, code, plan, legal, or one of your own under "
        "Settings, Models. It goes before the complexity. Empty: the prompt decides.",
        max_length=60,
        half=True,
    )
    complexity: int = fields.number(
        "Complexity",
        0,
        minimum=0,
        maximum=10,
        help="1 to 10 where you know it; 0: estimated from the prompt.",
        half=True,
    )
    fallback: list[str] = fields.tags(
        "At last, ask", help="Names of models that are tried when no other can.", at_most=10
    )
    field: str = fields.text("Into the field", "route", advanced=True, max_length=200)


class ModelRouter(Node[Form]):
    """Chooses a model for each item, by what its question needs, and says why.

    From a complexity of 8 of 10 on it takes a premium model, from 5 on a standard one, else an
    efficient or a local one. The complexity is estimated from the prompt: its length, code,
    words of reasoning and of expert fields, constraints, tools, pictures. `features` in the result
    shows every point. A rule for the kind of task (Settings, Models) goes before the score.

    Providers that are failing are left out. From 80 % of a budget on it takes one tier less.

    Give the result to an LLM Chat node as its model, `{{ $json.route.model }}`, and
    `{{ $json.route.fallback }}` as those to ask next. An LLM Chat node whose model is `auto` does
    the same by itself; this node is for seeing and using the decision. Items for which there is
    no model, or no budget left, leave by **Refused**.
    """

    type = "ai.model_router"
    title = "Model Router"
    category = "ai"
    icon = "route"
    synonyms = ("llm", "tier", "cheap", "cost", "choose model", "fallback")
    place = "async"
    effect = "read"
    outputs = (Port("main", "Out"), Port("refused", "Refused"))
    Params = Form
    examples = (
        Example(
            "A simple question",
            {"prompt": "Classify as spam or not: You have won!", "complexity": 2},
            [{"id": 1}],
            {
                "main": [
                    {
                        "id": 1,
                        "route": {
                            "model": "offline",
                            "provider": "offline",
                            "tier": "local",
                            "complexity": 2,
                            "reason": "Nothing else is here.",
                            "fallback": [],
                            "features": {},
                        },
                    }
                ]
            },
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The kind of task."""
        return shown(params.get("task") or "by the prompt")

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items with their routes; those that nobody may or can answer, apart."""
        outputs: dict[str, list[Item]] = {"main": [], "refused": []}
        for index, item in enumerate(inputs.main):
            form = params[index]
            wish = Wish(AUTO, form.fallback, form.task, complexity=form.complexity or None)
            try:
                route = await ctx.llm.choose(Prompt.of(form.prompt, system=form.system), wish)
            except UserError as error:
                if error.code not in REFUSED:
                    raise
                told: JsonObject = {"code": error.code, "message": error.message}
                made = Item({**item.json, "error": told}, item.binary)
                outputs["refused"].append(made.at(index))
            else:
                made = Item({**item.json, form.field: _json(route)}, item.binary)
                outputs["main"].append(made.at(index))
        return outputs


def _json(route: Route) -> JsonObject:
    return {
        "model": route.model,
        "provider": route.provider,
        "tier": route.tier,
        "complexity": route.complexity,
        "reason": route.reason,
        "fallback": [*route.fallback],
        "features": dict(route.features),
    }
