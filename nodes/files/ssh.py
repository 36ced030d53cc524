"""Files and commands of another machine, by SFTP and SSH."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, Literal

from headrace_sdk import (
    Context,
    CredentialSlot,
    Effect,
    Example,
    Inputs,
    Item,
    JsonObject,
    Node,
    NodeError,
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
from headrace_sdk.errors import Sent
from headrace_sdk.fields import show_if
from headrace_sdk.summaries import shown
from nodes.files.ssh_machine import explained, fetch, listed, machine, run_command, store

if TYPE_CHECKING:
    import asyncssh

MIB: Final = 1024 * 1024


class Form(Params):
    """What to do over there."""

    operation: Literal["list", "get", "put", "delete", "run"] = fields.select(
        "Operation",
        "get",
        labels={
            "list": "List a folder",
            "get": "Fetch a file",
            "put": "Store a file",
            "delete": "Delete a file",
            "run": "Run a command",
        },
        expression=False,
    )
    path: str = fields.text(
        "Path",
        "",
        placeholder="/srv/invoices/17.pdf",
        help="Without / in front: from the home of the user.",
        show_if=show_if("operation", "list", "get", "put", "delete"),
    )
    file: str = fields.file(
        "File on the item",
        "data",
        help="The name of the file that is stored, or that comes out.",
        show_if=show_if("operation", "put", "get"),
    )
    limit: int = fields.number(
        "At most so many",
        1_000,
        minimum=1,
        maximum=100_000,
        show_if=show_if("operation", "list"),
    )
    command: str = fields.text(
        "Command",
        "",
        placeholder="/usr/local/bin/report --monthly",
        help="As the shell over there reads it. Values of items go into the arguments.",
        show_if=show_if("operation", "run"),
        expression=False,
    )
    arguments: list[str] = fields.tags(
        "Arguments",
        help="Each is one argument, whatever it holds: quoted, and put behind the command.",
        show_if=show_if("operation", "run"),
    )
    given: str = fields.textarea(
        "Input", "", help="What the command reads.", show_if=show_if("operation", "run")
    )
    fail_on_status: bool = fields.toggle(
        "Fail if it does not end with 0",
        True,
        show_if=show_if("operation", "run"),
    )
    limit_s: float = fields.duration(
        "Time limit", 60, minimum=0.1, maximum=3_600, show_if=show_if("operation", "run")
    )
    max_mib: float = fields.number(
        "Largest file",
        32,
        minimum=0.1,
        maximum=64,
        unit="MiB",
        show_if=show_if("operation", "get"),
        advanced=True,
    )


class Ssh(Node[Form]):
    """Fetches, stores, lists and deletes files on another machine, or runs a command there.

    The credential must hold the **host key** of the machine: a connection to any other is refused,
    so that nobody in between can read or change what goes over it.

    A file that is stored appears whole or not at all, folders on its way are made. Deleting what
    is not there is no error. What a command says comes out as `{"status", "out", "err"}`; since
    nobody can tell whether a command that was cut off has done its work, the step then waits for a
    person.
    """

    type = "files.ssh"
    title = "SFTP / SSH"
    category = "data"
    icon = "terminal"
    synonyms = ("sftp", "ssh", "scp", "ftp", "server", "command", "shell", "upload", "download")
    place = "async"
    effect = "varies"
    per_item = True
    credentials = (CredentialSlot("machine", ("ssh",)),)
    Params = Form
    examples = (
        Example(
            "Fetch a report",
            {"operation": "get", "path": "/srv/reports/today.csv"},
            [{}],
            {"main": [{"path": "/srv/reports/today.csv", "size": 2048}]},
            needs="an SSH server",
        ),
        Example(
            "Restart a job",
            {"operation": "run", "command": "/usr/local/bin/job restart", "arguments": ["17"]},
            [{}],
            {"main": [{"status": 0, "out": "restarted 17\n", "err": ""}]},
            needs="an SSH server",
        ),
    )

    @classmethod
    def effect_of(cls, params: Form) -> Effect:
        """Listing and fetching read."""
        return "read" if params.operation in ("list", "get") else "write"

    @classmethod
    def is_keyed(cls, params: Form) -> bool:
        """Storing and deleting mean the same when repeated; nobody knows of commands."""
        return params.operation != "run"

    @classmethod
    def summary(cls, params: JsonObject) -> str:
        """The path, or the command."""
        return shown(params.get("command" if params.get("operation") == "run" else "path"))

    async def run(self, ctx: Context, params: ParamSet[Form], inputs: Inputs) -> Outputs:
        """One connection for all items, one after the other."""
        credential = await required_credential(ctx, "machine")
        async with machine(ctx.net, credential) as connection:

            async def call(index: int, item: Item) -> Outputs:
                form, pair = params[index], (Pair(0, index),)
                sent: Sent = "maybe" if form.operation == "run" else "yes"
                with explained(form.path or form.command, index, sent=sent):
                    if form.operation == "run":
                        return to_main([Item(await _run(connection, form, index), None, pair)])
                    if not form.path:
                        message = "Say which: the path is empty."
                        raise UserError(message, field="path", item=index)
                    async with connection.start_sftp_client() as sftp:
                        return to_main(await _files(ctx, form, sftp, item, index))

            return await each_item(ctx.outcomes, inputs.main, call)


async def _run(connection: asyncssh.SSHClientConnection, form: Form, index: int) -> JsonObject:
    command = " ".join((form.command.strip(), *map(shlex.quote, form.arguments)))
    if not form.command.strip() or "\0" in command:
        message = "There is no command that a shell could run."
        raise UserError(message, field="command", item=index)
    ran = await run_command(connection, command, form.given, form.limit_s)
    if ran.status and form.fail_on_status:
        said = (ran.err or ran.out).strip()[-500:]
        message = f"The command ended with {ran.status}: {said}"
        raise NodeError(message, code="exit_status", item=index, facts={"status": ran.status})
    return {"status": ran.status, "out": ran.out, "err": ran.err}


async def _files(
    ctx: Context, form: Form, sftp: asyncssh.SFTPClient, item: Item, index: int
) -> Sequence[Item]:
    pair = (Pair(0, index),)
    told: JsonObject = {"path": form.path}
    if form.operation == "list":
        found = await listed(sftp, form.path, form.limit)
        return [Item(one, None, pair) for one in found]
    if form.operation == "get":
        content = await fetch(sftp, form.path, int(form.max_mib * MIB))
        name = form.path.rpartition("/")[2] or "file"
        file = await ctx.files.put(content, name=name, mime="application/octet-stream")
        return [Item({**told, "size": len(content)}, {form.file or "data": file}, pair)]
    if form.operation == "put":
        given = (item.binary or {}).get(form.file)
        if given is None:
            has = ", ".join(item.binary or {}) or "none"
            message = f"The item has no file {form.file!r}; it has {has}."
            raise UserError(message, field="file", code="no_file", item=index)
        content = await ctx.files.read(given)
        part = f"{form.path}.part-{ctx.idempotency_key(index)[-12:]}"
        await store(sftp, form.path, content, part)
        return [Item({**told, "size": len(content)}, None, pair)]
    was_there = await sftp.exists(form.path)
    if was_there:
        await sftp.remove(form.path)
    return [Item({**told, "deleted": was_there}, None, pair)]
