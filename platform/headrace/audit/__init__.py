"""Who did what: an append-only, hash-chained record in every tenant."""
