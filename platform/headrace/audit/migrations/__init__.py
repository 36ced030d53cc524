"""Schema history of the audit app."""
