"""Log lines as JSON on standard error, each with the tenant and the request at work."""

from __future__ import annotations

import json
import logging
from typing import Any

from headrace.audit.origin import origin
from headrace.tenants.context import current_or_none


class JsonLines(logging.Formatter):
    """One JSON object a line, so that no value can forge a second one (S-076)."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        ref = current_or_none()
        line: dict[str, Any] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if ref is not None:
            line["tenant"] = ref.slug
        if request_id := origin().request_id:
            line["request"] = request_id
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False)


def logging_config(level: str) -> dict[str, Any]:
    """Django's `LOGGING`."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "headrace.conf.logs.JsonLines"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "propagate": True},
            "daphne": {"level": "WARNING"},
            "httpx": {"level": "WARNING"},
        },
    }
