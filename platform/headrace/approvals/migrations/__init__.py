"""Schema history of the approvals app."""
