"""Schema history of the executions app."""
