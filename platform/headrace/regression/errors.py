"""What can go wrong with tests of workflows."""

from __future__ import annotations

from headrace_sdk.errors import HeadraceError


class NoSuchTest(HeadraceError):
    """There is no such test."""

    code = "test_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("This workflow has no such test.")


class NoSuchTestRun(HeadraceError):
    """There is no such run of tests."""

    code = "test_run_not_found"
    status = 404

    def __init__(self) -> None:
        super().__init__("This workflow has no such run of tests.")


class NoTests(HeadraceError):
    """There is nothing to run."""

    code = "no_tests"
    status = 409

    def __init__(self) -> None:
        super().__init__("This workflow has no tests yet. Save a run as a test first.")


class NotFinished(HeadraceError):
    """A test must know how the run ends."""

    code = "execution_not_finished"
    status = 409

    def __init__(self, status: str) -> None:
        super().__init__(
            f"The execution is {status}. Only one that completed or failed can become a test."
        )


class SampleTooLarge(HeadraceError):
    """The run holds too much."""

    code = "sample_too_large"
    status = 413

    def __init__(self, what: str) -> None:
        super().__init__(f"This run is too large for a test: {what}. Make one with fewer items.")
