"""`manage.py llm_saving`: what the router saves on a recorded mix of questions."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from headrace.llm import mix, prices
from headrace.llm.types import Provider


class Command(BaseCommand):
    """Prints the computed saving, and how many questions went to a tier that is too weak."""

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The mix, and whose price list."""
        parser.add_argument("--mix", type=Path, default=settings.ROOT / "fixtures/llm/mix.json")
        parser.add_argument("--provider", choices=["anthropic", "openai"], default="anthropic")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compute and print."""
        del args
        models = mix.listed(Provider(options["provider"]), prices.read_on())
        found = mix.report(options["mix"], models, prices.read_on())
        lines = [
            f"{found.calls} questions, prices of {prices.read_on()}",
            "models: " + ", ".join(f"{one.tier} {one.model}" for one in models),
            "routed: " + ", ".join(f"{tier} {count}" for tier, count in found.by_tier.items()),
            f"routed ${found.routed_micro / 1e6:.4f}, all premium ${found.premium_micro / 1e6:.4f}",
            f"saved {found.saved_percent} %",
            f"enough for the question: {found.adequate_percent} %",
            f"dearer than needed: {found.too_able}",
            *(f"too weak: {text[:90]}" for text in found.too_weak),
        ]
        self.stdout.write("\n".join(lines))
