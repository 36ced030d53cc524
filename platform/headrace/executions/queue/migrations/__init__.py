"""Schema history of the run queue."""
