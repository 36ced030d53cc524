"""Databases of the tenant's own: SQL and Redis."""
