"""Executions made from executions: forks, partial runs, comparisons, bulk actions."""
