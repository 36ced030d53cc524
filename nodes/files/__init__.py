"""Files as items, and items as files."""
