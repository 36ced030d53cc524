"""How the sandbox of this process stands."""

from __future__ import annotations

from headrace.sandbox import running

levels = running.levels
