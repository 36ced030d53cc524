"""A user of a PostgreSQL database."""

from __future__ import annotations

from typing import Literal

import psycopg

from headrace_sdk import Credential, CredentialType, Params, Probe, SecretError, fields
from headrace_sdk.net import reaching
from nodes.credentials.form import TEST_LIMIT_S, plain, port, secret


class Fields(Params):
    """What it consists of."""

    host: str = plain("Host", placeholder="db.example.com", half=True)
    port: int = port(5432)
    database: str = plain("Database")
    user: str = plain("User", half=True)
    password: str = secret("Password", half=True)
    tls: Literal["verify-full", "require", "disable"] = fields.select(
        "Encryption",
        "verify-full",
        labels={
            "verify-full": "TLS, certificate checked",
            "require": "TLS, any certificate",
            "disable": "None: everybody on the way can read along",
        },
        expression=False,
    )


class PostgreSql(CredentialType):
    """As libpq connects."""

    id = "postgresql"
    title = "PostgreSQL"
    documentation = "Host, database and user of a PostgreSQL server."
    Fields = Fields

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """Sign in and ask for the version."""
        values = credential.values
        host, number = values["host"], int(values["port"])
        address = await probe.net.pin(host, number)
        try:
            async with reaching(host, number, TEST_LIMIT_S):
                connection = await psycopg.AsyncConnection.connect(
                    host=host,
                    hostaddr=address,
                    port=number,
                    dbname=values["database"],
                    user=values["user"],
                    password=credential.secrets["password"].reveal(),
                    sslmode=values["tls"],
                    sslrootcert="system" if values["tls"] == "verify-full" else None,
                    connect_timeout=int(TEST_LIMIT_S),
                )
                async with connection:
                    version = connection.info.server_version
        except psycopg.OperationalError as error:
            message = f"PostgreSQL at {host}:{number} refused: {_reason(error)}"
            raise SecretError(message, code="credential_refused") from None
        return f"Signed in to PostgreSQL {version // 10_000} as {values['user']}."


def _reason(error: psycopg.OperationalError) -> str:
    """The server's own words, without the address that libpq puts in front."""
    first = str(error).strip().splitlines() or ["no reason was given"]
    return first[-1].rpartition("FATAL:")[2].strip()[:300]
