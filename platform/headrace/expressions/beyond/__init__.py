"""JavaScript beyond the quick evaluator: found in templates here, run by the sandbox."""
