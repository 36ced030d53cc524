"""How a run begins."""
