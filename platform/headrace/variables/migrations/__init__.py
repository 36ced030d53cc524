"""Schema history of the variables app."""
