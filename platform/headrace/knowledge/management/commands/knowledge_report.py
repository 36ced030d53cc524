"""`manage.py knowledge_report`: what search, de-duplication and classification are good for."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from headrace.knowledge import measures
from headrace.tenants import queries
from headrace.tenants.context import tenant
from headrace_sdk.nearest import nearest_label


class Command(BaseCommand):
    """Prints figures on the texts in fixtures/knowledge. Leaves nothing behind.

    They are those of the reported half: by the other half constants were chosen.
    """

    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The texts, and in whose schema they are kept meanwhile."""
        parser.add_argument("--texts", type=Path, default=settings.ROOT / "fixtures/knowledge")
        parser.add_argument("--tenant", default="demo", help="the tenant's slug")
        parser.add_argument("--tuning", action="store_true", help="questions of the other half")

    def handle(self, *args: Any, **options: Any) -> None:
        """Measure and print."""
        del args
        ref = queries.by_slug(options["tenant"])
        if ref is None:
            self.stderr.write("There is no such tenant. Name one with --tenant.")
            return
        folder = options["texts"]
        with tenant(ref):
            found = measures.retrieval(folder, is_tuning=options["tuning"])
        lines = [*_retrieval(found), *_sameness(folder), *_learning(folder)]
        self.stdout.write("\n".join(lines))


def _retrieval(found: list[measures.Retrieval]) -> Iterator[str]:
    kinds = "".join(f"{kind:>9}" for kind in measures.KINDS)
    yield f"questions answered by    first   first 5   MRR | first 5:{kinds}"
    for one in found:
        by_kind = "".join(f"{one.by_kind[kind]:9.2f}" for kind in measures.KINDS)
        yield (
            f"{one.way:<22} {one.at_1:7.2f} {one.at_5:9.2f} {one.mean_reciprocal_rank:6.2f}"
            f" |         {by_kind}"
        )


def _sameness(folder: Path) -> Iterator[str]:
    halves = zip(("chosen by", "the same in other words"), measures.sameness(folder), strict=True)
    for half, same in halves:
        yield (
            f"{half}: F1 {same.f1:.2f} (precision {same.precision:.2f}, recall {same.recall:.2f})"
            f" on {same.pairs} pairs from {same.threshold:.2f}: {same.found} found,"
            f" {same.mistaken} mistaken, {same.missed} missed, {same.apart} kept apart"
        )
        mistaken, count = measures.twins(folder, same.threshold, is_tuning=half == "chosen by")
        yield f"  though a number or a name differs: {mistaken} of {count} taken for the same"


def _learning(folder: Path) -> Iterator[str]:
    learnt = measures.learning(folder, _label)
    yield (
        f"right labels: {learnt.before:.2f}, after {learnt.corrections} corrections"
        f" {learnt.after:.2f} (of {learnt.texts} texts)"
    )


def _label(found: Any) -> str | None:
    best = nearest_label(found)
    return best.label if best else None
