"""Nodes with `place = "child"`: each run in a process of its own, which can be killed."""
