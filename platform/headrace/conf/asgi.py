"""The ASGI application: webhooks first, then sockets, then Django."""

from __future__ import annotations

import os

from headrace.conf import process

process.become("web")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headrace.conf.settings")

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - after the role is known
from django.conf import settings  # noqa: E402
from django.core.asgi import get_asgi_application  # noqa: E402
from django.urls import path  # noqa: E402

django = get_asgi_application()

from headrace.conf.proxies import BehindProxies  # noqa: E402
from headrace.realtime.consumer import PageConsumer  # noqa: E402 - apps are loaded only now
from headrace.triggers.gate.app import Gate  # noqa: E402

application = BehindProxies(
    Gate(
        ProtocolTypeRouter(
            {
                "http": django,
                "websocket": URLRouter([path("ws/", PageConsumer.as_asgi())]),
            }
        )
    ),
    settings.HEADRACE_TRUSTED_PROXIES,
)
process.settle_down()
