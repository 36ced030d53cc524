"""Schema history of the tool servers app."""
