"""Python of tenants, quicker: CPython of pyeryx, whose interpreters begin with all loaded."""
