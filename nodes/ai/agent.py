"""An agent: a language model that works with tools until it has an answer."""

from __future__ import annotations

from typing import Any, Final, Literal

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
    UserError,
    each_item,
    fields,
)
from headrace_sdk.attached import Attached, ModelChoice, Parser, Said
from headrace_sdk.fields import show_if
from headrace_sdk.llm import Message, Text
from headrace_sdk.summaries import shown
from headrace_sdk.texts import as_text
from nodes.ai import model_form
from nodes.ai.agent_loop import WHY, Course, Limits, Loop
from nodes.ai.agent_policy import Policy
from nodes.ai.model_form import MICRO, wish

YEAR_S: Final = 366 * 86_400


class Form(Params):
    """What it is to do, and how far it may go."""

    prompt: str = fields.textarea("Prompt", rows=5, placeholder="{{ $json.question }}")
    system: str = fields.textarea(
        "Instructions", "", rows=5, help="Who it is, what it may do, how it answers."
    )
    model: str = model_form.model()
    ask: Literal["never", "writes", "always"] = fields.select(
        "Ask a person before",
        "writes",
        labels={
            "writes": "Tools that change something",
            "always": "Every tool",
            "never": "No tool",
        },
        help="Decided in the inbox of approvals; meanwhile no worker is held. A refusal is told to "
        "the model.",
        expression=False,
        half=True,
    )
    answer: Literal["text", "json"] = fields.select(
        "The answer is",
        "text",
        labels={"text": "Text", "json": "JSON of a schema"},
        help="A Structured Output node that is tied to it goes before this.",
        half=True,
    )
    json_schema: Any = fields.json(
        "Schema of the answer",
        dict,
        help="A JSON Schema. An answer that does not fit is sent back to be mended.",
        show_if=show_if("answer", "json"),
    )
    assignees: list[str] = fields.tags(
        "Who is asked",
        at_most=50,
        help="E-mail addresses, or role:admin and the like. Nobody named: whoever may decide.",
        advanced=True,
    )
    expires_s: float = fields.duration(
        "An answer is waited for",
        0,
        maximum=YEAR_S,
        help="Then it counts as refused. 0: for as long as it takes.",
        advanced=True,
    )
    always_ask: list[str] = fields.tags(
        "Always ask before", at_most=50, help="Names of tools.", advanced=True
    )
    never_ask: list[str] = fields.tags(
        "Never ask before", at_most=50, help="Names of tools.", advanced=True
    )
    max_steps: int = fields.number(
        "Asks the model at most",
        10,
        minimum=1,
        maximum=100,
        unit="times",
        help="Each time it may call several tools at once.",
        half=True,
    )
    max_cost: float = fields.number(
        "Costs at most",
        0,
        minimum=0,
        maximum=1_000,
        unit="$",
        help="For one item. 0: no limit but the budgets.",
        half=True,
    )
    max_time_s: float = fields.number(
        "Works at most",
        600,
        minimum=0,
        maximum=86_400,
        unit="s",
        help="For one item, without the time in which it waits for people. 0: no limit.",
        advanced=True,
        half=True,
    )
    max_tokens: int = model_form.max_tokens()
    timeout_s: float = model_form.timeout_s()
    fallback: list[str] = model_form.fallback()
    task: str = model_form.task()
    field: str = fields.text("Into the field", "answer", advanced=True, max_length=200)


