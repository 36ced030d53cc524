"""`/mcp`: who may ask, and what is done for each message."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from headrace.accounts import actions as accounts
from headrace.accounts import denials
from headrace.accounts.errors import Forbidden
from headrace.accounts.permissions import require
from headrace.accounts.queries import actor_by_api_key
from headrace.accounts.types import Actor
from headrace.audit import actions as audit
from headrace.executions.beginning import ExecutionRef
from headrace.tenants.context import TenantRef
from headrace.tenants.threads import in_thread
from headrace.triggers.gate.acceptance import Acceptance
from headrace.triggers.gate.http import Answer, Request, problem
from headrace.triggers.gate.lookup import Registered
from headrace.triggers.gate.tools import results, wire
from headrace.triggers.gate.tools.listing import tools
from headrace.triggers.gate.tools.wire import Message, Refused
from headrace.triggers.paths import TOOL
from headrace.triggers.ports import ports
from headrace_sdk.errors import NodeError, UserError
from headrace_sdk.items import JsonObject
from headrace_sdk.node import Arrival

logger = logging.getLogger(__name__)

PLACES: Final = frozenset({"/mcp", "/mcp/", "/mcp-test", "/mcp-test/"})
OWN: Final = "/mcp/"
"""Below it are the servers that come with Headrace, such as `/mcp/filesystem`."""
SERVER: Final[JsonObject] = {"name": "headrace", "title": "Headrace", "version": "1"}
INSTRUCTIONS: Final = "Each tool is a workflow. Its result is what the workflow gives back."
_SERVER_INFO: Final = "io.modelcontextprotocol/serverInfo"


class ToolServer:
    """Serves the tools of every tenant of this process."""

    def __init__(self, acceptance: Acceptance) -> None:
        self._acceptance = acceptance

    async def serve(self, request: Request, content: bytes, owner: TenantRef) -> Answer:
        """The answer to one request.

        Raises:
            Forbidden: the key may not run workflows.
        """
        unfit = _unfit(request)
        if unfit is not None:
            return unfit
        actor = await in_thread(_actor, _key(request))
        if actor is None:
            answer = problem(401, "not_authenticated", "Send an API key as a bearer token.")
            answer.headers["WWW-Authenticate"] = 'Bearer realm="headrace"'
            return answer
        own = own_server(request.path)
        if not own:
            await in_thread(_require, actor, request.path)
        message: Message | None = None
        try:
            message = wire.read(request, content)
            if message.id is None:
                return wire.noted()
            is_test = request.path.startswith("/mcp-test")
            result = await (
                _of_own_server(message, own, actor)
                if own and message.method.startswith("tools/")
                else self._do(message, actor, owner, is_test=is_test)
            )
            return wire.answered(message, result)
        except Refused as error:
            return wire.refused(error, message)

    async def _do(
        self, message: Message, actor: Actor, owner: TenantRef, *, is_test: bool
    ) -> JsonObject:
        match message.method:
            case "initialize":
                return _greeting(message)
            case "server/discover":
                return _discovery()
            case "ping":
                return {}
            case "tools/list":
                return _fresh({"tools": await in_thread(tools, is_test=is_test)})
            case "tools/call":
                return await self._call(message, actor, owner, is_test=is_test)
            case _:
                text = f"There is no method {message.method[:80]!r} here."
                status = 404 if message.is_new else 200
                raise Refused(wire.METHOD_NOT_FOUND, text, status=status)

    async def _call(
        self, message: Message, actor: Actor, owner: TenantRef, *, is_test: bool
    ) -> JsonObject:
        name, arguments = message.params.get("name"), message.params.get("arguments") or {}
        if not isinstance(name, str) or not isinstance(arguments, dict):
            raise Refused(wire.INVALID_PARAMS, "A call has the name of a tool and an object.")
        # What is remembered may be the version before the present one; then it is looked up anew.
        for _ in range(2):
            trigger = await self._acceptance.find(owner, TOOL, name, is_test=is_test)
            if trigger is None:
                break
            result = await self._run(trigger, arguments, actor, owner)
            if result is not None:
                return result
            self._acceptance.forget(owner, TOOL, name)
        raise Refused(wire.INVALID_PARAMS, f"There is no tool {name[:80]!r}.")

    async def _run(
        self, trigger: Registered, arguments: JsonObject, actor: Actor, owner: TenantRef
    ) -> JsonObject | None:
        """The result; `None` when the trigger's version is no longer the active one."""
        try:
            begun = self._acceptance.beginning(trigger, Arrival(arguments), dedupe_key=None)
        except NodeError as error:
            return results.failed(error.message)
        mode = begun.mode if begun.is_test else "api"
        begun = replace(begun, mode=mode, started_by=actor.label)
        async with self._acceptance.accepted(begun, owner) as accepted:
            if accepted is None:
                return None
            ref = accepted.ref
            await _note(actor, ref, trigger.hook.path)
            told = await self._acceptance.told(accepted)
        if told is None:
            return results.still_running(ref.id)
        return await results.result_of(trigger, told)


