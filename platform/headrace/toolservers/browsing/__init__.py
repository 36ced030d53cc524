"""A browser for the tools: one of its own for each session, behind the guard of the way out."""
