"""Run parts beside each other while there are processors for them, each with its output apart."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from headrace_bootstrap.console import apart, duration, say
from headrace_bootstrap.parts import Part, Result, result_of, sum_up, verdict


def run_side_by_side(parts: Sequence[Part], cores: int) -> int:
    """Run every part and print a table; 0 when all went well.

    A part begins as soon as so many cores are free as it keeps busy, those named first before the
    others; one that wants more than there are runs alone. What it printed is shown when it ends.
    """
    waiting = list(parts)
    running: dict[Future[tuple[Result, str]], Part] = {}
    results: list[Result] = []
    with ThreadPoolExecutor(len(waiting)) as pool:
        while waiting or running:
            for part in _fitting(waiting, running.values(), cores):
                waiting.remove(part)
                say(f"-- {part.name}: begun")
                running[pool.submit(_run, part)] = part
            for ended in wait(running, return_when=FIRST_COMPLETED).done:
                del running[ended]
                result, printed = ended.result()
                results.append(result)
                say(
                    f"\n== {result.name}: {verdict(result)} in {duration(result.took_s)}\n{printed}"
                )
    return sum_up(results)


def _fitting(waiting: Sequence[Part], running: Iterable[Part], cores: int) -> list[Part]:
    free = cores - sum(part.cores for part in running)
    found = []
    for part in waiting:
        wanted = min(part.cores, cores)
        if wanted <= free:
            found.append(part)
            free -= wanted
    return found


def _run(part: Part) -> tuple[Result, str]:
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as file:
        with apart(file):
            result = result_of(part)
        file.seek(0)
        return result, file.read()
