"""What the test button of each kind of credential says, against servers of this machine."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from headrace_sdk import HttpResponse, SecretError, UpstreamError
from headrace_sdk.testing import MemoryHttp, answer, make_credential
from nodes.credentials.aws import Aws
from nodes.credentials.http_bearer import HttpBearer
from nodes.credentials.imap import Imap
from nodes.credentials.jwt_key import JwtKey
from nodes.credentials.mysql import MySql
from nodes.credentials.redis import Redis
from nodes.credentials.smtp import Smtp
from nodes.credentials.ssh import Ssh

HOST = "127.0.0.1"
PASSWORD = "canary-3e91"


class LocalNet:
    """Pins without a check: the servers of these tests are on this machine."""

    async def pin(self, host: str, port: int) -> str:
        assert (host, port > 0) == (HOST, True)
        return HOST


@dataclass
class LocalProbe:
    """What a test is given."""

    http: MemoryHttp = field(default_factory=MemoryHttp)
    net: LocalNet = field(default_factory=LocalNet)


@asynccontextmanager
async def talking(greeting: bytes, reply: Callable[[bytes], bytes] = lambda line: b""):
    """A server that greets and answers line by line."""
    conversations = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        conversations.add(asyncio.current_task())
        writer.write(greeting)
        while line := await reader.readline():
            writer.write(reply(line))
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(serve, HOST, 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        # The client has closed its side, so each of them ends.
        await asyncio.gather(*conversations, return_exceptions=True)


async def told_by(kind, greeting, reply=lambda line: b"", **values):
    async with talking(greeting, reply) as port:
        credential = make_credential(kind, host=HOST, port=port, **values)
        return await kind.test(LocalProbe(), credential)


def smtp(line: bytes) -> bytes:
    if line.startswith(b"ehlo"):
        return b"250-here\r\n250 AUTH PLAIN\r\n"
    if line.startswith(b"AUTH"):
        return b"235 ok\r\n" if b"AGFubgB" in line else b"535 no\r\n"
    return b"250 ok\r\n"


def imap(line: bytes) -> bytes:
    tag, _, command = line.partition(b" ")
    if command.startswith(b"CAPABILITY"):
        return b"* CAPABILITY IMAP4REV1\r\n" + tag + b" OK done\r\n"
    if command.startswith(b"LOGIN ann"):
        return tag + b" OK in\r\n"
    if command.startswith(b"LOGIN"):
        return tag + b" NO wrong\r\n"
    return b"* BYE\r\n" + tag + b" OK out\r\n"


def redis(line: bytes) -> bytes:
    if PASSWORD.encode() in line or line.startswith((b"SELECT", b"PING")):
        return b"+OK\r\n"
    return b"-WRONGPASS invalid\r\n" if line.startswith(b"wrong") else b""


async def test_smtp_signs_in_and_says_who():
    told = await told_by(
        Smtp, b"220 hi\r\n", smtp, encryption="none", user="ann", password=PASSWORD
    )

    assert told == f"Signed in to {HOST} as ann. No e-mail was sent."


async def test_smtp_says_that_the_password_is_wrong_and_not_which():
    with pytest.raises(SecretError) as caught:
        await told_by(Smtp, b"220 hi\r\n", smtp, encryption="none", user="x", password=PASSWORD)

    assert caught.value.code == "credential_refused"
    assert PASSWORD not in caught.value.message


async def test_imap_signs_in():
    given = {"encryption": "none", "password": PASSWORD}

    assert "as ann" in await told_by(Imap, b"* OK hi\r\n", imap, user="ann", **given)
    with pytest.raises(SecretError, match="refused user and password"):
        await told_by(Imap, b"* OK hi\r\n", imap, user="bob", **given)


async def test_redis_authenticates():
    assert "answered" in await told_by(Redis, b"", redis, tls=False, password=PASSWORD)
    with pytest.raises(SecretError, match="WRONGPASS"):
        await told_by(Redis, b"", redis, tls=False, password="wrong")


async def test_mysql_greets_with_its_version():
    greeting = b"\x0a8.4.1\0rest"
    packet = len(greeting).to_bytes(3, "little") + b"\0" + greeting
    given = {"user": "ann", "password": PASSWORD, "database": "d"}

    assert "MySQL 8.4.1" in await told_by(MySql, packet, **given)
    with pytest.raises(UpstreamError, match="no MySQL server"):
        await told_by(MySql, b"\x01\0\0\0\xff", **given)


def ssh_key(passphrase: bytes | None) -> str:
    protection = BestAvailableEncryption(passphrase) if passphrase else NoEncryption()
    key = Ed25519PrivateKey.generate()
    return key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, protection).decode()


async def test_ssh_opens_the_key_and_reads_the_greeting():
    given = {"user": "ann", "private_key": ssh_key(None)}

    told = await told_by(Ssh, b"SSH-2.0-OpenSSH_9.9\r\n", **given)

    assert told == "The key can be opened. Reached OpenSSH_9.9. Signing in was not tried."
    with pytest.raises(SecretError, match="not as an SSH server"):
        await told_by(Ssh, b"HTTP/1.1 400\r\n", **given)


async def test_a_damaged_ssh_key_is_told_before_anything_is_asked():
    credential = make_credential(Ssh, host=HOST, user="ann", private_key="no key")

    with pytest.raises(SecretError, match="private key cannot be opened"):
        await Ssh.test(LocalProbe(), credential)


async def test_a_port_where_nobody_listens_is_told_with_host_and_port():
    async with talking(b"") as port:
        pass
    credential = make_credential(Redis, host=HOST, port=port, tls=False)

    with pytest.raises(UpstreamError, match=f"{HOST}:{port} cannot be reached"):
        await Redis.test(LocalProbe(), credential)


@pytest.mark.parametrize(
    ("status", "code"), [(401, "credential_refused"), (404, "credential_test_unclear")]
)
async def test_an_address_to_test_with_tells_a_wrong_secret_from_a_wrong_address(status, code):
    url = "https://api.example/me"
    probe = LocalProbe(MemoryHttp({url: answer(status=status)}))

    with pytest.raises(SecretError) as caught:
        await HttpBearer.test(probe, make_credential(HttpBearer, token=PASSWORD, test_url=url))

    assert caught.value.code == code


async def test_without_an_address_nothing_is_tried():
    probe = LocalProbe()

    assert await HttpBearer.test(probe, make_credential(HttpBearer, token=PASSWORD)) is None
    assert probe.http.requests == []


async def test_s3_keys_sign_by_the_servers_own_time():
    def s3(request) -> HttpResponse:
        if request.method == "HEAD":
            return answer(b"", status=403, headers={"date": "Fri, 24 May 2013 00:00:00 GMT"})
        assert "/20130524/us-east-1/s3/aws4_request" in request.headers["authorization"]
        return answer(b"<Buckets><Bucket></Bucket></Buckets>")

    keys = make_credential(Aws, access_key="AKID", secret_key=PASSWORD, endpoint="https://s3.x")

    assert "1 buckets" in await Aws.test(LocalProbe(MemoryHttp(s3)), keys)


@pytest.mark.parametrize(
    ("algorithm", "key", "told"),
    [
        ("HS256", "x" * 32, "long enough"),
        ("HS512", "x" * 63, "64 bytes"),
        ("ES256", "pem", "another kind"),
        ("EdDSA", "pem", "fits EdDSA"),
        ("RS256", "no key", "cannot be opened"),
    ],
)
async def test_a_signing_key_must_fit_its_algorithm(algorithm, key, told):
    if key == "pem":
        made = Ed25519PrivateKey.generate()
        key = made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    try:
        result = await JwtKey.test(
            LocalProbe(), make_credential(JwtKey, algorithm=algorithm, key=key)
        )
    except SecretError as error:
        result = error.message

    assert told in result
