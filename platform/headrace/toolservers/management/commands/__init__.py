"""Commands of the tool servers app."""
