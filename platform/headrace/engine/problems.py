"""What is wrong with a workflow document, said so that its author can put it right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from headrace_sdk.errors import HeadraceError

Severity = Literal["error", "warning", "hint"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `path` is a JSON pointer into the document, `edge` an index into `edges`."""

    code: str
    message: str
    node: str | None = None
    edge: int | None = None
    path: str = ""
    severity: Severity = "error"

    def to_json(self) -> dict[str, object]:
        """The form in which interfaces show it."""
        return {
            "code": self.code,
            "message": self.message,
            "severity": self.severity,
            "node": self.node,
            "edge": self.edge,
            "path": self.path,
        }


_NAMED_AT_MOST: Final = 20


class InvalidGraph(HeadraceError):
    """The document cannot run; `problems` lists every reason, warnings included."""

    code = "invalid_workflow"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        errors = [problem for problem in self.problems if problem.severity == "error"]
        first = errors[0].message if errors else "It cannot run."
        more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
        super().__init__(f"{first}{more}", facts={"problems": len(errors)})


class Findings:
    """Collects problems while a document is read, so that all of them are told at once."""

    __slots__ = ("_problems",)

    def __init__(self) -> None:
        self._problems: list[Problem] = []

    def add(
        self,
        code: str,
        message: str,
        *,
        path: str = "",
        node: str | None = None,
        edge: int | None = None,
        severity: Severity = "error",
    ) -> None:
        """Note one problem."""
        self._problems.append(Problem(code, message, node, edge, path, severity))

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._problems)

    @property
    def has_errors(self) -> bool:
        """Whether anything found so far keeps the workflow from running."""
        return any(problem.severity == "error" for problem in self._problems)


def listed(names: Sequence[str]) -> str:
    """Names for a message: quoted, and cut off after twenty."""
    shown = ", ".join(f'"{name}"' for name in names[:_NAMED_AT_MOST])
    rest = len(names) - _NAMED_AT_MOST
    return f"{shown} and {rest} more" if rest > 0 else shown
