"""A user of a MySQL or MariaDB database."""

from __future__ import annotations

from headrace_sdk import Credential, CredentialType, Params, Probe, UpstreamError, fields
from headrace_sdk.net import connected
from nodes.credentials.form import TEST_LIMIT_S, plain, port, secret

HEADER_BYTES = 4
PROTOCOL_VERSION = 10


class Fields(Params):
    """What it consists of."""

    host: str = plain("Host", placeholder="db.example.com", half=True)
    port: int = port(3306)
    database: str = plain("Database")
    user: str = plain("User", half=True)
    password: str = secret("Password", half=True)
    tls: bool = fields.toggle("TLS", True, expression=False)


class MySql(CredentialType):
    """MySQL's client protocol, version 10."""

    id = "mysql"
    title = "MySQL or MariaDB"
    documentation = "Host, database and user of a MySQL or MariaDB server."
    Fields = Fields

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """Read the server's greeting. User and password are tried by the first query only."""
        host, number = credential.values["host"], int(credential.values["port"])
        connection = connected(probe.net, host, number, tls=False, limit_s=TEST_LIMIT_S)
        async with connection as (reader, _):
            header = await reader.readexactly(HEADER_BYTES)
            greeting = await reader.readexactly(int.from_bytes(header[:3], "little"))
        if not greeting or greeting[0] != PROTOCOL_VERSION:
            message = f"{host}:{number} answers, but is no MySQL server that takes connections."
            raise UpstreamError(message, code="unexpected_answer", retryable=False)
        version = greeting[1:].partition(b"\0")[0].decode("ascii", "replace")[:40]
        return f"Reached MySQL {version}. User and password were not tried."
