"""The run queue: one row for each open execution of every tenant, in the shared schema."""
