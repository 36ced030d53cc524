"""Nodes that wait for people."""
