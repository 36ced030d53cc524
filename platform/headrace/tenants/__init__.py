"""Tenants: who they are, which one is at work, and a database that refuses to guess."""
