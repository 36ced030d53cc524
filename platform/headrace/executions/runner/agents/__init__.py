"""Agents: steps that call models and other nodes, each call kept in the log of the execution.

`records` folds what the log says of such calls, `making` makes one and notes how it ended, `tools`
are the things that can be called, `lending` puts together what is tied to an agent for an item.
"""
