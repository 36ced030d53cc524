"""Issues, files, pull requests and checks of GitHub."""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import Final, Literal

from headrace_sdk import (
    Context,
    CredentialSlot,
    Effect,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    Outputs,
    Pair,
    Params,
    ParamSet,
    UserError,
    each_item,
    fields,
    required_credential,
    to_main,
)
from headrace_sdk.fields import show_if
from headrace_sdk.summaries import shown
from nodes.web.github_client import GitHub as Client
from nodes.web.github_client import part

READING: Final = frozenset(("list_issues", "get_file", "list_pulls", "list_checks"))
REPEATABLE: Final = frozenset(("update_issue", "put_file"))
ON_REF: Final = ("get_file", "list_checks")


class Form(Params):
    """What to do in which repository."""

    operation: Literal[
        "list_issues",
        "create_issue",
        "update_issue",
        "comment",
        "get_file",
        "put_file",
        "list_pulls",
        "create_pull",
        "list_checks",
    ] = fields.select(
        "Operation",
        "list_issues",
        labels={
            "list_issues": "List issues",
            "create_issue": "Create an issue",
            "update_issue": "Change an issue",
            "comment": "Comment on an issue or pull request",
            "get_file": "Fetch a file",
            "put_file": "Commit a file",
            "list_pulls": "List pull requests",
            "create_pull": "Create a pull request",
            "list_checks": "List the checks of a commit",
        },
        expression=False,
    )
    repository: str = fields.text("Repository", placeholder="acme/shop")
    number: int = fields.number(
        "Number", 1, minimum=1, show_if=show_if("operation", "update_issue", "comment")
    )
    state: Literal["open", "closed", "all"] = fields.select(
        "State",
        "open",
        labels={"open": "Open", "closed": "Closed", "all": "All of them"},
        show_if=show_if("operation", "list_issues", "list_pulls"),
    )
    new_state: Literal["", "open", "closed"] = fields.select(
        "New state",
        "",
        labels={"": "As it is", "open": "Open", "closed": "Closed"},
        show_if=show_if("operation", "update_issue"),
    )
    title: str = fields.text(
        "Title", "", show_if=show_if("operation", "create_issue", "update_issue", "create_pull")
    )
    body: str = fields.textarea(
        "Text",
        "",
        help="Markdown. Empty when an issue is changed: as it is.",
        show_if=show_if("operation", "create_issue", "update_issue", "comment", "create_pull"),
    )
    labels: list[str] = fields.tags(
        "Labels",
        help="Of a list: only issues that have all of them.",
        show_if=show_if("operation", "list_issues", "create_issue", "update_issue"),
    )
    path: str = fields.text(
        "Path",
        "",
        placeholder="docs/index.md",
        show_if=show_if("operation", "get_file", "put_file"),
    )
    file: str = fields.file(
        "File on the item",
        "data",
        help="The name of the file that is committed, or that comes out.",
        show_if=show_if("operation", "get_file", "put_file"),
    )
    message: str = fields.text(
        "Commit message",
        "",
        help="Empty: Update and the path.",
        show_if=show_if("operation", "put_file"),
    )
    ref: str = fields.text(
        "Branch, tag or commit",
        "",
        help="Empty: the default branch, for checks its newest commit.",
        show_if=show_if("operation", *ON_REF),
    )
    branch: str = fields.text(
        "Branch",
        "",
        help="Of a commit: empty is the default branch. Of a pull request: the one to take in.",
        show_if=show_if("operation", "put_file", "create_pull"),
    )
    base: str = fields.text("Into", "main", show_if=show_if("operation", "create_pull"))
    limit: int = fields.number(
        "At most so many",
        100,
        minimum=1,
        maximum=10_000,
        show_if=show_if("operation", "list_issues", "list_pulls", "list_checks"),
    )
    api_url: str = fields.text(
        "Address of the API",
        "https://api.github.com",
        help="Another one for GitHub Enterprise: https://github.example.com/api/v3",
        expression=False,
        advanced=True,
    )


