"""The database engine that takes the schema from the tenant at work."""
