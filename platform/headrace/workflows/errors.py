"""What can go wrong with a workflow, each with the code that interfaces key on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from headrace.engine import Problem
from headrace_sdk.errors import HeadraceError


class WorkflowNotFound(HeadraceError):
    """There is no such workflow here."""

    code = "workflow_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("There is no such workflow. It may have been deleted.")


class VersionNotFound(HeadraceError):
    """There is no such version of this workflow."""

    code = "version_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("This workflow has no such version.")


class TooManyNames(HeadraceError):
    """So many kept drafts of one workflow have names that no more may stay."""

    code = "too_many_names"
    status = 409

    def __init__(self, limit: int) -> None:
        super().__init__(f"{limit} entries have names already. Take the name of one away first.")


class RevisionConflict(HeadraceError):
    """Somebody else saved first. `facts` carries their revision and what they changed."""

    code = "revision_conflict"
    status = 412

    def __init__(self, revision: int, author: str, patch: Sequence[dict[str, Any]] | None) -> None:
        super().__init__(
            f"{author} saved revision {revision} in the meantime. Merge it and save again.",
            facts={"revision": revision, "author": {"name": author}, "patch": patch},
        )


class InvalidDocument(HeadraceError):
    """The document is not a workflow document at all, so it cannot even be a draft."""

    code = "invalid_document"
    status = 422

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("This is not a workflow document. See `errors` for what is wrong where.")
        self.problems = problems


class InvalidWorkflow(HeadraceError):
    """The draft has problems that must be solved before it can run or be published."""

    code = "invalid_workflow"
    status = 422

    def __init__(self, problems: Sequence[Problem]) -> None:
        count = sum(problem.severity == "error" for problem in problems)
        noun = "problem" if count == 1 else "problems"
        super().__init__(f"The workflow has {count} {noun} to solve first.")
        self.problems = problems


class InvalidPatch(HeadraceError):
    """The patch is not RFC 6902, or does not fit the document."""

    code = "invalid_patch"
    status = 422


class RevisionMissing(HeadraceError):
    """A save must say which revision it changes."""

    code = "revision_missing"
    status = 428

    def __init__(self) -> None:
        super().__init__('Send If-Match with the revision that you changed, such as If-Match: "7".')
