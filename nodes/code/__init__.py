"""Nodes that run what their author wrote."""
