"""Schema history of the hours app."""
