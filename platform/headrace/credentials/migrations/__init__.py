"""Schema history of the credentials app."""
