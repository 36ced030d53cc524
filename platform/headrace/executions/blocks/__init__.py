"""Where the items of executions are, and how they are read: a page at a time, from the log."""
