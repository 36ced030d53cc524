"""S-035: the operator's proxy carries requests outside, and opens nothing that was closed."""

from __future__ import annotations

import asyncio
import logging
import socket
import socketserver
import ssl
import threading
from base64 import b64encode
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import ThreadingHTTPServer

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from headrace.egress import guard
from headrace.egress.client import EgressClient
from headrace.egress.client_transport import GuardedTransport
from headrace.egress.policy import EgressPolicy
from headrace.egress.proxy import Proxy
from headrace_sdk.errors import HeadraceError, UpstreamError
from tests.unit.egress.conftest import Handler

PUBLIC = "93.184.216.34"
PASSWORD = "canary/p@ss"
LETTERS = "http://user:canary%2Fp%40ss@"


class Tunnel(socketserver.StreamRequestHandler):
    """Takes every public address for the server that the test named, and notes what was asked."""

    def handle(self):
        proxy = self.server
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = self.rfile.readline()
            if not line:
                return
            head += line
        proxy.asked.append(head.decode())
        self.wfile.write(proxy.answer)
        if b" 200 " not in proxy.answer:
            return
        with socket.create_connection(("127.0.0.1", proxy.target)) as other:
            back = threading.Thread(target=_pass_on, args=(other, self.connection), daemon=True)
            back.start()
            _pass_on(self.connection, other)
            back.join()


def _pass_on(source, target):
    try:
        while part := source.recv(65_536):
            target.sendall(part)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


@contextmanager
def proxy_to(port):
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Tunnel) as proxy:
        proxy.daemon_threads = True
        proxy.block_on_close = False
        proxy.target, proxy.asked = port, []
        proxy.answer = b"HTTP/1.1 200 Connection established\r\n\r\n"
        thread = threading.Thread(target=proxy.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield proxy
        proxy.shutdown()


@pytest.fixture
def proxy(server):
    with proxy_to(server.server_port) as proxy:
        yield proxy


@pytest.fixture(autouse=True)
def _names(monkeypatch):
    """`*.test` is public; other names are what they are."""
    real = asyncio.base_events.BaseEventLoop.getaddrinfo

    async def resolve(self, host, port, **options):
        if str(host).endswith(".test"):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, port))]
        return await real(self, host, port, **options)

    monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", resolve)


def policy(proxy, internal=()):
    way = Proxy.at(f"{LETTERS}127.0.0.1:{proxy.server_address[1]}")
    return EgressPolicy(frozenset(internal), proxy=way)


def send(proxy, url, *, internal=(), **options):
    async def request():
        client = EgressClient(policy(proxy, internal), lambda credential, auth: None)
        try:
            return await client.request("GET", url, **options)
        finally:
            await client.close()

    return asyncio.run(request())


def test_a_request_to_a_public_name_goes_through_the_proxy_to_the_checked_address(proxy, server):
    response = send(proxy, "http://shop.test:8080/plain")

    assert (response.status, response.text) == (200, "hello")
    asked = proxy.asked[0].split("\r\n")
    assert asked[0] == f"CONNECT {PUBLIC}:8080 HTTP/1.1"
    pair = b64encode(f"user:{PASSWORD}".encode()).decode()
    assert f"Proxy-Authorization: Basic {pair}" in asked
    seen = {name.lower(): value for name, value in server.seen[0][2].items()}
    assert seen["host"] == "shop.test:8080"
    assert "proxy-authorization" not in seen


def test_the_clients_of_models_go_through_it_too(proxy):
    async def request():
        transport = GuardedTransport(policy(proxy))

        async def agree(host):
            pass

        async with transport.client(agree) as client:
            answer = await client.get("http://model.test:8080/plain")
        await transport.aclose()
        return answer.text

    assert asyncio.run(request()) == "hello"
    assert len(proxy.asked) == 1


def test_a_service_inside_that_the_operator_named_is_called_directly(proxy, server):
    place = f"127.0.0.1:{server.server_port}"

    assert send(proxy, f"http://{place}/plain", internal=[place]).status == 200
    assert proxy.asked == []


