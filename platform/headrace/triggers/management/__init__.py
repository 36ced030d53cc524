"""Commands of the triggers app."""
