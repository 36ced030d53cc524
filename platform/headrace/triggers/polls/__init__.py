"""Triggers that ask: who is due, what they find, and how both become durable together."""