class Agent(Node[Form]):
    """Answers with the help of tools: a language model that calls nodes until it knows enough.

    **Tools.** Tie any action to its port *Tools*: an HTTP request, a table, a message, another
    workflow. What the node is named and what such a node does is what the model knows of it.
    Parameters that are left to the model become the arguments of the tool; all others stay as they
    are, so the model decides only what you let it. Expressions in a tool see the agent's item as
    `$json`. Model, memory and the shape of the answer can be tied to it, too.

    **It survives.** Every call is in the log. If a worker dies, the agent goes on where it was: no
    tool that has ended is called again, no answer is paid twice. Of a tool that was writing in that
    moment its own settings decide: it is called again with the same key, or a person is asked.

    **Who decides.** Before a tool that changes something a person is asked, unless you say
    otherwise. The agent waits in the inbox of approvals, for as long as it takes.

    **Limits** hold outside of the model: how often it is asked, cost, time. Items that came to a
    limit, or that the model refused to answer, leave by **Needs review** with what was done so far.
    What tools give is marked as data for the model, which is told not to follow it.

    **What comes out.** The item with the answer, and in `agent` the steps taken (thoughts, tools
    with their arguments and results), `sources` (the passages that its retrievers found), tokens
    and cost.
    """

    type = "ai.agent"
    title = "AI Agent"
    category = "ai"
    icon = "bot"
    synonyms = ("tools", "function calling", "assistant", "autonomous", "react", "llm", "mcp")
    place = "async"
    effect = "read"
    per_item = True
    inputs = (
        Port("main", "In"),
        Port("model", "Model", kind="model"),
        Port("memory", "Memory", kind="memory"),
        Port("tools", "Tools", kind="tool"),
        Port("retriever", "Knowledge", kind="retriever"),
        Port("parser", "Output", kind="parser"),
    )
    outputs = (Port("main", "Out"), Port("review", "Needs review"))
    Params = Form
    examples = (
        Example(
            "Answer without tools",
            {"model": "offline", "prompt": "What is the capital of France?"},
            [{"id": 1}],
            {
                "main": [
                    {
                        "id": 1,
                        "answer": "[Offline demo] You asked: What is the capital of France?",
                        "agent": {
                            "steps": [
                                {
                                    "kind": "model",
                                    "model": "offline",
                                    "text": "[Offline demo] You asked: "
                                    "What is the capital of France?",
                                    "tokens": 22,
                                    "cost": 0.0,
                                }
                            ],
                            "sources": [],
                            "turns": 1,
                            "input_tokens": 8,
                            "output_tokens": 14,
                            "cost": 0.0,
                            "model": "offline",
                            "stopped": "",
                        },
                    }
                ]
            },
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The model."""
        return shown(params.get("model", "auto"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The items with their answers, by the port of how it went."""
        is_alone = len(inputs.main) == 1

        async def work(index: int, item: Item) -> Outputs:
            form = params[index]
            attached = await ctx.attached(index)
            loop = Loop(
                attached,
                attached.model or _choice(form),
                _policy(form, ctx.node_name),
                Limits(form.max_steps, round(form.max_cost * MICRO), form.max_time_s),
                attached.parser or _parser(form, index),
                ctx.stream if is_alone else None,
                ctx.progress,
            )
            course = await _with_memory(attached, loop, form)
            made = Item({**item.json, form.field: course.answer, "agent": facts(course)})
            made = Item(made.json, item.binary).at(index)
            return {"review" if course.stopped else "main": [made]}

        return await each_item(ctx.outcomes, inputs.main, work)


async def _with_memory(attached: Attached, loop: Loop, form: Form) -> Course:
    """One course of the loop; what was asked and answered is remembered if there is an answer."""
    before = await attached.memory.recall() if attached.memory is not None else ()
    messages = [Message(one.role, [Text(one.text)]) for one in before]
    messages.append(Message("user", [Text(form.prompt)]))
    course = await loop.run(form.system, messages)
    if attached.memory is not None and not course.stopped:
        answered = Said("assistant", as_text(course.answer))
        await attached.memory.remember([Said("user", form.prompt), answered])
    return course


def facts(course: Course) -> JsonObject:
    """What an item says of the agent's work."""
    told: JsonObject = {
        "steps": course.steps,
        "sources": course.sources,
        "turns": course.turns,
        "input_tokens": course.input_tokens,
        "output_tokens": course.output_tokens,
        "cost": course.cost_micro / MICRO,
        "model": course.model,
        "stopped": course.stopped,
    }
    return told | {"why": WHY[course.stopped]} if course.stopped else told


def _choice(form: Form) -> ModelChoice:
    wanted = wish(
        form.model,
        fallback=form.fallback,
        task=form.task,
        max_cost=0,
        timeout_s=form.timeout_s,
    )
    return ModelChoice(wanted, form.max_tokens)


def _policy(form: Form, agent: str) -> Policy:
    return Policy(form.ask, form.always_ask, form.never_ask, form.assignees, form.expires_s, agent)


def _parser(form: Form, item: int) -> Parser | None:
    if form.answer == "text":
        return None
    if not isinstance(form.json_schema, dict) or not form.json_schema:
        message = "Give the schema of the answer, an object such as {'type': 'object', …}."
        raise UserError(message, field="json_schema", item=item)
    return Parser(form.json_schema)
