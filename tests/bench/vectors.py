"""What the HNSW index finds and how long it takes, at 50,000 generated vectors of 384 numbers."""

# ruff: noqa: PLC0415 - what needs Django is imported once its environment is complete
from __future__ import annotations

import os
import statistics
import time
from typing import Any, Final

from headrace_bootstrap.stack import Stack

COUNT: Final = 50_000
QUICK: Final = 5_000
QUESTIONS: Final = 200
TOP: Final = 10


def table(*, quick: bool) -> str:
    """Recall and latency on servers of its own, for people."""
    with Stack.temporary(applications=True) as stack:
        os.environ.update(stack.environment)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headrace.conf.settings")
        import django

        django.setup()
        from django.db import connections

        from headrace.tenants import queries
        from headrace.tenants.context import tenant

        try:
            with tenant(queries.all_active()[0]):
                return _measured(QUICK if quick else COUNT)
        finally:
            connections.close_all()


def _measured(count: int) -> str:
    from django.db import connection, transaction
    from pgvector.django import CosineDistance

    from headrace.knowledge import generated, search
    from headrace.knowledge.models import Chunk

    made = generated.vectors(count, seed=2)
    began = time.perf_counter()
    collection = generated.collection("bench", made)
    filled_s = time.perf_counter() - began
    with connection.cursor() as cursor:
        cursor.execute("analyze knowledge_chunk")
    asked = generated.vectors(QUESTIONS, seed=3)
    rows = Chunk.objects.filter(collection_id=collection.pk).only("position")
    took, hits = [], 0
    with transaction.atomic():
        for vector in asked:
            started = time.perf_counter()
            found: list[Any] = list(search.by_vector(rows, CosineDistance("v384", vector), TOP))
            took.append((time.perf_counter() - started) * 1_000)
            hits += len({row.position for row in found} & generated.exact(made, vector, TOP))
    took.sort()
    return "\n".join(
        [
            f"{count:,} vectors of 384 numbers, kept in {filled_s:.0f} s",
            f"recall@{TOP} against exact  {hits / TOP / QUESTIONS:8.3f}",
            f"search, median          {statistics.median(took):8.1f} ms",
            f"search, 95th of 100     {took[int(len(took) * 0.95)]:8.1f} ms",
        ]
    )
