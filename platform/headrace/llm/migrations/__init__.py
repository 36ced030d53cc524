"""Schema history of the llm app."""
