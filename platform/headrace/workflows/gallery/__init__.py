"""Templates: workflows of everyday use, set up by a few questions."""
