"""The fast path for webhooks: a bare ASGI callable in front of Django."""
