"""The embedded Valkey: a broker that keeps what it accepted."""

from __future__ import annotations

import socket

from headrace_bootstrap import installed
from headrace_bootstrap.home import Home

# The title stays the command line, by which a leftover is recognised.
_CONFIGURATION = """\
bind 127.0.0.1
port {port}
requirepass {password}
dir "{folder}"
appendonly yes
save ""
maxmemory-policy noeviction
daemonize no
set-proc-title no
"""


def configure(home: Home, port: int, password: str) -> list[str]:
    """Write the configuration (0600, as it holds the password); the server's command line."""
    file = home.broker / "valkey.conf"
    file.touch(mode=0o600)
    file.write_text(
        _CONFIGURATION.format(port=port, password=password, folder=home.broker), encoding="utf-8"
    )
    return [str(installed.valkey()), str(file)]


def accepts(port: int) -> bool:
    """Whether a server takes connections on the port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
