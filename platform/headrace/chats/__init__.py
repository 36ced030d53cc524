"""Conversations with workflows: who said what in which session, and what was answered."""
