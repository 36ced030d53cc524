"""Management commands of the llm app."""
