"""The only reader of the environment: every setting, its default, its meaning, and its refusals."""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_network
from typing import Any, Final
from urllib.parse import urlsplit


class RefusedToStart(SystemExit):
    """A setting is missing or dangerous; the process ends and says why (S-046)."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One name in the environment. A `default` of `None` means that it must be given."""

    name: str
    default: str | None
    parse: Callable[[str], Any]
    help: str


def flag(text: str) -> bool:
    """`true` or `false`, in the usual spellings."""
    word = text.strip().lower()
    if word in {"1", "true", "yes", "on"}:
        return True
    if word in {"", "0", "false", "no", "off"}:
        return False
    message = "use true or false"
    raise ValueError(message)


def words(text: str) -> tuple[str, ...]:
    """A comma-separated list."""
    return tuple(word.strip() for word in text.split(",") if word.strip())


def positive(text: str) -> float:
    """A number above zero."""
    number = float(text)
    if number <= 0:
        message = "must be above 0"
        raise ValueError(message)
    return number


def count(text: str) -> int:
    """A whole number above zero."""
    return int(positive(text))


def count_or_none(text: str) -> int:
    """A whole number, 0 for none.

    Raises:
        ValueError: it is below 0.
    """
    number = int(text)
    if number < 0:
        message = "must not be below 0"
        raise ValueError(message)
    return number


def host_name(text: str) -> str:
    """A host name in lower case, without scheme and port."""
    if not text or any(character in text for character in "/: "):
        message = "give a host name alone, like example.org"
        raise ValueError(message)
    return text.lower()