def own_server(path: str) -> str:
    """Which built-in server an address is of, with what it works with; empty for none."""
    return path.removeprefix(OWN).strip("/") if path.startswith(OWN) else ""


async def _of_own_server(message: Message, place: str, actor: Actor) -> JsonObject:
    try:
        if message.method == "tools/list":
            return _fresh(await ports.servers.listed(place, actor))
        name, arguments = message.params.get("name"), message.params.get("arguments") or {}
        if message.method == "tools/call" and isinstance(name, str) and isinstance(arguments, dict):
            return await ports.servers.called(place, actor, name, arguments)
    except UserError as error:
        raise Refused(wire.INVALID_PARAMS, error.message, status=404) from None
    raise Refused(wire.INVALID_PARAMS, "A call has the name of a tool and an object.")


def _require(actor: Actor, path: str) -> None:
    try:
        require(actor, "workflow.run")
    except Forbidden as error:
        denials.note(actor, error, {"path": path})
        raise


async def _note(actor: Actor, ref: ExecutionRef, tool: str) -> None:
    """Put it into the audit record. The call is stored by then: it must not seem refused."""
    facts = {"number": ref.number, "tool": tool}
    try:
        await in_thread(audit.record, actor.value, "execution.started", "execution", ref.id, facts)
    except Exception:
        logger.exception("Execution %s of the tool %s is not in the audit record.", ref.id, tool)


def _unfit(request: Request) -> Answer | None:
    """Why the request is not even read. A page elsewhere must not use a key that it got hold of."""
    origin = request.headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != request.host.lower():
        return problem(403, "bad_origin", "Pages of other sites may not use these tools.")
    if request.method != "POST":
        answer = problem(405, "method_not_allowed", "Send messages by POST; it has no streams.")
        answer.headers["Allow"] = "POST"
        return answer
    return None


def _greeting(message: Message) -> JsonObject:
    wanted = message.params.get("protocolVersion")
    version = wanted if wanted in wire.WITH_HANDSHAKE else wire.WITH_HANDSHAKE[0]
    return {
        "protocolVersion": version,
        "capabilities": {"tools": {}},
        "serverInfo": SERVER,
        "instructions": INSTRUCTIONS,
    }


def _discovery() -> JsonObject:
    return _fresh(
        {
            "supportedVersions": [*wire.VERSIONS],
            "capabilities": {"tools": {}},
            "instructions": INSTRUCTIONS,
            "_meta": {_SERVER_INFO: SERVER},
        }
    )


def _fresh(result: JsonObject) -> JsonObject:
    """Not to be kept: publishing changes it at once, and each key may see something else."""
    return {**result, "ttlMs": 0, "cacheScope": "private"}


def _key(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    given = token.strip() if scheme.lower() == "bearer" else ""
    return given or request.headers.get("x-api-key", "")


def _actor(key: str) -> Actor | None:
    actor = actor_by_api_key(key) if key else None
    if actor is not None and actor.id is not None:
        accounts.note_use(actor.id)
    return actor