class GitHub(Node[Form]):
    """Works with issues, files, pull requests and checks of a repository.

    The credential is a token as *bearer token*, or a connected account. Lists follow their pages
    and give one item for each element, as GitHub shows it; a file comes out under the name you
    give. When the rate limit is used up, the error says when it begins anew, and a retry waits.

    Committing a file replaces what is at its path; the same content again makes no commit. Creating
    and commenting cannot be repeated safely: after a crash the step waits for a person.
    """

    type = "web.github"
    title = "GitHub"
    category = "web"
    icon = "git-branch"
    synonyms = ("git", "issue", "pull request", "commit", "checks", "repository", "ci")
    place = "async"
    effect = "varies"
    per_item = True
    credentials = (CredentialSlot("account", ("http_bearer", "oauth2")),)
    Params = Form
    examples = (
        Example(
            "Open bugs",
            {"repository": "acme/shop", "labels": ["bug"]},
            [{}],
            {"main": [{"number": 7, "title": "Cart is empty", "state": "open"}]},
            needs="a token of GitHub",
        ),
    )

    @classmethod
    def effect_of(cls, params: Form) -> Effect:
        """Lists and fetching read."""
        return "read" if params.operation in READING else "write"

    @classmethod
    def is_keyed(cls, params: Form) -> bool:
        """Changing to a state means the same when repeated; GitHub knows no keys."""
        return params.operation in READING | REPEATABLE

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """What, and where."""
        operation = shown(params.get("operation", "list_issues")).replace("_", " ")
        return shown(f"{operation} · {shown(params.get('repository'))}")

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """One operation for each item, one after the other, as GitHub asks for."""
        credential = await required_credential(ctx, "account")

        async def call(index: int, item: Item) -> Outputs:
            form = params[index]
            client = Client(ctx, credential, form.api_url, form.repository, index)
            return to_main(await _done(ctx, form, client, item, index))

        return await each_item(ctx.outcomes, inputs.main, call)


async def _done(ctx: Context, form: Form, client: Client, item: Item, index: int) -> Sequence[Item]:
    pair = (Pair(0, index),)
    if form.operation.startswith("list_"):
        return [Item(one, None, pair) for one in await _listed(form, client)]
    if form.operation == "get_file":
        return [await _fetched(ctx, form, client, index)]
    if form.operation == "put_file":
        return [Item(await _committed(ctx, form, client, item, index), None, pair)]
    return [Item(await _written(form, client), None, pair)]


async def _listed(form: Form, client: Client) -> Sequence[JsonObject]:
    if form.operation == "list_checks":
        path = f"/commits/{part(form.ref or 'HEAD')}/check-runs"
        return await client.pages(path, [], form.limit, within="check_runs")
    query: list[tuple[str, str]] = [("state", form.state)]
    if form.operation == "list_pulls":
        return await client.pages("/pulls", query, form.limit)
    query += [("labels", ",".join(form.labels))] if form.labels else []
    # GitHub lists pull requests among the issues.
    path = "/issues"
    return await client.pages(path, query, form.limit, without="pull_request")


async def _written(form: Form, client: Client) -> JsonObject:
    if form.operation == "comment":
        return await client.send("POST", f"/issues/{form.number}/comments", {"body": form.body})
    if form.operation == "create_pull":
        pull: JsonObject = {"title": form.title, "body": form.body}
        pull |= {"head": form.branch, "base": form.base}
        return await client.send("POST", "/pulls", pull)
    values = {"title": form.title, "body": form.body, "labels": list(form.labels)}
    told: JsonObject = {name: value for name, value in values.items() if value}  # type: ignore[misc]
    if form.operation == "create_issue":
        if not form.title:
            message = "An issue needs a title."
            raise UserError(message, field="title")
        return await client.send("POST", "/issues", told)
    if form.new_state:
        told["state"] = form.new_state
    return await client.send("PATCH", f"/issues/{form.number}", told)


async def _fetched(ctx: Context, form: Form, client: Client, index: int) -> Item:
    found = await client.content(form.path, form.ref)
    if found is None or found.get("type") != "file":
        message = f"There is no file {form.path!r} in {form.repository}."
        raise UserError(message, field="path", code="no_file", item=index)
    content = b64decode(str(found.pop("content", "")))
    name = str(found.get("name") or "file")
    file = await ctx.files.put(content, name=name, mime="application/octet-stream")
    return Item(found, {form.file or "data": file}, (Pair(0, index),))


async def _committed(
    ctx: Context, form: Form, client: Client, item: Item, index: int
) -> JsonObject:
    given = (item.binary or {}).get(form.file)
    if given is None:
        has = ", ".join(item.binary or {}) or "none"
        message = f"The item has no file {form.file!r}; it has {has}."
        raise UserError(message, field="file", code="no_file", item=index)
    content = await ctx.files.read(given)
    told: JsonObject = {
        "message": form.message or f"Update {form.path}",
        "content": b64encode(content).decode(),
    }
    if form.branch:
        told["branch"] = form.branch
    before = await client.content(form.path, form.branch)
    if before is not None:
        if b64decode(str(before.get("content", ""))) == content:
            return {"path": form.path, "sha": before.get("sha"), "committed": False}
        told["sha"] = before.get("sha")
    answer = await client.send("PUT", f"/contents/{part(form.path, '/')}", told)
    made = answer.get("content")
    sha = made.get("sha") if isinstance(made, dict) else None
    return {"path": form.path, "sha": sha, "committed": True}
