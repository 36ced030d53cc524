"""Schema history of the plugins app."""
