"""Nodes that look things up, take documents in, and remember."""