def origin(text: str) -> str:
    """`https://host[:port]`, without a path."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.netloc or parts.path.strip("/"):
        message = "give scheme and host, like https://flows.example.org"
        raise ValueError(message)
    return f"{parts.scheme}://{parts.netloc}"


def origin_or_none(text: str) -> str:
    """`origin`, or nothing."""
    return origin(text) if text else ""


def networks(text: str) -> tuple[str, ...]:
    """Addresses and networks, with commas."""
    found = words(text)
    for word in found:
        try:
            ip_network(word, strict=False)
        except ValueError:
            message = "must be addresses or networks, like 10.0.0.0/8"
            raise ValueError(message) from None
    return found


def server_url(*schemes: str) -> Callable[[str], str]:
    """An address with one of these schemes."""

    def parse(text: str) -> str:
        if urlsplit(text).scheme not in schemes:
            message = f"must begin with {' or '.join(f'{scheme}://' for scheme in schemes)}"
            raise ValueError(message)
        return text

    return parse


def commands(text: str) -> Mapping[str, Sequence[str]]:
    """A JSON object of names with commands, each a list of words.

    Raises:
        ValueError: it is not that.
    """
    message = 'must be JSON such as {"files": ["/usr/local/bin/files-server", "/srv/files"]}'
    try:
        found = json.loads(text)
    except ValueError:
        raise ValueError(message) from None
    is_right = isinstance(found, dict) and all(
        name and isinstance(command, list) and command and all(isinstance(w, str) for w in command)
        for name, command in found.items()
    )
    if not is_right:
        raise ValueError(message)
    return {name: tuple(command) for name, command in found.items()}


_EXAMPLES: Final = ("django-insecure", "changeme", "change-me", "secret", "example", "password")


def secret_key(text: str) -> str:
    """At least 50 characters that are neither an example nor a repetition."""
    if len(text) < 50:
        message = "is shorter than 50 characters"
        raise ValueError(message)
    if len(set(text)) < 10 or text.lower().startswith(_EXAMPLES):
        message = "is an example, not a secret"
        raise ValueError(message)
    return text


def mail_server(text: str) -> str:
    """Empty, or the address of a mail server: how its connections are secured is the scheme."""
    parts = urlsplit(text)
    if text and (parts.scheme not in {"smtp", "smtps", "smtp+plain"} or not parts.hostname):
        message = "must begin with smtps://, smtp:// (STARTTLS) or smtp+plain:// and name a host"
        raise ValueError(message)
    return text


def http_proxy(text: str) -> str:
    """Empty, or `http://user:password@host:port`.

    Raises:
        ValueError: it is not that. The message of the library would quote it, so it is not used.
    """
    try:
        parts = urlsplit(text)
        more = parts.path.strip("/") or parts.query or parts.fragment
        is_whole = parts.scheme == "http" and parts.hostname and parts.port and not more
    except ValueError:
        is_whole = False
    if text and not is_whole:
        message = "must be http:// with host and port, like http://user:password@proxy:3128"
        raise ValueError(message)
    return text


def sandbox(text: str) -> str:
    """How code of tenants is run, if at all."""
    if text not in {"auto", "wasm", "sealed", "pyeryx", "cpython", "off"}:
        message = "must be auto, sealed, wasm, pyeryx, cpython or off"
        raise ValueError(message)
    return text


def vault_key(text: str) -> bytes:
    """32 random bytes in base64."""
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        message = "is not base64"
        raise ValueError(message) from error
    if len(key) != 32:
        message = f"holds {len(key)} bytes, not 32"
        raise ValueError(message)
    if len(set(key)) < 10:
        message = "is an example, not a secret"
        raise ValueError(message)
    return key


def vault_keys(text: str) -> tuple[bytes, ...]:
    """Several of them."""
    return tuple(vault_key(word) for word in words(text))


SETTINGS: Final = (
    Setting(
        "DATABASE_URL", None, server_url("postgresql", "postgres"), "PostgreSQL with pgvector."
    ),
    Setting("REDIS_URL", None, server_url("redis", "rediss"), "Redis or Valkey: broker and cache."),
    Setting("MULTI_TENANT", "false", flag, "Serve each tenant at its own host name."),
    Setting("HEADRACE_HOME", ".headrace", str, "Directory of everything that is stored in files."),
    Setting("HEADRACE_PORT", "8000", count, "Port of the web process."),
    Setting("HEADRACE_BIND", "127.0.0.1", str, "Address that the web process listens on."),
    Setting("HEADRACE_PUBLIC_URL", "http://localhost:8000", origin, "How browsers reach it."),
    Setting(
        "HEADRACE_PAGES_URL",
        "",
        origin_or_none,
        "Where forms and chats are, at a host of their own; empty: beside the app.",
    ),
    Setting("HEADRACE_BASE_HOST", "localhost", host_name, "Tenants are at <slug>.<this>."),
    Setting("HEADRACE_HOSTS", "", words, "With one tenant: host names to answer; empty means any."),
    Setting(
        "HEADRACE_TRUSTED_PROXIES",
        "",
        networks,
        "Addresses of proxies in front, whose X-Forwarded-For says who calls; empty: nobody's.",
    ),
    Setting("HEADRACE_SECRET_KEY", None, secret_key, "Signs sessions, links and the audit record."),
    Setting("HEADRACE_VAULT_KEY", None, vault_key, "Master key of the vault: 32 bytes in base64."),
    Setting("HEADRACE_VAULT_OLD_KEYS", "", vault_keys, "Former master keys, for reading only."),
    Setting("HEADRACE_KV_URL", "", str, "Address of a Vault server with secrets of credentials."),
    Setting("HEADRACE_KV_TOKEN", "", str, "Token for it; it needs to read below the prefix only."),
    Setting("HEADRACE_KV_MOUNT", "secret", str, "Where its key-value store, version 2, is."),
    Setting("HEADRACE_KV_PREFIX", "headrace", str, "Path before the tenant's name there."),
    Setting("HEADRACE_SMTP_URL", "", mail_server, "Mail server of invitations; empty: no mail."),
    Setting("HEADRACE_MAIL_FROM", "headrace@localhost", str, "Who they are from."),
    Setting(
        "HEADRACE_EGRESS_ALLOW", "", words, "host:port of internal services that may be called."
    ),
    Setting("HEADRACE_HTTP_PROXY", "", http_proxy, "Requests to public addresses leave by it."),
    Setting(
        "HEADRACE_MCP_SERVERS",
        "{}",
        commands,
        "MCP servers that are programs here: JSON of names with commands.",
    ),
    Setting(
        "HEADRACE_VERIFIED_PLUGINS",
        "",
        words,
        "Packages whose nodes may run inside of workers; others get processes of their own.",
    ),
    Setting("HEADRACE_DEBUG", "false", flag, "Show tracebacks. Refused unless bound to this host."),
    Setting("HEADRACE_LEASE_S", "15", positive, "After so long a silent worker is taken for dead."),
    Setting("HEADRACE_SWEEP_S", "2", positive, "How often timers and lost work are looked for."),
    Setting("HEADRACE_POLL_S", "1", positive, "How often a worker looks without being rung."),
    Setting(
        "HEADRACE_RESPOND_TIMEOUT_S", "30", positive, "How long a webhook waits for an answer."
    ),
    Setting("HEADRACE_DRAIN_S", "30", positive, "How long a stopping worker lets steps finish."),
    Setting(
        "HEADRACE_TENANT_CONCURRENCY", "100", count, "Executions of one tenant that run at once."
    ),
    Setting("HEADRACE_MAX_BODY_BYTES", str(16 * 1024 * 1024), count, "Largest request body."),
    Setting("HEADRACE_MAX_FILE_BYTES", str(64 * 1024 * 1024), count, "Largest file in the store."),
    Setting(
        "SANDBOX",
        "auto",
        sandbox,
        "auto or wasm: code of tenants runs, with the walls that this kernel gives; "
        "sealed: only if all of them hold; pyeryx or cpython: only that runs Python; "
        "off: none runs.",
    ),
    Setting("SANDBOX_MEMORY_MB", "256", count, "Memory of one piece of code, 32 to 256."),
    Setting("HEADRACE_CRASH_POINTS", "", str, "Directory for tests that kill workers; empty: off."),
    Setting(
        "HEADRACE_SPILL_BYTES",
        str(256 * 1024),
        count,
        "Items above this size, compressed, are stored as files beside the database.",
    ),
    Setting(
        "HEADRACE_KEEP_EXECUTIONS_DAYS",
        "0",
        count_or_none,
        "Ended executions are deleted after so many days; 0 keeps them.",
    ),
    Setting("HEADRACE_LOG_LEVEL", "INFO", str.upper, "Lowest level of log lines to write."),
)


def read(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Every setting by name, parsed.

    Raises:
        RefusedToStart: with every fault found, and never with a value.
    """
    values: dict[str, Any] = {}
    faults: list[str] = []
    for setting in SETTINGS:
        text = environ.get(setting.name) or setting.default
        if text is None:
            faults.append(f"{setting.name} is missing. {setting.help}")
            continue
        try:
            values[setting.name] = setting.parse(text)
        except ValueError as error:
            faults.append(f"{setting.name} {_reason(setting, error)}. {setting.help}")
    if not faults:
        faults = _dangers(values)
    if faults:
        raise RefusedToStart("Headrace does not start:\n  " + "\n  ".join(faults))
    return values


def _reason(setting: Setting, error: ValueError) -> str:
    # int() and float() quote the value in their message.
    return "is not a number" if setting.parse in {count, positive} else str(error)


def _dangers(values: Mapping[str, Any]) -> list[str]:
    local = {"127.0.0.1", "::1", "localhost"}
    if values["HEADRACE_DEBUG"] and values["HEADRACE_BIND"] not in local:
        return ["HEADRACE_DEBUG must be off where others can connect (HEADRACE_BIND)."]
    pages = urlsplit(values["HEADRACE_PAGES_URL"]).hostname
    app = urlsplit(values["HEADRACE_PUBLIC_URL"]).hostname
    # Cookies know no ports: only another name keeps the app's from the pages.
    if pages and pages in {app, values["HEADRACE_BASE_HOST"]}:
        return ["HEADRACE_PAGES_URL must have another host name than the app."]
    return []


def secrets(prefix: str, environ: Mapping[str, str] = os.environ) -> Mapping[str, str]:
    """The variables that hold secrets of credentials: those under the prefix, whole names."""
    return {name: text for name, text in environ.items() if name.startswith(prefix)}
