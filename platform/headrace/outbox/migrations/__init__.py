"""Schema history of the outbox app."""
