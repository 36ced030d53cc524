"""Schema history of the triggers app."""
