"""The registry of agents: workflows with a profile, by which they are found and given work."""
