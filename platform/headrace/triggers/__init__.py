"""How runs begin: webhooks, schedules, manual starts."""
