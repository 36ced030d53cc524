"""Schema history of the knowledge app."""
