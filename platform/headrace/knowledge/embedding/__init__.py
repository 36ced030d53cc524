"""Texts as vectors: the local model, and those of providers."""
