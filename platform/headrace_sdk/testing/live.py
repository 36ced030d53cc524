"""Real requests from a test to a server that it has started on this machine."""

from __future__ import annotations

from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from typing import Final
from urllib.parse import urlencode, urlsplit

from headrace_sdk.context import HttpResponse
from headrace_sdk.credentials import CredentialType
from headrace_sdk.errors import UpstreamError
from headrace_sdk.secret import RequestAuth
from headrace_sdk.testing.http import SentRequest

HOSTS: Final = ("127.0.0.1", "localhost")


def live_http(*types: type[CredentialType]) -> Callable[[SentRequest], HttpResponse]:
    """Answers for `run_node(…, http=live_http(AcmeToken))`: from a server of this machine.

    What has a credential is sent with what its type applies. Redirects are not followed. Any other
    host fails, as an unreachable one would.
    """
    known = {kind.id: kind for kind in types}

    def ask(request: SentRequest) -> HttpResponse:
        parts = urlsplit(request.url)
        if parts.scheme != "http" or parts.hostname not in HOSTS:
            message = f"{request.url} is not on this machine."
            raise UpstreamError(message, sent="no", code="unreachable", item=request.item)
        auth = RequestAuth(dict(request.headers), dict(request.query))
        if request.credential is not None:
            known[request.credential.type].apply(request.credential, auth)
        asked = "&".join(filter(None, [parts.query, urlencode(auth.query)]))
        target = f"{parts.path or '/'}{'?' if asked else ''}{asked}"
        connection = HTTPConnection(parts.hostname, parts.port or 80, timeout=request.timeout_s)
        try:
            connection.request(request.method, target, request.body, auth.headers)
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return HttpResponse(answer.status, headers, answer.read(), request.url)
        except (OSError, HTTPException) as error:
            message = f"{request.url} did not answer: {error}."
            raise UpstreamError(message, sent="maybe", item=request.item) from error
        finally:
            connection.close()

    return ask
