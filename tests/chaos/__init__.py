"""Seeded faults against a whole stack under load, and the invariants that must hold afterwards."""
