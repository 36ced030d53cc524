"""What can go wrong when an execution is made from another one."""

from __future__ import annotations

from headrace_sdk.errors import HeadraceError


class NothingRecorded(HeadraceError):
    """The execution has not begun, so nothing of it can be taken over."""

    code = "nothing_recorded"
    status = 409

    def __init__(self) -> None:
        super().__init__("This execution has not begun yet. Wait until its trigger has fired.")


class NoSuchRun(HeadraceError):
    """A fork point that the execution never came to."""

    code = "no_such_run"
    status = 422

    def __init__(self, node: str, run: str | None = None) -> None:
        which = f"run {run} of {node!r}" if run is not None else f"run of {node!r}"
        super().__init__(
            f"The execution has no {which}. Choose a step that it came to.",
            facts={"node": node, "run": run},
        )


class NoSuchNode(HeadraceError):
    """The version that is to run has no such node, or none that a trigger leads to."""

    code = "no_such_node"
    status = 422

    def __init__(self, node: str, why: str = "is not in this version of the workflow") -> None:
        super().__init__(f"The node {node!r} {why}. Choose another.", facts={"node": node})


class NotPublished(HeadraceError):
    """There is no published version."""

    code = "not_published"
    status = 409

    def __init__(self) -> None:
        super().__init__("The workflow has no published version. Publish it, or take the draft.")


class NoInput(HeadraceError):
    """One node is to run alone, but what came out before it took other ways."""

    code = "no_input"
    status = 409

    def __init__(self, name: str) -> None:
        super().__init__(
            f"Nothing came to {name} in the run that is shown. Begin with other items, or pin some."
        )


class ItemsDeleted(HeadraceError):
    """Items of the execution were deleted, so it cannot be gone on from."""

    code = "items_deleted"
    status = 409

    def __init__(self) -> None:
        super().__init__("Items of this execution were deleted. Run the workflow again instead.")
