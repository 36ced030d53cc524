"""Requests to other services, and answers to callers."""
