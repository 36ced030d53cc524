"""Headrace: the platform behind the workflow builder."""
