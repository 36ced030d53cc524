"""Schema history of the files app."""
