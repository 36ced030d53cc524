"""Schema history of the tenants app."""
