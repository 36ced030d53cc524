"""Workflows: drafts that people edit, and the immutable versions that run."""
