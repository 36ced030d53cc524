"""Schema history of the notifications app."""
