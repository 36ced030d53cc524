"""The kinds of secrets that the built-in nodes use."""
