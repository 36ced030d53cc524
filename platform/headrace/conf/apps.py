"""Registers `conf` last of all, so that it can bind what the other apps need from each other."""

from __future__ import annotations

from django.apps import AppConfig

from headrace.conf import process


class ConfConfig(AppConfig):
    """Wires the apps together once all of them are loaded."""

    name = "headrace.conf"
    label = "conf"

    def ready(self) -> None:
        """Bind the ports."""
        from headrace.conf import wiring  # noqa: PLC0415 - models exist only now

        wiring.bind()
        if process.role() == "command":
            # The others load more before they begin, and say themselves when they are done.
            process.settle_down()
