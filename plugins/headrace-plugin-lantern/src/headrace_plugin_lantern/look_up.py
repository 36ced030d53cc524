"""Looks up a term in the glossary of a company: made to be a tool of an agent."""

from __future__ import annotations

from headrace_plugin_lantern.account import address
from headrace_sdk import (
    Context,
    CredentialSlot,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    Outputs,
    Pair,
    Params,
    ParamSet,
    SecretError,
    UpstreamError,
    fields,
    required_credential,
    to_main,
)
from headrace_sdk.strict_json import loads
from headrace_sdk.summaries import shown


class Form(Params):
    """What is looked up."""

    term: str = fields.text(
        "Term",
        help="One word or abbreviation, such as SLA. An agent may fill it in.",
        max_length=200,
    )


class LookUp(Node[Form]):
    """Looks up what a term means in this company.

    Tie it to an agent as a tool and let the model fill in the term: it then knows the words of the
    house. A term that is not known is no error: `meaning` is empty, and the agent can say so.
    """

    type = "lantern.look_up"
    title = "Look Up Term"
    category = "Lantern"
    icon = "book-open"
    synonyms = ("glossary", "dictionary", "definition", "lantern")
    effect = "read"
    credentials = (CredentialSlot("account", ("lantern",)),)
    output_schema = {
        "type": "object",
        "properties": {"term": {"type": "string"}, "meaning": {"type": "string"}},
    }
    Params = Form
    examples = (
        Example(
            "What SLA means here",
            {"term": "SLA"},
            [{}],
            {"main": [{"term": "SLA", "meaning": "An answer within four hours."}]},
            needs="an account at Lantern",
        ),
    )

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The term."""
        return shown(params.get("term"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """One term for each item."""
        account = await required_credential(ctx, "account")
        found: list[Item] = []
        for index in range(len(inputs.main)):
            term = params[index].term
            answer = await ctx.http.request(
                "GET",
                address(account, "/v1/glossary"),
                query=[("term", term)],
                credential=account,
                item=index,
            )
            if answer.status in {401, 403}:
                message = "Lantern refused the token. Enter a new one in the credential."
                raise SecretError(message, code="credential_refused", item=index)
            if answer.status not in {200, 404}:
                message = f"Lantern failed with status {answer.status}."
                raise UpstreamError(message, status=answer.status, item=index)
            told = loads(answer.body) if answer.status == 200 else {}
            meaning = str(told.get("meaning", "")) if isinstance(told, dict) else ""
            found.append(Item({"term": term, "meaning": meaning}, None, (Pair(0, index),)))
        return to_main(found)