@pytest.mark.parametrize("path", ["", "redirect/"])
def test_an_internal_target_stays_refused_and_the_proxy_never_hears_of_it(proxy, server, path):
    inner = f"http://127.0.0.1:{server.server_port}/plain"
    url = f"http://shop.test:8080/redirect/{inner}" if path else inner

    with pytest.raises(HeadraceError) as caught:
        send(proxy, url)

    assert caught.value.code == "address_not_allowed"
    assert all(PUBLIC in asked for asked in proxy.asked)


def test_the_proxy_itself_is_not_for_workflows(proxy):
    with pytest.raises(HeadraceError) as caught:
        send(proxy, f"http://127.0.0.1:{proxy.server_address[1]}/")

    assert caught.value.code == "address_not_allowed"
    assert proxy.asked == []


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (b"HTTP/1.1 407 canary/p@ss\r\n\r\n", "signed in to (407)"),
        (b"HTTP/1.1 403 canary/p@ss\r\n\r\n", "does not let it through (403)"),
        (b"SSH-2.0-canary/p@ss\r\n\r\n", "does not answer as a proxy"),
        (b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n", "more than it was asked"),
        (b"", "does not answer as a proxy"),
    ],
)
def test_a_proxy_that_refuses_is_told_without_its_words_or_password(
    proxy, server, caplog, answer, reason
):
    proxy.answer = answer
    caplog.set_level(logging.DEBUG)

    with pytest.raises(UpstreamError) as caught:
        send(proxy, "http://shop.test:8080/plain")

    assert (caught.value.code, caught.value.sent) == ("connect_failed", "no")
    assert reason in caught.value.message
    shown = f"{caught.value.message}{caught.value.__cause__!r}{policy(proxy)!r}{caplog.text}"
    assert PASSWORD not in shown
    assert "Basic " not in shown
    assert server.seen == []


def test_a_proxy_that_is_away_is_told_as_such_and_nothing_goes_around_it(proxy, server):
    proxy.shutdown()
    proxy.server_close()

    with pytest.raises(UpstreamError) as caught:
        send(proxy, "http://shop.test:8080/plain")

    assert (caught.value.code, caught.value.sent) == ("connect_failed", "no")
    assert "operator's proxy" in caught.value.message
    assert server.seen == []


def test_a_model_whose_proxy_refuses_is_a_failed_connection(proxy):
    proxy.answer = b"HTTP/1.1 503 Busy\r\n\r\n"

    async def request():
        transport = GuardedTransport(policy(proxy))

        async def agree(host):
            pass

        async with transport.client(agree) as client:
            await client.get("http://model.test:8080/plain")

    with pytest.raises(httpx2.ConnectError):
        asyncio.run(request())


@pytest.fixture
def sealed(tmp_path, monkeypatch):
    """A server with TLS, whose certificate is for shop.test and trusted here."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "shop.test")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    names = x509.SubjectAlternativeName([x509.DNSName("shop.test")])
    constraints = x509.BasicConstraints(ca=True, path_length=None)
    signed = (
        builder.not_valid_before(start)
        .not_valid_after(start.replace(year=2099))
        .add_extension(names, critical=False)
        .add_extension(constraints, critical=True)
        .sign(key, SHA256())
    )
    public = signed.public_bytes(Encoding.PEM)
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "trusted.pem").write_bytes(public)
    (tmp_path / "own.pem").write_bytes(private + public)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    monkeypatch.setattr(guard, "_trusted", ssl.create_default_context)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "own.pem")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads, server.block_on_close, server.seen = True, False, []
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def test_certificates_are_checked_through_the_proxy_for_the_name_of_the_host(sealed):
    with proxy_to(sealed.server_port) as proxy:
        assert send(proxy, "https://shop.test/plain").text == "hello"
        with pytest.raises(UpstreamError) as caught:
            send(proxy, "https://other.test/plain")

    assert "certificate" in caught.value.message.lower()
    assert [asked.split(" ")[1] for asked in proxy.asked] == [f"{PUBLIC}:443"] * 2
    assert len(sealed.seen) == 1
