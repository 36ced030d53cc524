"""Asks a GraphQL service."""

from __future__ import annotations

from typing import Any, Literal

from headrace_sdk import (
    Context,
    CredentialSlot,
    Effect,
    Example,
    HttpResponse,
    Inputs,
    Item,
    JsonObject,
    JsonValue,
    NameValue,
    Node,
    Outputs,
    Pair,
    Params,
    ParamSet,
    UpstreamError,
    UserError,
    each_item,
    fields,
    to_main,
)
from headrace_sdk.conversion import convert
from headrace_sdk.http_headers import checked_headers
from headrace_sdk.paths import MISSING, parse, read
from headrace_sdk.strict_json import InvalidJson, dumps
from headrace_sdk.summaries import shown
from nodes.web.request_auth import ON_REQUESTS
from nodes.web.response import failure, json_of


class Form(Params):
    """The question and its variables."""

    url: str = fields.text(
        "URL", placeholder="https://api.example.com/graphql", help="Where it is."
    )
    query: str = fields.code(
        "Query",
        language="javascript",
        help="Put values into variables, never into the text of the query.",
        placeholder="query ($id: ID!) { user(id: $id) { name } }",
        expression=False,
    )
    variables: Any = fields.json("Variables", dict, help="An object; expressions are fine here.")
    operation_name: str = fields.text(
        "Operation", "", help="Which one, where the query holds several.", advanced=True
    )
    list_path: str = fields.text(
        "Field with the result",
        "",
        placeholder="users.nodes",
        help="Within data. A list there gives one item for each element. Empty: all of data.",
    )
    writes: bool = fields.toggle(
        "It changes something",
        False,
        help="On for mutations: after a crash nobody then asks a second time unasked.",
        expression=False,
    )
    partial: Literal["fail", "accept"] = fields.select(
        "When there are errors and data",
        "fail",
        labels={"fail": "Fail", "accept": "Go on with the data, errors in the field errors"},
        advanced=True,
    )
    headers: list[NameValue] = fields.key_value("Headers", advanced=True)
    timeout_s: float = fields.duration("Time limit", 30, minimum=0.1, maximum=600, advanced=True)
    parallel: int = fields.number("Requests at a time", 5, minimum=1, maximum=50, advanced=True)


class GraphQl(Node[Form]):
    """Sends a GraphQL query or mutation for each item and passes on what `data` holds.

    Services answer with status 200 even if they failed: what they list under `errors` makes the
    item fail, with their messages. Name the **field with the result** to get one item for each
    element of a list. Say for mutations that it changes something, so that each is sent once.
    """

    type = "web.graphql"
    title = "GraphQL"
    category = "web"
    icon = "braces"
    synonyms = ("api", "query", "mutation", "graph", "shopify", "github", "hasura")
    place = "async"
    effect = "varies"
    sends_idempotency_key = True
    per_item = True
    credentials = (CredentialSlot("auth", ON_REQUESTS, required=False),)
    Params = Form
    examples = (
        Example(
            "Users of a team",
            {
                "url": "https://api.example.com/graphql",
                "query": "query ($team: ID!) { team(id: $team) { users { name } } }",
                "variables": {"team": "7"},
                "list_path": "team.users",
            },
            [{}],
            {"main": [{"name": "Ada"}, {"name": "Bob"}]},
            answers={
                "POST https://api.example.com/graphql": {
                    "data": {"team": {"users": [{"name": "Ada"}, {"name": "Bob"}]}}
                }
            },
        ),
    )

    @classmethod
    def effect_of(cls, params: Form) -> Effect:
        """As the form says."""
        return "write" if params.writes else "read"

    @classmethod
    def is_keyed(cls, params: Form) -> bool:
        """Few services know idempotency keys, so a repeated mutation is asked about."""
        return not params.writes

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """Where it asks."""
        return shown(params.get("url"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """The results, in the order of the items."""
        credential = await ctx.credential("auth")

        async def call(index: int, item: Item) -> Outputs:
            form = params[index]
            response = await ctx.http.request(
                "POST",
                form.url.strip(),
                headers={
                    "Content-Type": "application/json",
                    "Accept": "application/graphql-response+json, application/json",
                    **checked_headers(form.headers),
                },
                body=_body(form, index),
                credential=credential,
                timeout_s=form.timeout_s,
                item=index,
            )
            return to_main(_items(form, _data(ctx, form, response, index), index))

        return await each_item(ctx.outcomes, inputs.main, call, parallel=params.first.parallel)


def _body(form: Form, index: int) -> bytes:
    body: JsonObject = {"query": form.query}
    try:
        body["variables"] = convert(form.variables, "object") or {}
        if form.operation_name:
            body["operationName"] = form.operation_name
        return dumps(body)
    except UserError as error:
        error.field, error.item = "variables", index
        raise
    except InvalidJson as error:
        raise UserError(error.message, field="variables", code=error.code, item=index) from None


def _data(ctx: Context, form: Form, response: HttpResponse, index: int) -> JsonObject:
    """`data`, with `errors` beside it where they are accepted (GraphQL, 7.1)."""
    if response.status >= 400 and b'"errors"' not in response.body:
        raise failure("POST", response, ctx.now, index)
    answer = json_of(response, index)
    if not isinstance(answer, dict) or not ("data" in answer or "errors" in answer):
        message = "The answer is not one of a GraphQL service. Check the URL."
        raise UpstreamError(message, retryable=False, code="invalid_response", item=index)
    data, errors = answer.get("data"), answer.get("errors")
    if errors and not (isinstance(data, dict) and form.partial == "accept"):
        raise UpstreamError(
            f"The service answered: {_messages(errors)}",
            retryable=response.status >= 500,
            status=response.status,
            code="graphql_errors",
            item=index,
            facts={"errors": errors},
        )
    found: JsonObject = data if isinstance(data, dict) else {}
    return found | {"errors": errors} if errors else found


def _messages(errors: JsonValue) -> str:
    listed = errors if isinstance(errors, list) else [errors]
    texts = [str(one.get("message")) if isinstance(one, dict) else str(one) for one in listed]
    return "; ".join(texts)[:500]


def _items(form: Form, data: JsonObject, index: int) -> list[Item]:
    found = read(data, parse(form.list_path)) if form.list_path else data
    if found is MISSING or found is None:
        return []
    rows = found if isinstance(found, list) else [found]
    return [
        Item(row if isinstance(row, dict) else {"value": row}, None, (Pair(0, index),))  # type: ignore[dict-item]
        for row in rows
    ]
