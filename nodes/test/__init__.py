"""Nodes that check and stand in for others, for workflows that are tested."""
