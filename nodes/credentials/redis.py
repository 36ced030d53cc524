"""Access to a Redis or Valkey server."""

from __future__ import annotations

from headrace_sdk import Credential, CredentialType, Params, Probe, SecretError, fields
from headrace_sdk.net import connected
from nodes.credentials.form import TEST_LIMIT_S, plain, port, secret


class Fields(Params):
    """What it consists of."""

    host: str = plain("Host", placeholder="cache.example.com", half=True)
    port: int = port(6379)
    user: str = plain("User", "", half=True, help="Empty: the default user.")
    password: str = secret("Password", "", half=True)
    database: int = fields.number("Database", 0, minimum=0, maximum=10_000, expression=False)
    tls: bool = fields.toggle("TLS", True, expression=False)


class Redis(CredentialType):
    """The protocol RESP."""

    id = "redis"
    title = "Redis or Valkey"
    documentation = "Host, user and password of a Redis or Valkey server."
    Fields = Fields

    @classmethod
    async def test(cls, probe: Probe, credential: Credential) -> str | None:
        """AUTH, SELECT, PING."""
        values = credential.values
        host, number = values["host"], int(values["port"])
        password = credential.secrets["password"].reveal()
        commands = [["SELECT", values["database"]], ["PING"]]
        if password:
            commands.insert(0, ["AUTH", *([values["user"]] if values["user"] else []), password])
        async with connected(
            probe.net, host, number, tls=values["tls"] == "True", limit_s=TEST_LIMIT_S
        ) as stream:
            reader, writer = stream
            for command in commands:
                writer.write(_encoded(command))
                line = (await reader.readline()).decode("utf-8", "replace").strip()
                if not line:
                    raise EOFError
                if line.startswith("-"):
                    message = f"Redis refused {command[0]}: {line[1:300]}"
                    raise SecretError(message, code="credential_refused")
        return f"Redis at {host}:{number} answered."


def _encoded(words: list[str]) -> bytes:
    parts = [b"$%d\r\n%s\r\n" % (len(word.encode()), word.encode()) for word in words]
    return b"*%d\r\n%s" % (len(words), b"".join(parts))
