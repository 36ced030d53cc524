"""`manage.py mcp_server NAME`: one of our servers for a client that starts programs (stdio).

The key stands in a file, never in the command line, where everybody on the machine could read it.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from mcp.server.stdio import stdio_server

from headrace.accounts.errors import BadCredentials
from headrace.accounts.queries import actor_by_api_key
from headrace.accounts.types import Actor
from headrace.credentials import actions as credentials
from headrace.egress.ports import Caller
from headrace.tenants.context import tenant as working_for
from headrace.tenants.queries import named_or_only
from headrace.tenants.threads import in_thread
from headrace.toolservers.names import SERVERS
from headrace.toolservers.serving import made
from headrace_sdk.errors import HeadraceError


class Command(BaseCommand):
    """It ends when its standard input does."""

    help = "Serve the tools of a built-in MCP server by standard input and output."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which server, whose, and of what."""
        parser.add_argument("name", choices=sorted(SERVERS))
        parser.add_argument("--tenant", help="Slug; may be left out where there is one tenant.")
        parser.add_argument("--key-file", type=Path, required=True, help="Holds an API key.")
        parser.add_argument("--credential", help="The id of the credential it works with.")

    def handle(
        self,
        *,
        name: str,
        tenant: str | None,
        key_file: Path,
        credential: str | None,
        **options: Any,
    ) -> None:
        """Serve until the client is gone."""
        del options
        try:
            find = partial(_actor, key_file.read_text(encoding="utf-8").strip())
            with working_for(named_or_only(tenant)):
                asyncio.run(_serve(name, credential, find))
        except HeadraceError as error:
            raise CommandError(error.message) from error
        except OSError as error:
            message = f"The file with the key cannot be read: {error.strerror}."
            raise CommandError(message) from error


async def _serve(name: str, chosen: str | None, find: Callable[[], Actor]) -> None:
    actor = await in_thread(find)
    opened = (
        await in_thread(credentials.open_for_node, chosen, publisher=actor.id) if chosen else None
    )
    server = made(name, Caller(find, f"stdio:{os.getpid()}"), opened)
    speaking = server.speaking()
    async with server.desk.ends, stdio_server() as (reading, writing):
        await speaking.run(reading, writing, speaking.create_initialization_options())


def _actor(key: str) -> Actor:
    """Looked up for each call, so that a key that is revoked is refused at once."""
    actor = actor_by_api_key(key)
    if actor is None:
        message = "The API key is not valid, or not any more."
        raise BadCredentials(message)
    return actor
