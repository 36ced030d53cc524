"""The tenant's event bus: events from nodes, programs and the engine, to triggers and waits."""
