"""Which texts say what an earlier one has said: the nearest by their vectors, looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module

from django.db import transaction

from headrace.knowledge import kept
from headrace.knowledge.embedding import local_model
from headrace.knowledge.likeness import LOOKED_AT, same
from headrace.knowledge.models import Seen
from headrace.knowledge.types import Vector
from headrace_sdk.knowledge import Duplicate


@dataclass(frozen=True, slots=True)
class Sameness:
    """From where on two texts say the same; with `is_exact` not if a number or a name differs."""

    threshold: float
    is_exact: bool = True

    def best(self, text: str, others: Sequence[str], alike: Sequence[float]) -> tuple[int, float]:
        """The place of the other text that says the same most surely, and how surely; -1 if none.

        `alike` are their cosines; none below the threshold is looked at.
        """
        places = [place for place, one in enumerate(alike) if one >= self.threshold]
        near = [others[place] for place in places], [alike[place] for place in places]
        sure = same(text, *near, local_model.embed, is_exact=self.is_exact) if places else []
        found = max(zip(sure, places, strict=True), default=(0.0, -1), key=lambda one: one[0])
        return (found[1], found[0]) if found[0] >= self.threshold else (-1, 0.0)


def among(
    texts: Sequence[str], vectors: Sequence[Vector], sameness: Sameness
) -> list[Duplicate | None]:
    """For each text the earlier one of these that it is most like; only first ones are compared.

    Computes; not for an event loop's thread.
    """
    np = import_module("numpy")  # here, since every process loads this module and few compare
    found: list[Duplicate | None] = []
    matrix = np.asarray(vectors, dtype=np.float32).reshape(len(vectors), -1)
    first: list[int] = []
    for index in range(len(vectors)):
        likeness = matrix[first] @ matrix[index]
        nearest = [int(place) for place in np.argsort(-likeness, kind="stable")[:LOOKED_AT]]
        near = [texts[first[place]] for place in nearest]
        best, sure = sameness.best(
            texts[index], near, [round(float(likeness[place]), 6) for place in nearest]
        )
        if best >= 0:
            found.append(Duplicate(first[nearest[best]], "", sure))
            continue
        first.append(index)
        found.append(None)
    return found


@transaction.atomic
def with_seen(
    space: str, texts: Sequence[str], vectors: Sequence[Vector], sameness: Sameness
) -> list[Duplicate | None]:
    """The same, and against what was seen under this name; what is new is kept there.

    Raises:
        InvalidKnowledge, LimitReached: it cannot be kept.
    """
    space = kept.space_name(space)
    kept.room(Seen.objects.all(), space)
    found = among(texts, vectors, sameness)
    new: list[Seen] = []
    for index, vector in enumerate(vectors):
        if found[index] is not None:
            continue
        text = kept.plain(texts[index])
        rows = kept.nearest(Seen.objects.all(), space, vector, LOOKED_AT)
        alike = [kept.similarity(row) for row in rows]
        best, sure = sameness.best(text, [row.text for row in rows], alike)
        if best >= 0:
            found[index] = Duplicate(None, rows[best].text, sure)
        else:
            new.append(Seen(space=space, text=text, digest=kept.digest(text), v384=vector))
    Seen.objects.bulk_create(new, ignore_conflicts=True)
    return found
