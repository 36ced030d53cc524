"""Executions: the durable shell around the engine — queue, lease, log, runner."""
