"""Counts by the hour of what ended, kept once an hour is over."""
