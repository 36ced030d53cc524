"""Tables of a tenant: typed columns, rows that people and workflows read and change."""
