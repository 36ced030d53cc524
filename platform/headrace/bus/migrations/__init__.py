"""Schema history of the workflows app."""
