"""Regression tests of workflows, made from their runs."""
