"""Health, provisioning, and the operators' own pages."""
