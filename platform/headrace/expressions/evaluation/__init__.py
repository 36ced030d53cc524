"""From a tree to nested closures: what an expression means is decided once, then only run."""
